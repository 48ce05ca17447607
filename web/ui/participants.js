import { element } from './element.js';

/**
 * The pictures of a call: ours as it is published, and everybody else's.
 * @param {import('../call/room.js').Room} room
 */
export function createParticipants(room) {
  const section = element('in-call', HTMLElement);
  const grid = element('participants', HTMLDivElement);
  const alone = element('alone', HTMLParagraphElement);
  /** @type {Map<string, HTMLElement>} */
  const tiles = new Map();

  room.addEventListener('joined', ({ detail: { id, kind, name, element: picture } }) => {
    const figure = document.createElement('figure');
    figure.className = 'tile';
    figure.dataset.kind = kind;
    figure.hidden = kind === 'sound';
    const frame = document.createElement('div');
    frame.className = 'screenful';
    frame.append(picture);
    const caption = document.createElement('figcaption');
    caption.textContent = kind === 'screen' ? `${name}’s screen` : name;
    figure.append(frame, caption);
    tiles.get(id)?.remove();
    tiles.set(id, figure);
    grid.append(figure);
    render();
  });
  room.addEventListener('left', ({ detail: { id } }) => {
    tiles.get(id)?.remove();
    tiles.delete(id);
    render();
  });
  room.addEventListener('change', () => {
    if (room.state === 'out') {
      grid.replaceChildren();
      tiles.clear();
    }
    render();
  });

  function render() {
    section.hidden = room.state === 'out';
    alone.hidden = room.state !== 'in' || tiles.size > 0;
  }
}
