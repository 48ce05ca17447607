import { openLibraries } from './libraries.js';
import { openThread } from './thread.js';

/** @typedef {import('../worker/protocol').ToCompositor} ToCompositor */
/** @typedef {import('../worker/protocol').FromCompositor} FromCompositor */
/** @typedef {import('../worker/protocol').StartCompositor} StartCompositor */

/**
 * A compositor on its way: it answers `ready` when Python runs.
 *
 * @param {Omit<StartCompositor, 'type' | 'libraries'>} start
 * @param {import('./thread.js').Handlers<FromCompositor>} handlers
 * @param {(cause: unknown) => void} onBroken
 * @returns {import('./thread.js').Thread<ToCompositor>}
 */
export function openCompositor(start, handlers, onBroken) {
  const worker = new Worker(new URL('./worker/compositor.js', import.meta.url), {
    type: 'module',
    name: 'cyclorama compositor',
  });
  /** @type {import('./thread.js').Thread<ToCompositor>} */
  const thread = openThread(worker, handlers, onBroken);
  const libraries = openLibraries(start.manifest.python);
  const { port } = libraries;
  thread.send({ type: 'start', ...start, libraries: port }, [start.stage, port]);
  return {
    send: thread.send,
    terminate: () => {
      thread.terminate();
      libraries.terminate();
    },
  };
}
