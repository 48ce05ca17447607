import { element } from './element.js';

/**
 * The quiet offer of a new version; not while in a call.
 * @param {import('../call/room.js').Room} room
 * @returns {(take: () => Promise<boolean>) => void} offers a version; see `keepOffline`
 */
export function createUpdate(room) {
  const box = element('update', HTMLDivElement);
  const text = element('update-text', HTMLParagraphElement);
  const reload = element('update-reload', HTMLButtonElement);
  const later = element('update-later', HTMLButtonElement);
  /** @type {(() => Promise<boolean>) | null} */
  let offered = null;

  reload.addEventListener('click', async () => {
    if (await offered?.()) return;
    text.textContent = 'Close the other tabs that show Cyclorama first.';
  });
  later.addEventListener('click', () => {
    offered = null;
    render();
  });
  room.addEventListener('change', render);

  function render() {
    box.hidden = offered === null || room.state !== 'out';
  }

  return (take) => {
    offered = take;
    text.textContent = 'A new version is ready.';
    render();
  };
}
