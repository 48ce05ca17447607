import { decode } from './decode.js';
import { CycloramaError } from './errors.js';
import { drawLetters } from './letters.js';

/** @typedef {import('./api').Background} Background */
/** @typedef {import('../worker/protocol').Plate} Plate */
/** @typedef {import('../worker/protocol').Place} Place */

/** Longest side that a picture keeps: more than a frame ever shows. */
const LONGEST = 1920;
/** The same of a logo, which takes a corner of the frame. */
const LONGEST_LOGO = 640;

/** Where a presenter can stand, and how small; as in py/cyclorama/slides.py. @type {readonly Place[]} */
const PLACES = ['left', 'center', 'right'];
const SIZE_MIN = 0.2;

/**
 * Checks a background and decodes its picture.
 *
 * @param {Background} background from anywhere, so of any shape
 * @returns {Promise<Plate>} whose bitmaps, if any, are the caller's to close
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
    case 'screen':
      return toSlides(background);
    case 'image':
      return { type: 'image', bitmap: await decode(background.source, LONGEST) };
    case 'brand': {
      const { name, logo = null } = background;
      if (typeof name !== 'string') {
        throw new CycloramaError('background-invalid', `a brand's name is ${name}`);
      }
      return {
        type: 'brand',
        color: parseColor(background.color),
        logo: logo === null ? null : await decode(logo, LONGEST_LOGO),
        name: drawLetters(name),
      };
    }
    default:
      throw new CycloramaError('background-invalid', `unknown type in ${JSON.stringify(background)}`);
  }
}

/**
 * @param {Extract<Background, { type: 'screen' }>} background
 * @returns {Plate}
 */
function toSlides({ track, place = 'right', size = 0.5 }) {
  if (!(track instanceof MediaStreamTrack) || track.kind !== 'video' || track.readyState !== 'live') {
    throw new CycloramaError('background-invalid', 'a screen needs a live video track');
  }
  if (!PLACES.includes(place)) {
    throw new CycloramaError('background-invalid', `place ${place} is not ${PLACES.join(', ')}`);
  }
  if (!(size >= SIZE_MIN && size <= 1)) {
    throw new CycloramaError('background-invalid', `size ${size} is not in ${SIZE_MIN} … 1`);
  }
  return { type: 'slides', place, size };
}

/**
 * A copy to send away, because a bitmap that is sent is gone.
 * @param {Plate} plate
 * @returns {Promise<Plate>}
 */
export async function copyPlate(plate) {
  switch (plate.type) {
    case 'image':
      return { ...plate, bitmap: await createImageBitmap(plate.bitmap) };
    case 'brand': {
      const { name, logo } = plate;
      return {
        ...plate,
        name: name && (await createImageBitmap(name)),
        logo: logo && (await createImageBitmap(logo)),
      };
    }
    default:
      return plate;
  }
}

/** @param {Plate} plate @returns {ImageBitmap[]} those in it */
export function bitmapsOf(plate) {
  switch (plate.type) {
    case 'image':
      return [plate.bitmap];
    case 'brand':
      return [plate.name, plate.logo].filter((bitmap) => bitmap !== null);
    default:
      return [];
  }
}

/** @param {Plate} plate that is not needed any more */
export function closePlate(plate) {
  for (const bitmap of bitmapsOf(plate)) bitmap.close();
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
