/**
 * Pixels of a bitmap into memory that somebody else owns.
 *
 * @typedef {object} PixelReader
 * @property {string} name
 * @property {(bitmap: ImageBitmap, pixels: Uint8ClampedArray<ArrayBuffer>) => void | Promise<void>} read
 *   Writes RGBA bytes, row by row. Does not close the bitmap.
 */

/**
 * Straight into the given memory: one copy, no canvas in between.
 * @type {PixelReader}
 */
const copyTo = {
  name: 'VideoFrame.copyTo',
  async read(bitmap, pixels) {
    const frame = new VideoFrame(bitmap, { timestamp: 0, alpha: 'discard' });
    try {
      await frame.copyTo(pixels, { format: 'RGBA' });
    } finally {
      frame.close();
    }
  },
};

/**
 * By way of a canvas: one copy more, and everywhere.
 * @type {PixelReader}
 */
const canvas = {
  name: 'canvas',
  read(bitmap, pixels) {
    pixels.set(readImage(bitmap).data);
  },
};

/** @type {OffscreenCanvasRenderingContext2D | null} */
let scratch = null;

/**
 * A copy of a bitmap's pixels. Exact for masks, where alpha is 255.
 * @param {ImageBitmap} bitmap
 * @returns {ImageData}
 */
export function readImage(bitmap) {
  const { width, height } = bitmap;
  scratch ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!scratch) throw new Error('this browser gave no 2d context in a worker');
  if (scratch.canvas.width !== width || scratch.canvas.height !== height) {
    scratch.canvas.width = width;
    scratch.canvas.height = height;
  }
  scratch.globalCompositeOperation = 'copy';
  scratch.drawImage(bitmap, 0, 0);
  return scratch.getImageData(0, 0, width, height);
}

/**
 * Finds out by trying which way this browser has: a two-pixel picture must come back as it was.
 * @returns {Promise<PixelReader>}
 */
export async function choosePixelReader() {
  const probe = new OffscreenCanvas(2, 2);
  const context = probe.getContext('2d');
  if (!context || typeof VideoFrame === 'undefined') return canvas;
  context.fillStyle = '#204060';
  context.fillRect(0, 0, 2, 2);
  const bitmap = probe.transferToImageBitmap();
  const pixels = new Uint8ClampedArray(16);
  try {
    await copyTo.read(bitmap, pixels);
  } catch (error) {
    console.info('VideoFrame.copyTo cannot give RGBA here, using a canvas:', error);
    return canvas;
  } finally {
    bitmap.close();
  }
  return pixels[0] === 0x20 && pixels[2] === 0x60 && pixels[3] === 255 ? copyTo : canvas;
}
