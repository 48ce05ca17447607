/**
 * Compiles the modules of the bundle while they arrive, in a worker of its own: that of the
 * compositor begins with scripts, and is busy then.
 *
 * @typedef {import('./protocol').FromLibraries} FromLibraries
 * @typedef {import('./protocol').ToLibraries} ToLibraries
 */
import { fetchFile } from './fetch.js';

const REPORT_MS = 100;

self.onmessage = async (/** @type {MessageEvent<ToLibraries>} */ { data }) => {
  if (data.type === 'end') return self.close();
  const { code, snapshot } = data;
  try {
    await Promise.all([...code.map(compile), compileCounted(snapshot)]);
  } catch (error) {
    post({ type: 'failed', detail: String(error) });
  }
};

/**
 * From the response itself, not from a stream of ours that counts its bytes: only then does the
 * browser keep the code that it compiled for the next visit.
 * @param {string} url
 */
async function compile(url) {
  const module = await WebAssembly.compileStreaming(fetchFile(url));
  post({ type: 'module', url, module, counted: false });
}

/** A large one without code. @param {string} url */
async function compileCounted(url) {
  const module = await WebAssembly.compileStreaming(counted(await fetchFile(url)));
  post({ type: 'module', url, module, counted: true });
}

/** @param {Response} response @returns {Response} the same, whose bytes are told as they come */
function counted({ body, headers }) {
  let bytes = 0;
  let reported = 0;
  const report = () => {
    post({ type: 'bytes', bytes });
    bytes = 0;
    reported = performance.now();
  };
  /** @type {TransformStream<Uint8Array, Uint8Array>} */
  const counter = new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (performance.now() - reported > REPORT_MS) report();
      controller.enqueue(chunk);
    },
    flush: report,
  });
  return new Response(body?.pipeThrough(counter) ?? null, { headers });
}

/** @param {FromLibraries} message */
function post(message) {
  self.postMessage(message);
}
