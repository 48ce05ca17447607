/** @typedef {import('../worker/protocol').FromLibraries} FromLibraries */
/** @typedef {import('../worker/protocol').ToLibraries} ToLibraries */

/**
 * Opens the worker that compiles the WebAssembly of Python, for the compositor at the other end of
 * `port`, which has more to load before it could ask for it.
 *
 * The page opens it and relays, because of Firefox: there a worker that opens a worker of its own
 * never goes on, three times in a hundred.
 *
 * @param {import('../worker/protocol').Manifest['python']} python
 * @returns {{ port: MessagePort, terminate(): void }}
 */
export function openLibraries({ core, bundle }) {
  const worker = new Worker(new URL('./worker/libraries.js', import.meta.url), {
    type: 'module',
    name: 'cyclorama libraries',
  });
  const { port1, port2 } = new MessageChannel();
  /** @type {ToLibraries} */
  const compile = {
    type: 'compile',
    code: [core, ...bundle.libraries.map(({ url }) => url)],
    snapshot: bundle.snapshot.url,
  };
  worker.postMessage(compile);
  port1.onmessage = (/** @type {MessageEvent<ToLibraries>} */ { data }) => worker.postMessage(data);
  worker.onmessage = (/** @type {MessageEvent<FromLibraries>} */ { data }) =>
    port1.postMessage(data);
  worker.onerror = (event) => {
    event.preventDefault();
    /** @type {FromLibraries} */
    const failed = { type: 'failed', detail: event.message || 'the script could not be loaded' };
    port1.postMessage(failed);
  };
  return { port: port2, terminate: () => worker.terminate() };
}
