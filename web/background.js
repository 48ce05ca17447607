import { CycloramaError, toCycloramaError } from './errors.js';

/** @typedef {import('./api').Background} Background */
/** @typedef {import('../worker/protocol').Plate} Plate */

/** Longest side that a picture keeps: more than a frame ever shows. */
const LONGEST = 1920;

/**
 * Checks a background and decodes its picture.
 *
 * @param {Background} background from anywhere, so of any shape
 * @returns {Promise<Plate>} whose bitmap, if any, is the caller's to close
 */
export async function toPlate(background) {
  switch (background?.type) {
    case 'color':
      return { type: 'color', color: parseColor(background.color) };
    case 'blur': {
      const { strength } = background;
      if (!(strength >= 0 && strength <= 1)) {
        throw new CycloramaError('background-invalid', `blur strength ${strength} is not in 0 … 1`);
      }
      return { type: 'blur', strength };
    }
    case 'scene':
      return { type: 'scene', name: background.name };
    case 'image':
      return { type: 'image', bitmap: await decode(background.source) };
    default:
      throw new CycloramaError('background-invalid', `unknown type in ${JSON.stringify(background)}`);
  }
}

/**
 * A copy to send away, because a bitmap that is sent is gone.
 * @param {Plate} plate
 * @returns {Promise<Plate>}
 */
export async function copyPlate(plate) {
  if (plate.type !== 'image') return plate;
  return { type: 'image', bitmap: await createImageBitmap(plate.bitmap) };
}

/** @param {string} color @returns {[number, number, number]} */
function parseColor(color) {
  const long = /^#[0-9a-f]{3}$/i.test(color) ? color.replace(/[0-9a-f]/gi, '$&$&') : color;
  if (!/^#[0-9a-f]{6}$/i.test(long)) {
    throw new CycloramaError('background-invalid', `${color} is not #rgb or #rrggbb`);
  }
  const channel = (/** @type {number} */ at) => parseInt(long.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

/** @param {ImageBitmap | Blob | string} source */
async function decode(source) {
  try {
    const whole = await createImageBitmap(typeof source === 'string' ? await download(source) : source);
    const scale = LONGEST / Math.max(whole.width, whole.height);
    if (scale >= 1) return whole;
    const bitmap = await createImageBitmap(whole, {
      resizeWidth: Math.max(1, Math.round(whole.width * scale)),
      resizeHeight: Math.max(1, Math.round(whole.height * scale)),
      resizeQuality: 'high',
    });
    whole.close();
    return bitmap;
  } catch (error) {
    throw toCycloramaError(error, 'image-unreadable');
  }
}

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.blob();
}
