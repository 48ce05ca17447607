/**
 * The canvas that the output track is captured from: which kind it can be is found out by trying.
 *
 * @typedef {object} Output
 * @property {string} name Of the way that pictures get out here, for the read-out.
 * @property {MediaStreamTrack} track
 * @property {OffscreenCanvas} canvas For the stage to draw on.
 * @property {((bitmap: ImageBitmap) => void) | null} show
 *   Puts a picture on the track and closes it; null where the canvas does so by itself.
 */

const SIZE = { width: 640, height: 480 };

/** @returns {Output} */
export function openOutput() {
  try {
    return openTransferred();
  } catch (error) {
    console.info('A canvas of a worker cannot be captured here, sending ImageBitmaps:', error);
    return openBitmaps();
  }
}

/** The main thread has nothing to do with it. @returns {Output} */
function openTransferred() {
  const element = canvas();
  const transferred = element.transferControlToOffscreen();
  return {
    name: 'OffscreenCanvas',
    track: capture(element),
    canvas: transferred,
    show: null,
  };
}

/** The main thread passes each picture on, unseen: a fifth of a millisecond. @returns {Output} */
function openBitmaps() {
  const element = canvas();
  const context = element.getContext('bitmaprenderer');
  if (!context) throw new Error('this browser gave no bitmaprenderer context');
  return {
    name: 'bitmaprenderer',
    track: capture(element),
    canvas: new OffscreenCanvas(SIZE.width, SIZE.height),
    show: (bitmap) => context.transferFromImageBitmap(bitmap),
  };
}

function canvas() {
  return Object.assign(document.createElement('canvas'), SIZE);
}

/** @param {HTMLCanvasElement} element */
function capture(element) {
  const [track] = element.captureStream().getVideoTracks();
  if (!track) throw new Error('captureStream gave no video track');
  return track;
}
