import { openOutput } from './output.js';
import { openThread } from './thread.js';

/** @typedef {import('../worker/protocol').ToStage} ToStage */
/** @typedef {import('../worker/protocol').FromStage} FromStage */

/**
 * The output track, and the worker that decides what it shows.
 *
 * @param {Omit<import('./thread.js').Handlers<FromStage>, 'picture'>} handlers
 * @param {(cause: unknown) => void} onBroken
 */
export function openStage(handlers, onBroken) {
  const worker = new Worker(new URL('./worker/stage.js', import.meta.url), {
    type: 'module',
    name: 'cyclorama stage',
  });
  const { name, track, canvas, frames, show } = openOutput();
  /** @type {import('./thread.js').Thread<ToStage>} */
  const thread = openThread(
    worker,
    /** @type {import('./thread.js').Handlers<FromStage>} */ ({
      ...handlers,
      picture: ({ bitmap }) => show?.(bitmap),
    }),
    onBroken,
  );
  const transfer = frames ? [canvas, frames] : [canvas];
  thread.send({ type: 'open', canvas, frames, send: show !== null }, transfer);
  return {
    /** Of the way that pictures get onto the track. */
    adapter: name,
    track,
    send: thread.send,
    close() {
      track.stop();
      thread.terminate();
    },
  };
}
