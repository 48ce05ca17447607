/** The camera's own track, with nothing done to it: what measuring costs. */
import { openCamera } from '../speed/page/scene.js';

/** @returns {Promise<import('../speed/page/subject').Subject>} */
async function start() {
  const camera = await openCamera();
  return {
    camera,
    track: camera,
    firstCompositeMs: performance.now(),
    stats: () => ({ masks: null, stagesMs: {}, counts: {}, adapters: {} }),
  };
}

Object.assign(globalThis, { subject: start() });
