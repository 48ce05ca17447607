/**
 * A page that embeds Cyclorama and does nothing else. `?input=` names the adapter by which camera
 * frames are to reach the worker, where it is not to be the product's own choice.
 */
import { loadBackground, openCamera } from './scene.js';

/** @returns {Promise<import('./subject').Subject>} */
async function start() {
  const input = new URL(location.href).searchParams.get('input');
  if (input) Object.assign(globalThis, { cycloramaInput: input });
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

Object.assign(globalThis, { subject: start() });
