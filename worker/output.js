/**
 * The compositor's end of the way to the stage: composites go there, and their memory comes back.
 *
 * @typedef {object} Output
 * @property {(epoch: number) => void} show the composite that Python just made
 * @property {(epoch: number) => void} showCard in place of one
 * @property {() => void} live says that this worker is not dead, whatever it does
 */
import { refusal } from './checked.js';
import { lend } from './runtime.js';

/**
 * @param {import('./bridge').Bridge} bridge
 * @param {MessagePort} stage
 * @param {(reason: import('./protocol').Failure) => void} refused something wrong came from there
 * @returns {Output}
 */
export function openOutput(bridge, stage, refused) {
  let size = { width: 1, height: 1 };
  /** Memory that the stage has given back. @type {Uint8ClampedArray<ArrayBuffer>[]} */
  const spares = [];
  stage.onmessage = (/** @type {MessageEvent<import('./protocol').StageToCompositor>} */ { data }) => {
    const reason = refusal('stageToCompositor', data);
    if (reason) refused(reason);
    else spares.push(data.data);
  };

  /** That of the frames, or of a slide. */
  function fit() {
    const { output_width: width, output_height: height } = bridge;
    if (width === size.width && height === size.height) return;
    size = { width, height };
    spares.length = 0;
  }

  /** @param {number} epoch */
  function show(epoch) {
    const start = performance.now();
    fit();
    // Another array where a camera or a slide of another size came, though it may show as much.
    const output = bridge.output();
    lend(output, (composite, columns) => {
      const data = memory(composite.length);
      data.set(composite);
      const pixels = { data, columns, ...size };
      send({ type: 'show', epoch, pixels, moved: bridge.moved }, [data.buffer]);
    });
    output.destroy();
    bridge.shown(performance.now(), performance.now() - start);
  }

  /** @param {number} length bytes */
  function memory(length) {
    const spare = spares.pop();
    return spare?.length === length ? spare : new Uint8ClampedArray(length);
  }

  /** @param {import('./protocol').CompositorToStage} message @param {Transferable[]} [transfer] */
  function send(message, transfer = []) {
    stage.postMessage(message, transfer);
  }

  return {
    show,
    showCard: (epoch) => send({ type: 'card', epoch }),
    live: () => send({ type: 'alive' }),
  };
}
