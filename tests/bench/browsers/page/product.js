/** A page that embeds Cyclorama, in any browser. */
import { loadBackground, openCamera } from '../../speed/page/scene.js';

/** What the page can do for its user in this browser, beside the picture. */
const FEATURES = {
  'shares a screen': () => 'getDisplayMedia' in navigator.mediaDevices,
  'chooses a speaker': () => 'setSinkId' in HTMLMediaElement.prototype,
  'works offline': () => 'serviceWorker' in navigator,
};

async function start() {
  /** @type {typeof import('../../../../web/cyclorama.js')} */
  const { createCyclorama } = await import(
    String(new URL('../../../cyclorama.js', import.meta.url))
  );
  const cyclorama = await createCyclorama({
    background: await loadBackground(),
    tuning: 'off',
  });
  cyclorama.addEventListener('error', ({ detail }) => console.error(detail));
  await cyclorama.process(await openCamera());
  await cyclorama.ready;

  /**
   * Frames per second, each of another picture of the camera, by the worker's clock.
   * @param {number} seconds how long to count
   * @returns {Promise<number>}
   */
  function rate(seconds) {
    return new Promise((resolve) => {
      /** @type {import('../../../../web/api').Stats | null} */
      let first = null;
      cyclorama.addEventListener('stats', function count({ detail }) {
        first ??= detail;
        const counted = (detail.atMs - first.atMs) / 1000;
        if (counted < seconds) return;
        cyclorama.removeEventListener('stats', count);
        resolve((detail.frames - first.frames) / counted);
      });
    });
  }

  return {
    rate,
    adapters: () => cyclorama.stats().adapters,
    features: () =>
      Object.fromEntries(Object.entries(FEATURES).map(([name, can]) => [name, can()])),
  };
}

Object.assign(globalThis, { product: start() });
