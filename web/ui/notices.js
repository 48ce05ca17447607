import { CycloramaError } from '../errors.js';
import { element } from './element.js';

/**
 * @typedef {import('../errors.js').Remedy} Remedy
 * @typedef {Record<Remedy, { label: string, run: () => void }>} Remedies
 */

/**
 * The place where errors are told: what happened and what to do, until dismissed.
 * @param {Remedies} remedies
 * @returns {{ report: (error: unknown) => void, clear: (...prefixes: string[]) => void }} `clear`
 *   takes away the errors whose id starts so, once what they are about works again
 */
export function createNotices(remedies) {
  const place = element('notices', HTMLDivElement);

  /** @param {unknown} error */
  function report(error) {
    // Not a failure that a user can meet, but a fault of ours: let it reach the console as one.
    if (!(error instanceof CycloramaError)) throw error;
    console.warn(`${error.id}: ${error.message}`, error.cause ?? '');
    clear(error.id);
    const box = notice(error, remedies);
    place.append(box);
    box.scrollIntoView({ block: 'nearest' });
  }

  /** @param {string[]} prefixes */
  function clear(...prefixes) {
    for (const prefix of prefixes) {
      for (const shown of place.querySelectorAll(`[data-error^="${prefix}"]`)) shown.remove();
    }
  }

  return { report, clear };
}

/**
 * @param {CycloramaError} error
 * @param {Remedies} remedies
 */
function notice(error, remedies) {
  const box = document.createElement('div');
  box.className = 'notice';
  box.setAttribute('role', 'alert');
  box.dataset.error = error.id;
  const sentence = document.createElement('strong');
  sentence.textContent = error.message;
  const text = document.createElement('p');
  text.append(sentence, ' ', error.action);
  box.append(text);
  if (error.remedy) {
    const { label, run } = remedies[error.remedy];
    // First away with it: where the remedy does not help, the error is told again.
    box.append(button(label, '', () => (box.remove(), run())));
  }
  box.append(button('Dismiss', 'quiet', () => box.remove()));
  return box;
}

/**
 * @param {string} label
 * @param {string} className
 * @param {() => void} onClick
 */
function button(label, className, onClick) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}
