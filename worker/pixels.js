/**
 * Pixels of a picture into memory that somebody else owns.
 *
 * @typedef {import('./protocol').Adapter} Adapter
 * @typedef {import('./protocol').Carrier} Carrier
 * @typedef {VideoFrame | ImageBitmap} Picture
 *
 * @callback Read
 *   Writes RGBA bytes, row by row. Does not close the picture.
 * @param {Picture} picture
 * @param {Uint8ClampedArray<ArrayBuffer>} pixels
 * @param {number} columns pixels from one row to the next, at least the picture's width
 * @returns {void | Promise<void>}
 */

/** @type {Record<Adapter['pixels'], Read>} */
export const readers = {
  /** Straight into the given memory: one copy, no canvas in between. */
  async copyTo(picture, pixels, columns) {
    const wrapped = picture instanceof VideoFrame ? null : wrap(picture);
    try {
      const layout = [{ offset: 0, stride: 4 * columns }];
      await (wrapped ?? /** @type {VideoFrame} */ (picture)).copyTo(pixels, {
        format: 'RGBA',
        layout,
      });
    } finally {
      wrapped?.close();
    }
  },
  /** By way of a canvas: one copy more, and everywhere. */
  canvas(picture, pixels, columns) {
    const { height } = sizeOf(picture);
    pixels.set(draw(picture, columns, height).data);
  },
};

/** @param {ImageBitmap} bitmap */
function wrap(bitmap) {
  return new VideoFrame(bitmap, { timestamp: 0, alpha: 'discard' });
}

/** @param {Picture} picture @returns {{ width: number, height: number }} */
export function sizeOf(picture) {
  if (!(picture instanceof VideoFrame)) return picture;
  return { width: picture.displayWidth, height: picture.displayHeight };
}

/** @param {Picture} picture @returns {Carrier} */
export function carrierOf(picture) {
  return picture instanceof VideoFrame ? 'VideoFrame' : 'ImageBitmap';
}

/** @type {OffscreenCanvasRenderingContext2D | null} */
let scratch = null;

/**
 * A copy of a bitmap's pixels. Exact for masks, where alpha is 255.
 * @param {ImageBitmap} bitmap
 * @returns {ImageData}
 */
export function readImage(bitmap) {
  return draw(bitmap, bitmap.width, bitmap.height);
}

/** @param {Picture} picture @param {number} width @param {number} height */
function draw(picture, width, height) {
  scratch ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!scratch) throw new Error('this browser gave no 2d context in a worker');
  if (scratch.canvas.width !== width || scratch.canvas.height !== height) {
    scratch.canvas.width = width;
    scratch.canvas.height = height;
  }
  scratch.globalCompositeOperation = 'copy';
  scratch.drawImage(picture, 0, 0);
  return scratch.getImageData(0, 0, width, height);
}

/**
 * Finds out by trying: a two-pixel picture must come back as it was.
 * @returns {Promise<boolean>}
 */
async function canCopy() {
  const probe = new OffscreenCanvas(2, 2);
  const context = probe.getContext('2d');
  if (!context) return false;
  context.fillStyle = '#204060';
  context.fillRect(0, 0, 2, 2);
  const bitmap = probe.transferToImageBitmap();
  const pixels = new Uint8ClampedArray(16);
  try {
    await readers.copyTo(bitmap, pixels, 2);
  } catch (error) {
    console.info('VideoFrame.copyTo cannot give RGBA here, using a canvas:', error);
    return false;
  } finally {
    bitmap.close();
  }
  return pixels[0] === 0x20 && pixels[2] === 0x60 && pixels[3] === 255;
}

/**
 * The ways that this browser has, the one to prefer first. Which is the fastest is found out on
 * frames, by Python.
 * @param {Carrier[]} carriers
 * @returns {Promise<Adapter[]>}
 */
export async function findAdapters(carriers) {
  /** @type {Adapter['pixels'][]} */
  const ways = (await canCopy()) ? ['copyTo', 'canvas'] : ['canvas'];
  return ways.flatMap((pixels) => carriers.map((input) => ({ input, pixels })));
}
