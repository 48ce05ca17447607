import { CycloramaError, fromFailure } from './errors.js';
import { openThread } from './thread.js';

/**
 * @typedef {import('../worker/protocol').ToSegmenter} ToSegmenter
 * @typedef {import('../worker/protocol').FromSegmenter} FromSegmenter
 * @typedef {import('../worker/protocol').SegmentMessage} SegmentMessage
 * @typedef {import('../worker/protocol').SegmenterAsset} SegmenterAsset
 *
 * @typedef {object} Segmenter
 * @property {SegmenterAsset} asset
 * @property {number} stride
 * @property {string} backend in use
 * @property {(message: Omit<SegmentMessage, 'type'>) => void} segment
 * @property {() => void} close
 */

/** Side of the selfie segmenter's input. */
const SELFIE_SIDE = 256;

/**
 * Loads a segmenter in a worker of its own.
 *
 * @param {import('../worker/protocol').Manifest} manifest with absolute URLs
 * @param {SegmenterAsset} asset
 * @param {Pick<import('./api').Settings, 'stride' | 'backend'>} settings
 * @param {Omit<import('./thread.js').Handlers<FromSegmenter>, 'ready' | 'failed'>
 *   & { failed: (error: CycloramaError) => void }} handlers
 *   `failed` is called for failures after it was ready.
 * @param {AbortSignal} signal gives up loading
 * @returns {Promise<Segmenter>} rejects where it cannot be loaded
 */
export function openSegmenter(manifest, asset, settings, handlers, signal) {
  const worker = new Worker(new URL('./worker/segmenter.js', import.meta.url), {
    name: 'cyclorama segmenter',
  });
  return new Promise((resolve, reject) => {
    const { stride, backend: wanted } = settings;
    let ready = false;
    /** @param {CycloramaError} error */
    const failed = (error) => {
      if (ready) return handlers.failed(error);
      worker.terminate();
      reject(error);
    };
    /** @type {import('./thread.js').Thread<ToSegmenter>} */
    const thread = openThread(
      worker,
      /** @type {import('./thread.js').Handlers<FromSegmenter>} */ ({
        ...handlers,
        failed: ({ failure }) => failed(fromFailure(failure)),
        ready({ backend }) {
          ready = true;
          resolve({
            asset,
            stride,
            backend,
            segment: (message) => thread.send({ type: 'segment', ...message }, [message.pixels.buffer]),
            close: thread.terminate,
          });
        },
      }),
      (cause) => failed(new CycloramaError('segmenter-failed', cause)),
    );
    signal.addEventListener('abort', () => {
      thread.terminate();
      reject(signal.reason);
    });
    thread.send({ type: 'load', manifest, asset, stride, backend: wanted });
  });
}

/**
 * The size at which a segmenter wants to see a frame. BodyPix needs a multiple of its stride plus
 * one each way (its own rule, `toValidInputResolution`), so that the last cell lies on the border.
 *
 * @param {Segmenter} segmenter
 * @param {number} resolution share of the frame's size
 * @param {number} width @param {number} height of the frame
 * @returns {{ width: number, height: number }}
 */
export function inputSize({ asset, stride }, resolution, width, height) {
  if (asset.kind === 'selfie') return { width: SELFIE_SIDE, height: SELFIE_SIDE };
  const fit = (/** @type {number} */ side) =>
    Math.max(1, Math.floor((side * resolution) / stride)) * stride + 1;
  return { width: fit(width), height: fit(height) };
}
