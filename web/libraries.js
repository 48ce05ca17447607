/** @typedef {import('../worker/protocol').FromLibraries} FromLibraries */
/** @typedef {import('../worker/protocol').ToLibraries} ToLibraries */

/**
 * Opens the worker that compiles Python's libraries, for the compositor at the other end of `port`.
 *
 * The page opens it and relays, because of Firefox: there a worker that opens a worker of its own
 * never goes on, three times in a hundred.
 *
 * @returns {{ port: MessagePort, terminate(): void }}
 */
export function openLibraries() {
  const worker = new Worker(new URL('./worker/libraries.js', import.meta.url), {
    type: 'module',
    name: 'cyclorama libraries',
  });
  const { port1, port2 } = new MessageChannel();
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
