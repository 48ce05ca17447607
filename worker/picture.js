/**
 * Makes a picture file ready to be kept: a copy no larger than a frame ever shows, and a thumbnail.
 * On a thread of its own, because decoding and scaling a photograph takes a good part of a second.
 *
 * @typedef {import('./protocol').ToPicture} ToPicture
 * @typedef {import('./protocol').FromPicture} FromPicture
 */

import { refusal } from './checked.js';

/** Longest side, pixels; that of web/background.js. */
const LONGEST = 1920;
/** A file of more bytes than this is packed again. */
const LARGEST = 2_000_000;
const THUMBNAIL = { width: 192, height: 108 };

self.onmessage = async (/** @type {MessageEvent<ToPicture>} */ { data }) => {
  const refused = refusal('toPicture', data);
  if (refused) return post({ type: 'failed', failure: refused });
  const { file } = data;
  try {
    const bitmap = await createImageBitmap(file);
    const [picture, thumbnail] = await Promise.all([fit(file, bitmap), cover(bitmap)]);
    post({ type: 'prepared', picture, thumbnail });
  } catch (error) {
    post({ type: 'failed', failure: { id: 'image-unreadable', detail: String(error) } });
  }
};

/**
 * @param {Blob} file
 * @param {ImageBitmap} bitmap
 * @returns {Promise<Blob>} the file itself where it is small enough
 */
async function fit(file, bitmap) {
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= LARGEST) return file;
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  return pack(bitmap, { width, height }, [0, 0, bitmap.width, bitmap.height], 0.9);
}

/** @param {ImageBitmap} bitmap @returns {Promise<Blob>} cut as Python cuts it to cover a frame */
async function cover(bitmap) {
  const scale = Math.max(THUMBNAIL.width / bitmap.width, THUMBNAIL.height / bitmap.height);
  const width = THUMBNAIL.width / scale;
  const height = THUMBNAIL.height / scale;
  const [left, top] = [(bitmap.width - width) / 2, (bitmap.height - height) / 2];
  return pack(bitmap, THUMBNAIL, [left, top, width, height], 0.8);
}

/**
 * @param {ImageBitmap} bitmap
 * @param {import('./protocol').Size} size
 * @param {[left: number, top: number, width: number, height: number]} crop of the bitmap
 * @param {number} quality 0 to 1
 * @returns {Promise<Blob>} WebP, which also keeps transparency; PNG in browsers that cannot write it
 */
async function pack(bitmap, { width, height }, crop, quality) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to scale the picture on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, ...crop, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/webp', quality });
}

/** @param {FromPicture} message */
function post(message) {
  self.postMessage(message);
}
