import { element } from './element.js';

/**
 * What the button of an error does; errors.js says which error has which.
 * @param {object} actions
 * @param {() => void} actions.start starts the camera
 * @param {() => void} actions.join joins the last call once more
 * @param {() => void} actions.share
 * @returns {import('./notices.js').Remedies}
 */
export function createRemedies({ start, join, share }) {
  return {
    start: { label: 'Start camera', run: start },
    devices: { label: 'Open devices', run: () => reveal(element('camera', HTMLSelectElement)) },
    settings: { label: 'Open settings', run: () => reveal(element('camera-size', HTMLSelectElement)) },
    segmenter: { label: 'Open settings', run: () => reveal(element('segmenter', HTMLSelectElement)) },
    background: { label: 'Choose a background', run: () => reveal(element('blur', HTMLButtonElement)) },
    picture: { label: 'Choose a picture', run: () => element('picture', HTMLButtonElement).click() },
    join: { label: 'Join again', run: join },
    credentials: { label: 'Check them', run: revealCredentials },
    share: { label: 'Share again', run: share },
    reload: { label: 'Reload', run: () => location.reload() },
  };
}

/** Goes to the first field that is empty, or to the token, which is what expires. */
function revealCredentials() {
  element('tab-vonage', HTMLButtonElement).click();
  const fields = [...element('form-vonage', HTMLFormElement).querySelectorAll('input')];
  const field = fields.find(({ required, value }) => required && value === '');
  const token = fields.find(({ name }) => name === 'token');
  (field ?? token)?.focus();
}

/** @param {HTMLElement} control Perhaps folded away. */
function reveal(control) {
  const fold = control.closest('details');
  if (fold) fold.open = true;
  control.focus();
}
