/**
 * The compositor: a clock that Python sets, a message switch, and two copies of pixels. It decides
 * nothing and computes no pixel; both are Python's.
 *
 * @typedef {import('./protocol').ToCompositor} ToCompositor
 * @typedef {import('./protocol').FromCompositor} FromCompositor
 * @typedef {import('./protocol').StartCompositor} StartCompositor
 * @typedef {import('./protocol').FrameMessage} FrameMessage
 * @typedef {import('./protocol').RepeatMessage} RepeatMessage
 * @typedef {import('./protocol').MaskMessage} MaskMessage
 * @typedef {import('./protocol').PauseMessage} PauseMessage
 * @typedef {import('./protocol').Plate} Plate
 * @typedef {import('./protocol').Adapter} Adapter
 * @typedef {Exclude<ToCompositor, StartCompositor | FrameMessage | RepeatMessage | PauseMessage>} ForPython
 */
import { refusal } from './checked.js';
import { sleep } from './clock.js';
import { openOutput } from './output.js';
import { carrierOf, findAdapters, readers, readImage, sizeOf } from './pixels.js';
import { setPlate } from './plates.js';
import { countFetches } from './progress.js';
import { boot, lend } from './runtime.js';
import { paintGlimpse, paintScenes } from './samples.js';

const ALIVE_MS = 250;
const STATS_MS = 1000;
/** Frames that have failed for so long will not go well by themselves. */
const LASTING_MS = 1000;

let started = false;
/** What was said last of each type of message that was refused since one was taken. @type {Map<unknown, string | undefined>} */
const said = new Map();

self.onmessage = (/** @type {MessageEvent<ToCompositor>} */ { data }) => {
  const refused = refusal('toCompositor', data);
  if (refused) {
    refuse(data, refused);
  } else if (data.type === 'start') {
    if (started) return fail('message-invalid', 'start: it came before');
    started = true;
    start(data).catch((error) => fail('python-failed', error));
  } else {
    said.delete(data.type);
    // Whatever comes before Python runs waits; pictures do not come before they are asked for.
    queue.push(data);
    drain();
  }
};

/**
 * Tells whoever waits for what a refused message was to bring that it does not come. Masks and
 * frames come many times a second, so that the same fault of theirs is said once.
 * @param {Partial<ToCompositor> | null} message of any shape
 * @param {import('./protocol').Failure} reason
 */
function refuse(message, reason) {
  const { type, epoch, id, picture, bitmap } = /** @type {Record<string, any>} */ (message ?? {});
  if (said.get(type) !== reason.detail) post({ type: 'failed', failure: reason });
  said.set(type, reason.detail);
  for (const held of [picture, bitmap]) {
    if (held instanceof VideoFrame || held instanceof ImageBitmap) held.close();
  }
  if (type === 'frame') queue.push({ type: 'repeat', epoch });
  else if (type === 'mask') queue.push({ type: 'nomask', epoch, timestamp: -1 });
  else if (type === 'glimpse') post({ type: 'glimpsed', picture: null });
  else if (type === 'plate' && Number.isInteger(id)) post({ type: 'done', id, failure: reason });
  drain();
}

/** @type {Exclude<ToCompositor, StartCompositor>[]} */
const queue = [];
/** @type {() => void} */
let drain = () => {};

/** @param {StartCompositor} message */
async function start({ epoch, manifest, settings, tuning, carriers, stage, libraries }) {
  const meter = countFetches('python', manifest.sizes, post);
  const [bridge, adapters] = await Promise.all([
    boot(manifest.python, libraries, meter, () => post({ type: 'compiled' })),
    findAdapters(carriers),
  ]);
  bridge.offer(adapters.length);
  configure(bridge, settings);
  tune(bridge, tuning);
  const output = openOutput(bridge, stage, (reason) => post({ type: 'failed', failure: reason }));
  const compositor = createCompositor(bridge, adapters, output, epoch);

  drain = () => {
    for (let message = queue.shift(); message; message = queue.shift()) compositor.take(message);
  };
  drain();
  setInterval(output.live, ALIVE_MS);
  setInterval(() => post({ type: 'stats', stats: compositor.stats() }), STATS_MS);
  post({ type: 'ready' });
  compositor.run().catch((error) => fail('compositor-lost', error));
  const scenes = await paintScenes(bridge, compositor.isPressed);
  post({ type: 'scenes', scenes }, scenes.map(({ picture }) => picture));
}

/**
 * @param {import('./bridge').Bridge} bridge
 * @param {Adapter[]} adapters which Python chooses from, by number
 * @param {import('./output.js').Output} output
 * @param {number} firstEpoch
 */
function createCompositor(bridge, adapters, output, firstEpoch) {
  let epoch = firstEpoch;
  let paused = false;
  /** Timestamp of the newest frame. */
  let after = -1;
  /** Timestamp of the newest slide. */
  let slideAfter = -1;
  /** Of the frames. */
  let size = { width: 1, height: 1 };
  let frame = bridge.frame();
  /**
   * Whether a frame's pixels are on their way into Python's memory. Python must not run then: it
   * might let the memory grow, and the pixels would arrive in the old one.
   */
  let copying = false;
  /** What came for Python meanwhile. @type {ForPython[]} */
  const waiting = [];
  /** Since when every frame has failed. @type {number | null} */
  let failingSince = null;
  /** Whether the last mask could not be used, so that a lasting fault is reported once. */
  let garbled = false;
  /** Settles the pull that is under way. @type {((answer: FrameMessage | RepeatMessage | null) => void) | null} */
  let answered = null;
  /** @type {(() => void) | null} */
  let resumed = null;

  async function run() {
    for (;;) {
      if (paused) await new Promise((/** @type {(value: void) => void} */ r) => (resumed = r));
      const started = epoch;
      const { delay } = plan();
      if (delay > 0) await sleep(delay);
      if (paused || started !== epoch) continue;
      const { mask, slide } = plan();
      const way = bridge.adapter();
      const answer = await pull(mask, slide, adapterOf(way).input);
      if (answer?.type === 'frame') await composite(answer, way, slide);
      else if (answer) bridge.repeated(performance.now());
    }
  }

  function plan() {
    const proxy = bridge.plan(performance.now());
    const [delay, mask, overdue, slide] = proxy.toJs();
    proxy.destroy();
    // It is said once, whatever the plan is asked for.
    if (overdue) post({ type: 'overdue', epoch });
    return { delay, mask, slide };
  }

  /**
   * @param {boolean} mask
   * @param {boolean} slide
   * @param {import('./protocol').Carrier} carrier
   * @returns {Promise<FrameMessage | RepeatMessage | null>} null when the epoch ended meanwhile
   */
  function pull(mask, slide, carrier) {
    const resolution = bridge.resolution();
    const newest = slide ? slideAfter : null;
    post({ type: 'pull', epoch, after, mask, carrier, resolution, slideAfter: newest });
    return new Promise((resolve) => (answered = resolve));
  }

  /** @param {FrameMessage | RepeatMessage | null} answer */
  function settle(answer) {
    answered?.(answer);
    answered = null;
  }

  /**
   * @param {FrameMessage} message
   * @param {number} way the adapter that it was asked for by
   * @param {boolean} asked whether a slide was asked for too
   */
  async function composite(message, way, asked) {
    const { picture, timestamp, untimed, look, tookMs, slide, epoch: own } = message;
    const start = performance.now();
    after = timestamp;
    try {
      fit(sizeOf(picture));
      const copied = await copyIn(picture, way);
      const pixelsMs = performance.now() - start;
      if (copied) bridge.adapter_took(way, tookMs + pixelsMs);
      if (copied && untimed && bridge.met(start)) return bridge.repeated(performance.now());
      bridge.arrived(start, timestamp, copied && look !== null, asked);
      if (!copied || own !== epoch) return;
      if (slide) await copySlide(slide, way);
      if (look) showSegmenter(look, timestamp);
      render(timestamp, pixelsMs);
      failingSince = null;
      tellTuned();
    } catch (error) {
      // The stage holds the last composite, and shows the card if this goes on.
      if (failingSince === null) console.warn('A frame could not be composited:', error);
      failingSince ??= start;
      if (start - failingSince > LASTING_MS) throw error;
    } finally {
      picture.close();
      slide?.picture.close();
      for (const message of waiting.splice(0)) tell(message);
    }
  }

  /** @param {import('./protocol').Slide} slide @param {number} way */
  async function copySlide({ picture, timestamp }, way) {
    const { width, height } = sizeOf(picture);
    const coming = bridge.slide(width, height);
    if (!coming) return;
    copying = true;
    try {
      const read = readers[adapterOf(way).pixels];
      await lend(coming, (pixels, columns) => read(picture, pixels, columns));
    } finally {
      copying = false;
      coming.destroy();
    }
    bridge.slide_written();
    slideAfter = timestamp;
  }

  /** Python has its part of it done. */
  function tellTuned() {
    const tuned = bridge.tuned(performance.now());
    if (tuned) post({ type: 'tuned', ...JSON.parse(tuned) });
  }

  /** @param {number} timestamp @param {number} pixelsMs */
  function render(timestamp, pixelsMs) {
    if (bridge.render(performance.now(), timestamp, pixelsMs)) output.show(epoch);
    else output.showCard(epoch);
  }

  /** Whether Python may not run now, or has better to do. */
  function isPressed() {
    return copying || bridge.pressed(performance.now());
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
    frame = bridge.frame();
    size = { width, height };
  }

  /** @param {MaskMessage} message */
  function learn({ bitmap, grid, timestamp }) {
    const start = performance.now();
    try {
      const mask = bridge.mask(bitmap.width, bitmap.height);
      lend(mask, (pixels) => pixels.set(readImage(bitmap).data));
      mask.destroy();
      bridge.learn(grid.x, grid.y, grid.dx, grid.dy, timestamp);
      bridge.learned(performance.now(), performance.now() - start);
      garbled = false;
    } catch (error) {
      if (!garbled) fail('segmenter-failed', error);
      garbled = true;
    } finally {
      bitmap.close();
    }
  }

  /** @param {Exclude<ToCompositor, StartCompositor>} message */
  function take(message) {
    switch (message.type) {
      case 'frame':
        return answered && message.epoch === epoch ? settle(message) : closePictures(message);
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
        // One that nobody asked for is not looked at: a thousand of them are no more work.
        if (message.epoch !== epoch || !bridge.mask_settled(performance.now())) {
          return message.bitmap.close();
        }
        return learn(message);
      case 'nomask':
        if (message.epoch === epoch) bridge.mask_settled(performance.now());
        return;
      case 'settings':
        return attempt(() => configure(bridge, message.settings));
      case 'tune':
        return attempt(() => tune(bridge, message.tuning));
      case 'glimpse':
        return void glimpse(message.strength).catch((error) => {
          fail('background-invalid', error);
          post({ type: 'glimpsed', picture: null });
        });
      case 'plate':
        post({ type: 'done', id: message.id, failure: tryPlate(message.plate) });
    }
  }

  /** What Python refuses leaves all as it was. @param {() => void} change */
  function attempt(change) {
    try {
      change();
    } catch (error) {
      fail('setting-invalid', error);
    }
  }

  /** @param {number} strength */
  async function glimpse(strength) {
    const picture = await paintGlimpse(bridge, strength);
    post({ type: 'glimpsed', picture }, picture ? [picture] : []);
  }

  /** @param {Plate} plate */
  function tryPlate(plate) {
    try {
      setPlate(bridge, plate);
      // Of another track perhaps, whose timestamps say nothing about those so far.
      if (plate.type === 'slides') slideAfter = -1;
      return null;
    } catch (error) {
      return failure('background-invalid', error);
    }
  }

  /** @returns {import('./protocol').CompositorStats} */
  function stats() {
    const now = performance.now();
    const adapter = adapterOf(bridge.adapter());
    return { atMs: performance.timeOrigin + now, ...JSON.parse(bridge.stats(now)), adapter };
  }

  return { run, take, stats, isPressed };
}

/** @param {import('./bridge').Bridge} bridge @param {import('./protocol').CompositorSettings} settings */
function configure(bridge, { frameRate, threshold, quality, resolution }) {
  bridge.configure(frameRate, threshold, quality, resolution);
}

/** @param {import('./bridge').Bridge} bridge @param {import('./protocol').Tuning | null} tuning */
function tune(bridge, tuning) {
  bridge.tune(tuning ? JSON.stringify(tuning) : '');
}

/** @param {FrameMessage} message that nobody will look at */
function closePictures({ picture, slide }) {
  picture.close();
  slide?.picture.close();
}

/** @param {import('./protocol').Failure['id']} id @param {unknown} error */
function failure(id, error) {
  return { id, detail: error instanceof Error ? error.message : String(error) };
}

/** @param {import('./protocol').Failure['id']} id @param {unknown} error */
function fail(id, error) {
  post({ type: 'failed', failure: failure(id, error) });
}

/** @param {FromCompositor} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}
