/**
 * The worker of record.js.
 *
 * @typedef {import('./recording').Box} Box
 * @typedef {import('./recording').Frames} Frames
 * @typedef {import('./recording').RecordOptions} RecordOptions
 * @typedef {import('./recording').SeenFrame} SeenFrame
 * @typedef {import('./recording').ToRecorder} ToRecorder
 *
 * @typedef {object} Plane brightness, or green, as it lies in memory
 * @property {Uint8Array} bytes
 * @property {number} start
 * @property {number} step
 * @property {number} row
 */

/** Half of the time between two frames at 30 per second, or less. */
const SAMPLE_MS = 15;
/** After which what was on its way has come. */
const UNDER_WAY_MS = 100;
/** A prime, so that the sampled pixels lie in all columns. */
const HASH_STEP = 37;
/** Of a box only the middle counts: its rim mixes with its neighbours when pictures are scaled. */
const MARGIN = 0.25;

/** @type {SeenFrame[]} */
const seen = [];
/** @type {ArrayBuffer[]} */
const kept = [];
/** @type {ReadableStreamDefaultReader<VideoFrame>[]} */
let readers = [];
/** @type {Promise<unknown>} */
let reading = Promise.resolve();

self.onmessage = async (/** @type {MessageEvent<ToRecorder>} */ { data, ports: [port] }) => {
  switch (data.type) {
    case 'start':
      readers = data.frames.map((frames) => stream(frames).getReader());
      reading = Promise.all(readers.map((reader, track) => read(reader, track, data.options)));
      break;
    case 'count':
      port?.postMessage(seen.length);
      break;
    case 'stop':
      // The tracks were stopped. A frame that is still under way would be dropped, and nobody would
      // close it.
      await new Promise((resolve) => setTimeout(resolve, UNDER_WAY_MS));
      await Promise.all(readers.map((reader) => reader.cancel()));
      await reading;
      // As blobs: the bytes of a plain body would be copied to the debugger that watches requests.
      for (const pixels of kept) {
        await fetch(data.upload, { method: 'POST', body: new Blob([pixels]) });
      }
      port?.postMessage(seen);
  }
};

/**
 * @param {ReadableStreamDefaultReader<VideoFrame>} frames
 * @param {number} track @param {RecordOptions} options
 */
async function read(frames, track, options) {
  for (;;) {
    const { value: frame } = await frames.read();
    if (!frame) return;
    try {
      seen.push({ track, ...(await look(frame, options)) });
    } finally {
      frame.close();
    }
  }
}

/** @param {Frames} frames @returns {ReadableStream<VideoFrame>} */
function stream(frames) {
  if (frames instanceof ReadableStream) return frames;
  let timer = 0;
  return new ReadableStream({
    start(controller) {
      frames.onmessage = ({ data: frame }) => {
        if (frame) controller.enqueue(frame);
      };
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) frames.postMessage('next');
      }, SAMPLE_MS);
    },
    cancel() {
      clearInterval(timer);
      frames.onmessage = ({ data: frame }) => frame?.close();
    },
  });
}

/**
 * @param {VideoFrame} frame @param {RecordOptions} options
 * @returns {Promise<Omit<SeenFrame, 'track'>>}
 */
async function look(frame, { boxes, keep, pairEvery }) {
  const atMs = performance.timeOrigin + performance.now();
  const { width, height } = frame.visibleRect ?? { width: 0, height: 0 };
  const plane = await brightness(frame);
  const keeping = kept.length < keep && seen.length % pairEvery < 2;
  if (keeping) {
    const pixels = new ArrayBuffer(frame.allocationSize({ format: 'RGBA' }));
    await frame.copyTo(pixels, { format: 'RGBA' });
    kept.push(pixels);
  }
  return {
    timestamp: frame.timestamp,
    atMs,
    width,
    height,
    hash: hash(plane.bytes),
    boxes: boxes.map((box) => mean(plane, box, width, height)),
    kept: keeping,
  };
}

/** @param {VideoFrame} frame @returns {Promise<Plane>} */
async function brightness(frame) {
  const bytes = new Uint8Array(frame.allocationSize());
  const [first] = await frame.copyTo(bytes);
  if (!first) throw new Error(`a frame of format ${frame.format} has no planes`);
  const packed = /^(RGB|BGR)/.test(frame.format ?? '');
  return {
    bytes,
    start: first.offset + (packed ? 1 : 0),
    step: packed ? 4 : 1,
    row: first.stride,
  };
}

/** FNV-1a of a sample. @param {Uint8Array} bytes */
function hash(bytes) {
  let value = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += HASH_STEP) {
    value = Math.imul(value ^ (bytes[i] ?? 0), 0x01000193);
  }
  return value >>> 0;
}

/** @param {Plane} plane @param {Box} box @param {number} width @param {number} height */
function mean({ bytes, start, step, row }, [left, top, right, bottom], width, height) {
  const [x0, x1] = middle(left * width, right * width);
  const [y0, y1] = middle(top * height, bottom * height);
  let sum = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) sum += bytes[start + y * row + x * step] ?? 0;
  }
  return sum / ((x1 - x0) * (y1 - y0));
}

/** @param {number} from @param {number} to @returns {[number, number]} whole pixels, one at least */
function middle(from, to) {
  const margin = MARGIN * (to - from);
  const first = Math.floor(from + margin);
  return [first, Math.max(first + 1, Math.ceil(to - margin))];
}
