import { element } from './element.js';

/** Between two looks at the room. */
const LOOK_MS = 3000;

/**
 * The sample of blur: the user's own room, as Python blurs it at the strength now chosen.
 * @param {import('../studio.js').Studio} studio
 * @param {HTMLInputElement} strength
 */
export function createBlurSample(studio, strength) {
  const canvas = element('blur-sample', HTMLCanvasElement);
  const context = canvas.getContext('2d');

  let looking = false;

  async function look() {
    const { cyclorama } = studio;
    const seen = !document.hidden && canvas.parentElement?.checkVisibility();
    if (looking || cyclorama?.state !== 'live' || !seen) return;
    looking = true;
    // Stopped meanwhile: the last look stays.
    const picture = await cyclorama.glimpse(strength.valueAsNumber).catch(() => null);
    looking = false;
    if (!picture) return;
    context?.drawImage(picture, 0, 0);
    picture.close();
    canvas.hidden = false;
  }

  studio.addEventListener('change', () => void look());
  strength.addEventListener('input', () => void look());
  setInterval(() => void look(), LOOK_MS);
}
