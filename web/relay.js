import { inputSize } from './segmenter.js';

/**
 * @typedef {import('../worker/protocol').PullMessage} PullMessage
 * @typedef {import('../worker/protocol').ToCompositor} ToCompositor
 * @typedef {import('../worker/protocol').Carrier} Carrier
 *
 * @typedef {object} Ends what a pull is answered from and to, as it is at that moment
 * @property {import('./source.js').Source | null} source
 * @property {import('./source.js').Source | null} slides what is shared
 * @property {import('./segmenter.js').Segmenter | null} segmenter
 * @property {(message: ToCompositor, transfer?: Transferable[]) => void} send to the compositor
 */

/**
 * Answers a pull with the newest frame, whose timestamp is its name, and says how large the
 * segmenter wants to see it where a mask is asked for. Nothing here looks at a pixel.
 *
 * @param {PullMessage} pull
 * @param {Ends} ends
 */
export async function answer({ epoch, after, mask, carrier, resolution, slideAfter }, ends) {
  const { source, slides, segmenter, send } = ends;
  const taken = source?.take(after);
  if (!taken) return send({ type: 'repeat', epoch });
  const { frame, untimed } = taken;
  const started = performance.now();
  const { timestamp, displayWidth: width, displayHeight: height } = frame;
  const look = mask && segmenter ? inputSize(segmenter, resolution, width, height) : null;
  const picture = await pack(frame, carrier);
  const tookMs = performance.now() - started;
  /** @type {import('../worker/protocol').Slide | null} */
  let slide = null;
  try {
    const newest = slideAfter === null ? null : slides?.take(slideAfter)?.frame;
    if (newest) slide = { timestamp: newest.timestamp, picture: await pack(newest, carrier) };
  } catch (error) {
    picture.close();
    throw error;
  }
  const pictures = slide ? [picture, slide.picture] : [picture];
  send({ type: 'frame', epoch, timestamp, untimed, picture, look, tookMs, slide }, pictures);
}

/**
 * A frame as it is to be sent; the frame itself is used up.
 * @param {VideoFrame} frame
 * @param {Carrier} carrier
 */
async function pack(frame, carrier) {
  if (carrier === 'VideoFrame' && isUpright(frame)) return frame;
  try {
    return await createImageBitmap(frame);
  } finally {
    frame.close();
  }
}

/**
 * What this browser can send a frame as, the one to prefer first.
 * @returns {Carrier[]}
 */
export function carriers() {
  const frame = new VideoFrame(new Uint8Array(4), {
    format: 'RGBX',
    codedWidth: 1,
    codedHeight: 1,
    timestamp: 0,
  });
  try {
    structuredClone(frame, { transfer: [frame] }).close();
    return ['VideoFrame', 'ImageBitmap'];
  } catch (error) {
    console.info('A VideoFrame cannot be sent to a worker here, sending ImageBitmaps:', error);
    return ['ImageBitmap'];
  } finally {
    frame.close();
  }
}

/**
 * Whether the pixels in memory are those to be seen: neither turned nor stretched.
 * @param {VideoFrame & { rotation?: number, flip?: boolean }} frame
 */
function isUpright({ visibleRect, displayWidth, displayHeight, rotation, flip }) {
  return (
    visibleRect?.width === displayWidth &&
    visibleRect.height === displayHeight &&
    !rotation &&
    !flip
  );
}
