/** A page that embeds Cyclorama and does nothing else. */
import { loadBackground, openCamera } from './scene.js';

/** @returns {Promise<import('./subject').Subject>} */
async function start() {
  /** @type {typeof import('../../../../web/cyclorama.js')} */
  const { createCyclorama } = await import(
    String(new URL('../../../cyclorama.js', import.meta.url))
  );
  const cyclorama = await createCyclorama({
    background: await loadBackground(),
    segmenter: 'bodypix-mobilenet-050-quant2',
    stride: 16,
    internalResolution: 0.5,
    frameRate: 30,
  });
  const camera = await openCamera();
  const track = await cyclorama.process(camera);
  const self = /** @type {HTMLVideoElement} */ (document.querySelector('#self'));
  self.srcObject = new MediaStream([track]);
  cyclorama.addEventListener('error', ({ detail }) => console.error(detail));
  await cyclorama.ready;
  return {
    camera,
    track,
    firstCompositeMs: performance.now(),
    stats() {
      const { masksPerSecond, maskAgeMs, stagesMs, held, dropped } = cyclorama.stats();
      return { masksPerSecond, maskAgeMs, stagesMs, counts: { held, dropped } };
    },
  };
}

Object.assign(globalThis, { subject: start() });
