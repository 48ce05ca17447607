/**
 * A page that embeds Cyclorama and does nothing else. With `?input=ImageBitmap`, in a browser that
 * cannot send frames to a worker as they are.
 */
import { loadBackground, openCamera } from './scene.js';

/** @returns {Promise<import('./subject').Subject>} */
async function start() {
  if (new URL(location.href).searchParams.get('input') === 'ImageBitmap') cannotTransfer();
  /** @type {typeof import('../../../../web/cyclorama.js')} */
  const { createCyclorama } = await import(
    String(new URL('../../../cyclorama.js', import.meta.url))
  );
  const cyclorama = await createCyclorama({
    background: await loadBackground(),
    segmenter: 'bodypix-mobilenet-050-quant2',
    stride: 16,
    frameRate: 30,
    tuning: 'off',
  });
  const camera = await openCamera();
  const track = await cyclorama.process(camera);
  cyclorama.addEventListener('error', ({ detail }) => console.error(detail));
  await cyclorama.ready;
  return {
    camera,
    track,
    firstCompositeMs: performance.now(),
    stats() {
      const { masksPerSecond, maskAgeMs, stagesMs, held, dropped, adapters } = cyclorama.stats();
      return {
        masks: { perSecond: masksPerSecond, ageMs: maskAgeMs },
        stagesMs,
        counts: { held, dropped },
        adapters,
      };
    },
  };
}

/** Hides from the page, which tries it on a frame of its own, that frames can be transferred. */
function cannotTransfer() {
  const clone = globalThis.structuredClone;
  globalThis.structuredClone = (value, options) => {
    if (!(value instanceof VideoFrame)) return clone(value, options);
    throw new DOMException('hidden by the benchmark', 'DataCloneError');
  };
}

Object.assign(globalThis, { subject: start() });
