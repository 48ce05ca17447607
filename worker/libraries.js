/**
 * Fetches and compiles the libraries of the bundle, in a worker of its own: that of the compositor
 * is busy starting Python, and would feed the compiler only in between.
 *
 * @typedef {import('./protocol').FromLibraries} FromLibraries
 * @typedef {import('./protocol').ToLibraries} ToLibraries
 */
import { fetchFile } from './fetch.js';

const REPORT_MS = 100;

self.onmessage = async (/** @type {MessageEvent<ToLibraries>} */ { data }) => {
  if (data.type === 'end') return self.close();
  try {
    post({ type: 'compiled', modules: await Promise.all(data.libraries.map(compile)) });
  } catch (error) {
    post({ type: 'failed', detail: String(error) });
  }
};

/**
 * A library that comes in parts, because hosts limit the size of a file.
 * @param {string[]} parts URLs
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(parts) {
  const responses = parts.map(fetchFile);
  const whole = new TransformStream({ transform: pass, flush: report });
  const headers = { 'Content-Type': 'application/wasm' };
  const [module] = await Promise.all([
    WebAssembly.compileStreaming(new Response(whole.readable, { headers })),
    concatenate(responses, whole.writable),
  ]);
  return module;
}

/**
 * @param {Promise<Response>[]} responses
 * @param {WritableStream<Uint8Array>} to
 */
async function concatenate(responses, to) {
  try {
    for (const response of await Promise.all(responses)) {
      await response.body?.pipeTo(to, { preventClose: true });
    }
    await to.close();
  } catch (error) {
    await to.abort(error);
    throw error;
  }
}

let bytes = 0;
let reported = 0;

/** @param {Uint8Array} chunk @param {TransformStreamDefaultController<Uint8Array>} controller */
function pass(chunk, controller) {
  bytes += chunk.byteLength;
  if (performance.now() - reported > REPORT_MS) report();
  controller.enqueue(chunk);
}

function report() {
  if (bytes > 0) post({ type: 'bytes', bytes });
  bytes = 0;
  reported = performance.now();
}

/** @param {FromLibraries} message */
function post(message) {
  self.postMessage(message);
}
