/**
 * Python's stages in a worker and the article's composite step on this page, in turns: never both
 * at once, and both in every second of the run.
 *
 * `?turn=` is how many frames the article takes at its turn; `worker.js` is given the whole query.
 *
 * @typedef {{ python: string, article: number[] }} Timed
 *   `times_json` of stages.py, and milliseconds of each of the article's frames.
 */
import { loadBackground, openCamera, SIZE } from '../../speed/page/scene.js';
import { createStep } from './step.js';

const query = new URL(location.href).searchParams;

/** @returns {Promise<Timed>} */
async function run() {
  const python = startPython();
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#camera'));
  video.srcObject = new MediaStream([await openCamera()]);
  await video.play();
  const response = await fetch(new URL('../person.bin', import.meta.url));
  const person = new Uint8Array(await response.arrayBuffer());
  const output = /** @type {HTMLCanvasElement} */ (document.querySelector('#output'));
  Object.assign(output, SIZE);
  const step = createStep(video, output, await loadBackground(), person);

  /** @type {number[]} */
  const article = [];
  for (;;) {
    const times = await python.turn();
    for (let frame = 0; frame < Number(query.get('turn')); frame++) {
      await nextFrame(video);
      article.push(step());
    }
    if (times) return { python: times, article };
  }
}

function startPython() {
  const worker = new Worker(new URL(`worker.js${location.search}`, import.meta.url), {
    type: 'module',
  });
  return {
    /** @returns {Promise<string | null>} the times, after the last turn */
    turn: () =>
      new Promise((resolve, reject) => {
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(null);
      }),
  };
}

/** Until the camera gave another: the same frame drawn twice costs less. @param {HTMLVideoElement} video */
function nextFrame(video) {
  return new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}

Object.assign(globalThis, { timed: run() });
