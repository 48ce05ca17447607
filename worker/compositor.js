/**
 * The compositor: a clock that Python sets, a message switch, and two copies of pixels. It decides
 * nothing and computes no pixel; both are Python's.
 *
 * @typedef {import('./protocol').ToCompositor} ToCompositor
 * @typedef {import('./protocol').FromCompositor} FromCompositor
 * @typedef {import('./protocol').CompositorToStage} CompositorToStage
 * @typedef {import('./protocol').StageToCompositor} StageToCompositor
 * @typedef {import('./protocol').StartCompositor} StartCompositor
 * @typedef {import('./protocol').FrameMessage} FrameMessage
 * @typedef {import('./protocol').RepeatMessage} RepeatMessage
 * @typedef {import('./protocol').MaskMessage} MaskMessage
 * @typedef {import('./protocol').PauseMessage} PauseMessage
 * @typedef {import('./protocol').Plate} Plate
 * @typedef {import('./protocol').Adapter} Adapter
 * @typedef {Exclude<ToCompositor, StartCompositor | FrameMessage | RepeatMessage | PauseMessage>} ForPython
 * @typedef {import('./bridge').NumpyArray} NumpyArray
 */
import { sleep } from './clock.js';
import { carrierOf, findAdapters, readers, readImage, sizeOf } from './pixels.js';
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
async function start({ epoch, manifest, settings, carriers, stage }) {
  const meter = countFetches('python', manifest.sizes, post);
  const [bridge, adapters] = await Promise.all([
    boot(manifest.python, meter),
    findAdapters(carriers),
  ]);
  bridge.offer(adapters.length);
  configure(bridge, settings);
  const compositor = createCompositor(bridge, adapters, stage, epoch);

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
 * @param {Adapter[]} adapters which Python chooses from, by number
 * @param {MessagePort} stage
 * @param {number} firstEpoch
 */
function createCompositor(bridge, adapters, stage, firstEpoch) {
  let epoch = firstEpoch;
  let paused = false;
  /** Timestamp of the newest frame. */
  let after = -1;
  /** Of the frames. */
  let size = { width: 1, height: 1 };
  let frame = bridge.frame();
  let output = bridge.output();
  /** Memory that the stage has given back. @type {Uint8ClampedArray<ArrayBuffer>[]} */
  const spares = [];
  stage.onmessage = (/** @type {MessageEvent<StageToCompositor>} */ { data }) => {
    spares.push(data.data);
  };
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
      const way = bridge.adapter();
      const answer = await pull(mask, adapterOf(way).input);
      if (answer?.type === 'frame') await composite(answer, way);
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
   * @param {import('./protocol').Carrier} carrier
   * @returns {Promise<FrameMessage | RepeatMessage | null>} null when the epoch ended meanwhile
   */
  function pull(mask, carrier) {
    post({ type: 'pull', epoch, after, mask, carrier, resolution: bridge.resolution() });
    return new Promise((resolve) => (answered = resolve));
  }

  /** @param {FrameMessage | RepeatMessage | null} answer */
  function settle(answer) {
    answered?.(answer);
    answered = null;
  }

  /** @param {FrameMessage} message @param {number} way the adapter that it was asked for by */
  async function composite({ picture, timestamp, look, tookMs, epoch: own }, way) {
    const start = performance.now();
    after = timestamp;
    try {
      fit(sizeOf(picture));
      const copied = await copyIn(picture, way);
      const pixelsMs = performance.now() - start;
      if (copied) bridge.adapter_took(way, tookMs + pixelsMs);
      bridge.arrived(start, timestamp, copied && look !== null);
      if (!copied || own !== epoch) return;
      if (look) showSegmenter(look, timestamp);
      render(timestamp, pixelsMs);
      failing = false;
    } catch (error) {
      // The stage holds the last composite, and shows the card if this goes on.
      if (!failing) fail('composite-failed', error);
      failing = true;
    } finally {
      for (const message of waiting.splice(0)) tell(message);
    }
  }

  /** @param {number} timestamp @param {number} pixelsMs */
  function render(timestamp, pixelsMs) {
    if (bridge.render(performance.now(), timestamp, pixelsMs)) show();
    else toStage(stage, { type: 'card', epoch });
  }

  /**
   * @param {VideoFrame | ImageBitmap} picture
   * @param {number} way
   * @returns {Promise<boolean>} false where this way does not work here, and another is left
   */
  async function copyIn(picture, way) {
    const { input, pixels: reader } = adapterOf(way);
    const carrier = carrierOf(picture);
    copying = true;
    try {
      await lend(frame, (pixels, columns) => readers[reader](picture, pixels, columns));
    } catch (error) {
      if (!bridge.adapter_failed(way)) throw error;
      console.info(`A ${input} by way of ${reader} cannot be read here, trying another:`, error);
      return false;
    } finally {
      copying = false;
      picture.close();
    }
    // What cannot carry this camera's frames is not asked for again.
    if (input !== carrier) bridge.adapter_failed(way);
    return true;
  }

  /** @param {import('./protocol').Size} size @param {number} timestamp */
  function showSegmenter({ width, height }, timestamp) {
    const small = bridge.look(width, height);
    lend(small, (shown) => {
      const pixels = shown.slice();
      post({ type: 'look', epoch, timestamp, pixels, width, height }, [pixels.buffer]);
    });
    small.destroy();
  }

  /** @param {number} way @returns {Adapter} */
  function adapterOf(way) {
    const adapter = adapters[way];
    if (!adapter) throw new RangeError(`there is no adapter ${way}`);
    return adapter;
  }

  /** @param {{ width: number, height: number }} picture */
  function fit({ width, height }) {
    if (width === size.width && height === size.height) return;
    bridge.resize(width, height);
    frame.destroy();
    output.destroy();
    frame = bridge.frame();
    output = bridge.output();
    size = { width, height };
    spares.length = 0;
  }

  function show() {
    const start = performance.now();
    lend(output, (composite, columns) => {
      const data = memory(composite.length);
      data.set(composite);
      const pixels = { data, columns, ...size };
      toStage(stage, { type: 'show', epoch, pixels }, [data.buffer]);
    });
    bridge.shown(performance.now(), performance.now() - start);
  }

  /** @param {number} length bytes */
  function memory(length) {
    const spare = spares.pop();
    return spare?.length === length ? spare : new Uint8ClampedArray(length);
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
        return message.epoch === epoch ? settle(message) : message.picture.close();
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
    const adapter = adapterOf(bridge.adapter());
    return { ...JSON.parse(bridge.stats(performance.now())), adapter };
  }

  return { run, take, stats };
}

/** @param {import('./bridge').Bridge} bridge @param {import('./protocol').CompositorSettings} settings */
function configure(bridge, { frameRate, threshold, quality, resolution }) {
  bridge.configure(frameRate, threshold, quality, resolution);
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
