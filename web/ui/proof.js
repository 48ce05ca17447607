import { prove } from '../proof.js';
import { element } from './element.js';

/**
 * The button that hides the page for ten seconds, and what it found.
 * @param {import('../studio.js').Studio} studio
 * @param {import('../history.js').History} history
 * @param {(error: unknown) => void} report
 */
export function createProof(studio, history, report) {
  const button = element('prove', HTMLButtonElement);
  const result = element('proof', HTMLParagraphElement);
  let proving = false;

  button.addEventListener('click', () => void run());
  studio.addEventListener('change', render);

  async function run() {
    proving = true;
    result.textContent = '';
    render();
    try {
      result.textContent = sentence(await prove(history));
    } catch (error) {
      report(error);
    } finally {
      proving = false;
      render();
    }
  }

  function render() {
    button.disabled = proving || studio.cyclorama?.state !== 'live';
  }
}

/** @param {import('../proof.js').Proof} proof */
function sentence({ hiddenMs, fps, visibleFps, animationFrames }) {
  const before = visibleFps === null ? 'not measured' : visibleFps.toFixed(1);
  return (
    `Hidden for ${(hiddenMs / 1000).toFixed(1)} s: ${fps.toFixed(1)} distinct frames per second, ` +
    `visible before: ${before}. An animation loop on this page got ` +
    `${animationFrames.toFixed(1)} per second meanwhile.`
  );
}
