import { canShareScreen } from '../screen.js';
import { element } from './element.js';

/** @typedef {NonNullable<Extract<import('../api').Background, { type: 'screen' }>['place']>} Place */

/**
 * The panel of what the user shares, and whether they stand in front of it.
 * @param {import('../presenting.js').Presenting} presenting
 * @param {import('../studio.js').Studio} studio
 * @param {import('../call/room.js').Room} room
 */
export function createPresent(presenting, studio, room) {
  const panel = element('present-panel', HTMLDetailsElement);
  const preview = element('shared', HTMLVideoElement);
  const share = element('share', HTMLButtonElement);
  const unshare = element('unshare', HTMLButtonElement);
  const hint = element('share-hint', HTMLParagraphElement);
  const choices = element('arrangement', HTMLFieldSetElement);
  const standing = element('standing', HTMLDivElement);
  const place = element('place', HTMLSelectElement);
  const size = element('size', HTMLInputElement);

  share.addEventListener('click', () => void presenting.start());
  unshare.addEventListener('click', () => presenting.stop());
  choices.addEventListener('change', () => {
    const chosen = choices.querySelector('input:checked');
    presenting.arrange({ over: chosen instanceof HTMLInputElement && chosen.value === 'over' });
  });
  place.addEventListener('change', () => {
    presenting.arrange({ place: /** @type {Place} */ (place.value) });
  });
  size.addEventListener('input', () => presenting.arrange({ size: size.valueAsNumber }));
  presenting.addEventListener('change', render);
  studio.addEventListener('change', render);
  room.addEventListener('change', render);

  function render() {
    const { stream, arrangement } = presenting;
    panel.hidden = !canShareScreen || !studio.output;
    share.hidden = panel.hidden;
    share.textContent = stream ? 'Share another' : 'Share screen';
    unshare.hidden = stream === null;
    hint.hidden = stream === null || room.state !== 'out';
    if (preview.srcObject !== stream) {
      preview.srcObject = stream;
      // How it is shown is chosen there.
      if (stream) panel.open = true;
    }
    preview.hidden = stream === null;
    for (const input of choices.querySelectorAll('input')) {
      input.checked = (input.value === 'over') === arrangement.over;
    }
    standing.hidden = !arrangement.over;
    const isOver = studio.cyclorama?.background.type === 'screen';
    document.documentElement.toggleAttribute('data-presenting', isOver);
  }
}
