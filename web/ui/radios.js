/** Which way a key goes among radio buttons; by the pattern of the ARIA guide. */
const STEPS = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);

/**
 * Keys and states of a `radiogroup` of buttons: one of them is in the tab order, the arrow keys
 * go round and choose.
 * @param {HTMLElement} group
 * @returns {{ check: (chosen: HTMLElement | null) => void }} to be called after each change of the
 *   choice or of the buttons
 */
export function createRadios(group) {
  const radios = () => /** @type {HTMLElement[]} */ ([...group.querySelectorAll('[role=radio]')]);

  group.addEventListener('keydown', (event) => {
    const all = radios();
    const at = all.findIndex((radio) => radio === event.target);
    if (at < 0) return;
    const step = STEPS.get(event.key);
    const next =
      step !== undefined
        ? all.at((at + step) % all.length)
        : event.key === 'Home'
          ? all[0]
          : event.key === 'End'
            ? all.at(-1)
            : undefined;
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  });

  return {
    check(chosen) {
      const all = radios();
      const reachable = chosen ?? all[0];
      for (const radio of all) {
        radio.setAttribute('aria-checked', String(radio === chosen));
        radio.tabIndex = radio === reachable ? 0 : -1;
      }
    },
  };
}
