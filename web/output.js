/**
 * The canvas of the output, and the track of what is drawn on it: how the one gets onto the other
 * is found out by trying.
 *
 * @typedef {object} Output
 * @property {string} name Of the way that pictures get out here, for the read-out.
 * @property {MediaStreamTrack} track
 * @property {OffscreenCanvas} canvas For the stage to draw on.
 * @property {WritableStream<VideoFrame> | null} frames
 *   Of the track, for the stage to write; null where the canvas is captured.
 * @property {((bitmap: ImageBitmap) => void) | null} show
 *   Puts a picture on the track and closes it; null where the canvas does so by itself.
 */

const SIZE = { width: 640, height: 480 };

/** @returns {Output} */
export function openOutput() {
  if ('MediaStreamTrackGenerator' in globalThis) return openGenerator();
  try {
    return openTransferred();
  } catch (error) {
    console.info('A canvas of a worker cannot be captured here, sending ImageBitmaps:', error);
    return openBitmaps();
  }
}

/**
 * The stage writes the frames itself: the main thread has no part in them, and may be blocked.
 *
 * @returns {Output}
 */
function openGenerator() {
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  return {
    name: 'MediaStreamTrackGenerator',
    track,
    canvas: new OffscreenCanvas(SIZE.width, SIZE.height),
    frames: track.writable,
    show: null,
  };
}

/** The browser copies each picture on the main thread. @returns {Output} */
function openTransferred() {
  const element = canvas();
  const transferred = element.transferControlToOffscreen();
  return {
    name: 'OffscreenCanvas',
    track: capture(element),
    canvas: transferred,
    frames: null,
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
    frames: null,
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
