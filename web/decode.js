import { toCycloramaError } from './errors.js';

/**
 * A picture as a bitmap of the caller's own.
 *
 * @param {ImageBitmap | Blob | string} source a string is a URL
 * @param {number} longest pixels that its longer side keeps; SVG gets just so many
 * @returns {Promise<ImageBitmap>}
 */
export async function decode(source, longest) {
  try {
    const picture = typeof source === 'string' ? await download(source) : source;
    if (picture instanceof Blob && picture.type.startsWith('image/svg')) {
      return await decodeSvg(picture, longest);
    }
    const whole = await createImageBitmap(picture);
    const scale = longest / Math.max(whole.width, whole.height);
    if (scale >= 1) return transferable(whole);
    const bitmap = await createImageBitmap(whole, resized(whole, scale));
    whole.close();
    return transferable(bitmap);
  } catch (error) {
    throw toCycloramaError(error, 'image-unreadable');
  }
}

/**
 * Browsers make no bitmap of an SVG file itself, and an empty one of an element that shows it; but
 * they draw the element.
 * @param {Blob} file
 * @param {number} longest
 */
async function decodeSvg(file, longest) {
  const image = new Image();
  // Chromium takes an SVG file with a foreignObject (drawing programs write such) for one of another
  // origin when its URL is a blob's.
  image.src = await toDataUrl(file);
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const { resizeWidth, resizeHeight } = resized({ width, height }, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(resizeWidth, resizeHeight);
  canvas.getContext('2d')?.drawImage(image, 0, 0, resizeWidth, resizeHeight);
  return transferable(canvas.transferToImageBitmap());
}

/**
 * The same bitmap, for the caller to send to a worker.
 * @param {ImageBitmap} bitmap
 * @throws {DOMException} where another origin's pixels are in it, which may not be read
 */
function transferable(bitmap) {
  return structuredClone(bitmap, { transfer: [bitmap] });
}

/** @param {Blob} file @returns {Promise<string>} */
function toDataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** @param {{ width: number, height: number }} size @param {number} scale */
function resized({ width, height }, scale) {
  return {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: /** @type {const} */ ('high'),
  };
}

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.blob();
}
