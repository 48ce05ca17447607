import { decode } from '../decode.js';
import { element } from './element.js';

/** Pixels of the longer side; more would not be seen behind the words that stand before it. */
const LONGEST = 854;

/**
 * The background that is chosen, on the stage while nobody stands there.
 * @returns {{ hang(picture: ImageBitmap | Blob | null, color: string): void }} either may be
 *   missing: of a blurred room there is nothing to be seen without a camera
 */
export function createBackdrop() {
  const canvas = element('backdrop', HTMLCanvasElement);
  const context = canvas.getContext('2d');
  /** @type {ImageBitmap | Blob | null} */
  let hung = null;

  /** @param {ImageBitmap | Blob} picture */
  async function paint(picture) {
    const bitmap =
      picture instanceof Blob ? await decode(picture, LONGEST).catch(() => null) : picture;
    if (!bitmap || picture !== hung) return;
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    context?.drawImage(bitmap, 0, 0);
  }

  return {
    hang(picture, color) {
      canvas.hidden = !picture && !color;
      canvas.style.backgroundColor = color;
      if (picture === hung) return;
      hung = picture;
      // Makes it empty.
      canvas.width = 1;
      if (picture) void paint(picture);
    },
  };
}
