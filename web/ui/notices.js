import { CycloramaError } from '../errors.js';
import { element } from './element.js';

/**
 * The region where errors are told: what happened and what to do, until dismissed.
 * @returns {{ report: (error: unknown) => void, clear: (...prefixes: string[]) => void }} `clear`
 *   takes away the errors whose id starts so, once what they are about works again
 */
export function createNotices() {
  const region = element('notices', HTMLDivElement);

  /** @param {unknown} error */
  function report(error) {
    // Not a failure that a user can meet, but a fault of ours: let it reach the console as one.
    if (!(error instanceof CycloramaError)) throw error;
    console.warn(`${error.id}: ${error.message}`, error.cause ?? '');
    clear(error.id);
    region.append(notice(error));
  }

  /** @param {string[]} prefixes */
  function clear(...prefixes) {
    for (const prefix of prefixes) {
      for (const shown of region.querySelectorAll(`[data-error^="${prefix}"]`)) shown.remove();
    }
  }

  return { report, clear };
}

/** @param {CycloramaError} error */
function notice(error) {
  const box = document.createElement('div');
  box.className = 'notice';
  box.dataset.error = error.id;
  const sentence = document.createElement('strong');
  sentence.textContent = error.message;
  const text = document.createElement('p');
  text.append(sentence, ' ', error.action);
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.className = 'quiet';
  dismiss.textContent = 'Dismiss';
  dismiss.addEventListener('click', () => box.remove());
  box.append(text, dismiss);
  return box;
}
