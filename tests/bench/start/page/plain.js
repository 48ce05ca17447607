/** Plain Pyodide in a worker: the measure of a start. */
import { createMoments } from './moments.js';

const { moments, reached } = createMoments();
reached('page');
const worker = new Worker(new URL(`plain_worker.js${location.search}`, import.meta.url), {
  type: 'module',
});

const started = new Promise((resolve, reject) => {
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
    reached(data);
    if (data === 'imports') resolve(moments);
  };
});

Object.assign(globalThis, { started });
