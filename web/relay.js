import { inputSize } from './segmenter.js';

/**
 * @typedef {import('../worker/protocol').PullMessage} PullMessage
 * @typedef {import('../worker/protocol').ToCompositor} ToCompositor
 *
 * @typedef {object} Ends what a pull is answered from and to, as it is at that moment
 * @property {import('./source.js').Source | null} source
 * @property {import('./segmenter.js').Segmenter | null} segmenter
 * @property {number} resolution internal resolution of the segmenter
 * @property {(message: ToCompositor, transfer?: Transferable[]) => void} send to the compositor
 */

/**
 * Answers a pull: the newest frame to the compositor, and the same frame to the segmenter, at its
 * own size, where a mask is asked for. Both are made from one VideoFrame, whose timestamp is their
 * name. Nothing here looks at a pixel.
 *
 * @param {PullMessage} pull
 * @param {Ends} ends
 */
export async function answer(pull, { source, segmenter, resolution, send }) {
  const { epoch, after, mask } = pull;
  const frame = source?.take(after) ?? null;
  if (!frame) return send({ type: 'repeat', epoch });
  try {
    const { timestamp, displayWidth: width, displayHeight: height } = frame;
    const looker = mask ? segmenter : null;
    const most = Math.min(resolution, pull.resolution);
    const [bitmap, small] = await Promise.all([
      createImageBitmap(frame),
      looker && shrink(frame, inputSize(looker, most, width, height)),
    ]);
    send({ type: 'frame', epoch, timestamp, bitmap, mask: small !== null }, [bitmap]);
    if (small) looker?.segment({ epoch, timestamp, bitmap: small });
  } finally {
    frame.close();
  }
}

/** @param {VideoFrame} frame @param {{ width: number, height: number }} size */
function shrink(frame, { width, height }) {
  return createImageBitmap(frame, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'medium',
  });
}
