import { openThread } from './thread.js';

/** @typedef {import('../worker/protocol').ToStage} ToStage */
/** @typedef {import('../worker/protocol').FromStage} FromStage */

/**
 * The output track, and the worker that holds the canvas which it is captured from.
 *
 * @param {import('./thread.js').Handlers<FromStage>} handlers
 * @param {(cause: unknown) => void} onBroken
 */
export function openStage(handlers, onBroken) {
  const worker = new Worker(new URL('./worker/stage.js', import.meta.url), {
    type: 'module',
    name: 'cyclorama stage',
  });
  /** @type {import('./thread.js').Thread<ToStage>} */
  const thread = openThread(worker, handlers, onBroken);
  const element = document.createElement('canvas');
  element.width = 640;
  element.height = 480;
  const canvas = element.transferControlToOffscreen();
  const [track] = element.captureStream().getVideoTracks();
  if (!track) throw new Error('captureStream gave no video track');
  thread.send({ type: 'open', canvas }, [canvas]);
  return {
    track,
    send: thread.send,
    close() {
      track.stop();
      thread.terminate();
    },
  };
}
