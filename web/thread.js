/**
 * A typed handle on a worker: messages out, one handler for each type of message in.
 *
 * @template {{ type: string }} Out
 * @typedef {{ send(message: Out, transfer?: Transferable[]): void, terminate(): void }} Thread
 */

/**
 * @template {{ type: string }} In
 * @typedef {{ [Type in In['type']]: (message: Extract<In, { type: Type }>) => void }} Handlers
 */

/**
 * @template {{ type: string }} In
 * @template {{ type: string }} Out
 * @param {Worker} worker
 * @param {Handlers<In>} handlers
 * @param {(cause: unknown) => void} onBroken its script could not be loaded, or threw uncaught
 * @returns {Thread<Out>}
 */
export function openThread(worker, handlers, onBroken) {
  worker.onmessage = (/** @type {MessageEvent<In>} */ { data }) => {
    const handle = /** @type {(message: In) => void} */ (handlers[/** @type {In['type']} */ (data.type)]);
    handle(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    onBroken(event.message || 'the worker script could not be loaded');
  };
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
  };
}
