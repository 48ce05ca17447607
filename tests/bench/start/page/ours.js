/**
 * A page that starts Cyclorama and the camera at once, and notes what is reached when. With `?python`
 * without camera and segmenter, as plain Pyodide starts without them.
 */
import { openCamera } from '../../speed/page/scene.js';
import { createMoments } from './moments.js';

const RUNS = 'Python runs';

/**
 * What the first message of a kind from one of the product's workers means. Messages of other
 * kinds mean nothing here.
 * @type {Record<string, Record<string, string>>}
 */
const MESSAGES = {
  'cyclorama compositor': { pull: RUNS, scenes: 'scenes painted' },
  'cyclorama segmenter': { ready: 'segmenter ready', mask: 'first mask' },
};

const alone = location.search === '?python';

const { moments, reached } = createMoments();
reached('page');

/** @type {PromiseWithResolvers<void>} */
const running = Promise.withResolvers();

globalThis.Worker = class extends Worker {
  /** @param {string | URL} url @param {WorkerOptions} [options] */
  constructor(url, options) {
    const silent = alone && options?.name === 'cyclorama segmenter';
    super(silent ? new URL('./silent.js', import.meta.url) : url, options);
    const messages = MESSAGES[options?.name ?? ''] ?? {};
    this.addEventListener('message', ({ data }) => {
      const moment = messages[data.type];
      if (moment) reached(moment);
      if (moment === RUNS) running.resolve();
    });
  }
};

async function camera() {
  const track = await openCamera();
  reached('camera');
  return track;
}

async function create() {
  /** @type {typeof import('../../../../web/cyclorama.js')} */
  const { createCyclorama } = await import(
    String(new URL('../../../cyclorama.js', import.meta.url))
  );
  const cyclorama = await createCyclorama({ tuning: 'off' });
  cyclorama.addEventListener('error', ({ detail }) => console.error(detail));
  cyclorama.addEventListener('progress', ({ detail: { stage, loaded, total } }) => {
    if (loaded === total) reached(`${stage} fetched`);
  });
  return cyclorama;
}

async function start() {
  if (alone) {
    await create();
    await running.promise;
    return moments;
  }
  const [cyclorama, track] = await Promise.all([create(), camera()]);
  const output = await cyclorama.process(track);
  const self = /** @type {HTMLVideoElement} */ (document.querySelector('#self'));
  self.srcObject = new MediaStream([output]);
  await cyclorama.ready;
  reached('first composite');
  return moments;
}

Object.assign(globalThis, { started: start() });
