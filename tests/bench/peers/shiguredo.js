/**
 * Shiguredo's processor as its documentation says, with the options' default values. Frames pass from
 * track to track inside it, so its masks are counted and timed where it asks its segmenter for one.
 */
import { createTally } from '../article/tally.js';
import { loadBackgroundImage, openCamera } from '../speed/page/scene.js';

/**
 * Its own types would put other declarations in the place of TypeScript's for the whole of tests/.
 *
 * @typedef {object} Processor
 * @property {(track: MediaStreamTrack, options: object) => Promise<MediaStreamTrack>} startProcessing
 * @property {{ send(inputs: object): Promise<void> }} segmentation
 */

const ASSETS = String(new URL('shiguredo', import.meta.url));

/** @returns {Promise<import('../speed/page/subject').Subject>} */
async function start() {
  /** @type {{ VirtualBackgroundProcessor: new (assets: string) => Processor }} */
  const { VirtualBackgroundProcessor } = await import(`${ASSETS}/virtual_background.mjs`);
  const processor = new VirtualBackgroundProcessor(ASSETS);
  const tally = createTally();
  /** @type {Promise<number>} */
  const firstMaskMs = new Promise((resolve) => watchMasks(processor, tally, resolve));
  const camera = await openCamera();
  const backgroundImage = await loadBackgroundImage();
  const track = await processor.startProcessing(camera, { backgroundImage });
  return { camera, track, firstCompositeMs: await firstMaskMs, stats: tally.take };
}

/**
 * @param {Processor} processor
 * @param {ReturnType<typeof createTally>} tally
 * @param {(ms: number) => void} made with the time of each mask
 */
function watchMasks({ segmentation }, tally, made) {
  const send = segmentation.send.bind(segmentation);
  segmentation.send = async (inputs) => {
    const started = performance.now();
    await send(inputs);
    const ended = performance.now();
    // It waits for the mask of the very frame that it shows.
    tally.mask(0);
    tally.stages({ process: ended - started });
    made(ended);
  };
}

Object.assign(globalThis, { subject: start() });
