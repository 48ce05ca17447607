/**
 * The compositor: a clock that Python sets, a message switch, and two copies of pixels. It decides
 * nothing and computes no pixel; both are Python's.
 *
 * @typedef {import('./protocol').ToCompositor} ToCompositor
 * @typedef {import('./protocol').FromCompositor} FromCompositor
 * @typedef {import('./protocol').CompositorToStage} CompositorToStage
 * @typedef {import('./protocol').StartCompositor} StartCompositor
 * @typedef {import('./protocol').FrameMessage} FrameMessage
 * @typedef {import('./protocol').RepeatMessage} RepeatMessage
 * @typedef {import('./protocol').MaskMessage} MaskMessage
 * @typedef {import('./protocol').PauseMessage} PauseMessage
 * @typedef {import('./protocol').Plate} Plate
 * @typedef {Exclude<ToCompositor, StartCompositor | FrameMessage | RepeatMessage | PauseMessage>} ForPython
 * @typedef {import('./bridge').NumpyArray} NumpyArray
 */
import { sleep } from './clock.js';
import { choosePixelReader, readImage } from './pixels.js';
import { countFetches } from './progress.js';
import { boot, lend } from './runtime.js';

const ALIVE_MS = 250;
const STATS_MS = 1000;
/** Of the small pictures of scenes. */
const SCENE_WIDTH = 192;
const SCENE_HEIGHT = 108;

self.onmessage = (/** @type {MessageEvent<ToCompositor>} */ { data }) => {
  if (data.type === 'start') {
    start(data).catch((error) => fail('python-failed', error));
  } else {
    // Whatever comes before Python runs waits; pictures do not come before they are asked for.
    queue.push(data);
    drain();
  }
};

/** @type {Exclude<ToCompositor, StartCompositor>[]} */
const queue = [];
/** @type {() => void} */
let drain = () => {};

/** @param {StartCompositor} message */
async function start({ epoch, manifest, settings, stage }) {
  const meter = countFetches('python', manifest.sizes, post);
  const [bridge, reader] = await Promise.all([boot(manifest.python, meter), choosePixelReader()]);
  configure(bridge, settings);
  const compositor = createCompositor(bridge, reader, stage, epoch);

  drain = () => {
    for (let message = queue.shift(); message; message = queue.shift()) compositor.take(message);
  };
  drain();
  setInterval(() => toStage(stage, { type: 'alive' }), ALIVE_MS);
  setInterval(() => post({ type: 'stats', stats: compositor.stats() }), STATS_MS);
  const running = compositor.run();
  const scenes = await paintScenes(bridge);
  post({ type: 'ready', scenes }, scenes.map(({ picture }) => picture));
  await running;
}

/**
 * @param {import('./bridge').Bridge} bridge
 * @param {import('./pixels').PixelReader} reader
 * @param {MessagePort} stage
 * @param {number} firstEpoch
 */
function createCompositor(bridge, reader, stage, firstEpoch) {
  let epoch = firstEpoch;
  let paused = false;
  /** Timestamp of the newest frame. */
  let after = -1;
  let frame = bridge.frame();
  let output = bridge.output();
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('this browser gave no 2d context in a worker');
  /**
   * Whether a frame's pixels are on their way into Python's memory. Python must not run then: it
   * might let the memory grow, and the pixels would arrive in the old one.
   */
  let copying = false;
  /** What came for Python meanwhile. @type {ForPython[]} */
  const waiting = [];
  /** Whether the last frame failed, so that a lasting fault is reported once. */
  let failing = false;
  /** Settles the pull that is under way. @type {((answer: FrameMessage | RepeatMessage | null) => void) | null} */
  let answered = null;
  /** @type {(() => void) | null} */
  let resumed = null;

  async function run() {
    for (;;) {
      if (paused) await new Promise((/** @type {(value: void) => void} */ r) => (resumed = r));
      const started = epoch;
      const [delay] = plan();
      if (delay > 0) await sleep(delay);
      if (paused || started !== epoch) continue;
      const [, mask, overdue] = plan();
      if (overdue) post({ type: 'overdue', epoch });
      const answer = await pull(mask);
      if (answer?.type === 'frame') await composite(answer);
      else if (answer) bridge.repeated(performance.now());
    }
  }

  function plan() {
    const proxy = bridge.plan(performance.now());
    const result = proxy.toJs();
    proxy.destroy();
    return result;
  }

  /**
   * @param {boolean} mask
   * @returns {Promise<FrameMessage | RepeatMessage | null>} null when the epoch ended meanwhile
   */
  function pull(mask) {
    post({ type: 'pull', epoch, after, mask, resolution: bridge.resolution() });
    return new Promise((resolve) => (answered = resolve));
  }

  /** @param {FrameMessage | RepeatMessage | null} answer */
  function settle(answer) {
    answered?.(answer);
    answered = null;
  }

  /** @param {FrameMessage} message */
  async function composite({ bitmap, timestamp, mask, epoch: own }) {
    const start = performance.now();
    after = timestamp;
    bridge.arrived(start, timestamp, mask);
    try {
      fit(bitmap.width, bitmap.height);
      await copyIn(bitmap);
      if (own === epoch) render(timestamp, performance.now() - start);
      failing = false;
    } catch (error) {
      // The stage holds the last composite, and shows the card if this goes on.
      if (!failing) fail('composite-failed', error);
      failing = true;
    } finally {
      bitmap.close();
    }
    for (const message of waiting.splice(0)) tell(message);
  }

  /** @param {number} timestamp @param {number} pixelsMs */
  function render(timestamp, pixelsMs) {
    if (bridge.render(performance.now(), timestamp, pixelsMs)) show();
    else toStage(stage, { type: 'card', epoch });
  }

  /** @param {ImageBitmap} bitmap */
  async function copyIn(bitmap) {
    copying = true;
    try {
      await lend(frame, (pixels) => reader.read(bitmap, pixels));
    } finally {
      copying = false;
    }
  }

  /** @param {number} width @param {number} height */
  function fit(width, height) {
    if (width === canvas.width && height === canvas.height) return;
    bridge.resize(width, height);
    frame.destroy();
    output.destroy();
    frame = bridge.frame();
    output = bridge.output();
    canvas.width = width;
    canvas.height = height;
  }

  function show() {
    const start = performance.now();
    const { width, height } = canvas;
    lend(output, (pixels) => context?.putImageData(new ImageData(pixels, width, height), 0, 0));
    const bitmap = canvas.transferToImageBitmap();
    toStage(stage, { type: 'show', epoch, bitmap }, [bitmap]);
    bridge.shown(performance.now(), performance.now() - start);
  }

  /** @param {MaskMessage} message */
  function learn({ bitmap, grid, timestamp }) {
    const start = performance.now();
    const mask = bridge.mask(bitmap.width, bitmap.height);
    try {
      lend(mask, (pixels) => pixels.set(readImage(bitmap).data));
      bridge.learn(grid.x, grid.y, grid.dx, grid.dy, timestamp);
      bridge.learned(performance.now(), performance.now() - start);
    } catch (error) {
      fail('segmenter-failed', error);
    } finally {
      mask.destroy();
      bitmap.close();
    }
  }

  /** @param {Plate} plate */
  function setPlate(plate) {
    switch (plate.type) {
      case 'color':
        return bridge.plate_color(...plate.color);
      case 'blur':
        return bridge.plate_blur(plate.strength);
      case 'scene':
        return bridge.plate_scene(plate.name);
      case 'image': {
        const { data, width, height } = readImage(plate.bitmap);
        plate.bitmap.close();
        return bridge.plate_image(data, width, height);
      }
    }
  }

  /** @param {Exclude<ToCompositor, StartCompositor>} message */
  function take(message) {
    switch (message.type) {
      case 'frame':
        return message.epoch === epoch ? settle(message) : message.bitmap.close();
      case 'repeat':
        return message.epoch === epoch ? settle(message) : undefined;
      case 'pause':
        paused = message.paused;
        return paused ? undefined : resumed?.();
      case 'epoch':
        epoch = message.epoch;
        after = -1;
        settle(null);
    }
    if (copying) waiting.push(message);
    else tell(message);
  }

  /**
   * What Python must hear of.
   * @param {ForPython} message
   */
  function tell(message) {
    switch (message.type) {
      case 'epoch':
        return bridge.restart();
      case 'mask':
        if (message.epoch !== epoch) return message.bitmap.close();
        bridge.mask_settled();
        return learn(message);
      case 'nomask':
        return message.epoch === epoch ? bridge.mask_settled() : undefined;
      case 'settings':
        return configure(bridge, message.settings);
      case 'plate':
        post({ type: 'done', id: message.id, failure: tryPlate(message.plate) });
    }
  }

  /** @param {Plate} plate */
  function tryPlate(plate) {
    try {
      setPlate(plate);
      return null;
    } catch (error) {
      return failure('background-invalid', error);
    }
  }

  /** @returns {import('./protocol').CompositorStats} */
  function stats() {
    return { ...JSON.parse(bridge.stats(performance.now())), pixelAdapter: reader.name };
  }

  return { run, take, stats };
}

/** @param {import('./bridge').Bridge} bridge @param {import('./protocol').CompositorSettings} settings */
function configure(bridge, { frameRate, threshold, quality }) {
  bridge.configure(frameRate, threshold, quality);
}

/** @param {string} id @param {unknown} error */
function failure(id, error) {
  return { id, detail: error instanceof Error ? error.message : String(error) };
}

/** @param {string} id @param {unknown} error */
function fail(id, error) {
  post({ type: 'failed', failure: failure(id, error) });
}

/**
 * Small pictures of what Python can paint. One after the other, so that the first frames need not
 * wait for all of them.
 * @param {import('./bridge').Bridge} bridge
 * @returns {Promise<import('./protocol').Scene[]>}
 */
async function paintScenes(bridge) {
  const scenes = [];
  /** @type {string[]} */
  const names = JSON.parse(bridge.scenes());
  for (const name of names) {
    await sleep(0);
    const image = new ImageData(SCENE_WIDTH, SCENE_HEIGHT);
    const painted = bridge.scene(name, SCENE_WIDTH, SCENE_HEIGHT);
    lend(painted, (pixels) => image.data.set(pixels));
    painted.destroy();
    scenes.push({ name, picture: await createImageBitmap(image) });
  }
  return scenes;
}

/** @param {FromCompositor} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}

/** @param {MessagePort} stage @param {CompositorToStage} message @param {Transferable[]} [transfer] */
function toStage(stage, message, transfer = []) {
  stage.postMessage(message, transfer);
}
