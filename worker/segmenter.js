/**
 * The segmenter: tfjs finds the person. The only file that loads it, and a classic worker because
 * tfjs ships as scripts. What computes is in backends.js.
 *
 * What it answers are logits on the network's own coarse grid: nothing is upsampled, thresholded
 * or even squashed here, all of which would lose what the matte is made from.
 *
 * @typedef {import('./protocol').ToSegmenter} ToSegmenter
 * @typedef {import('./protocol').FromSegmenter} FromSegmenter
 * @typedef {import('./protocol').LoadSegmenter} LoadSegmenter
 * @typedef {import('./protocol').SegmentMessage} SegmentMessage
 * @typedef {import('./protocol').BodyPixAsset} BodyPixAsset
 * @typedef {import('./protocol').SelfieAsset} SelfieAsset
 * @typedef {import('./protocol').MaskGrid} MaskGrid
 *
 * @typedef {import('./backends').Backend} Backend
 * @typedef {Pick<typeof import('@tensorflow/tfjs-converter'), 'loadGraphModel'>} Converter
 * @typedef {import('./backends').Tfjs & Converter} Tfjs
 * @typedef {typeof import('@tensorflow-models/body-pix')} BodyPixModule
 *
 * @typedef {object} Network
 * @property {(input: import('@tensorflow/tfjs-core').Tensor3D) => import('@tensorflow/tfjs-core').Tensor} logits
 *   Logits of person on (rows, columns, …1) cells.
 * @property {(width: number, height: number, columns: number, rows: number) => MaskGrid} grid
 *   Where those cells lie, for an input of this size.
 * @property {number} side Of a small square input that it takes.
 *
 * @typedef {object} Running
 * @property {Backend['name']} backend
 * @property {(picture: ImageData) => Promise<{ mask: ImageBitmap, grid: MaskGrid }>} look
 */

/** Logits are clipped to ±LIMIT on their way into a byte. */
const LIMIT = 8;

/** @type {Promise<Running> | null} */
let loaded = null;
/** Whether the page was told that this worker is of no use any more. */
let lost = false;

const checking = import('./checked.js');

self.onmessage = async (/** @type {MessageEvent<ToSegmenter>} */ { data }) => {
  const refused = (await checking).refusal('toSegmenter', data);
  if (refused) {
    post({ type: 'failed', failure: refused });
    const { type, epoch } = /** @type {Partial<SegmentMessage>} */ (data ?? {});
    if (type === 'segment' && epoch !== undefined) post({ type: 'nomask', epoch, timestamp: -1 });
  } else if (data.type === 'load') {
    loaded = load(data);
    loaded.catch((error) => fail('file-missing', error));
  } else {
    void segment(data);
  }
};

/** @param {SegmentMessage} message */
async function segment({ epoch, timestamp, pixels, width, height }) {
  /** @type {Running | null} */
  let running = null;
  try {
    running = await loaded;
    if (!running) return;
    const { mask, grid } = await running.look(new ImageData(pixels, width, height));
    post({ type: 'mask', epoch, timestamp, bitmap: mask, grid }, [mask]);
  } catch (error) {
    if (running && running.backend !== 'wasm') return lose(running.backend, error);
    fail('segmenter-failed', error);
    post({ type: 'nomask', epoch, timestamp });
  }
}

/**
 * A new worker takes over: in this one tfjs goes on asking a lost GPU for its answer.
 * @param {string} backend @param {unknown} error
 */
function lose(backend, error) {
  if (lost) return;
  lost = true;
  post({ type: 'lost', detail: `${backend}: ${text(error)}` });
}

/** @param {LoadSegmenter} message @returns {Promise<Running>} */
async function load({ manifest, asset, stride, backend }) {
  const [{ countFetches }, { backendsFor }] = await Promise.all([
    import('./progress.js'),
    import('./backends.js'),
  ]);
  const model = asset.kind === 'selfie' ? asset.model : modelUrl(asset, stride);
  const folder = model.slice(0, model.lastIndexOf('/') + 1);
  const weights = (/** @type {string} */ url) => url.startsWith(folder) && url.endsWith('.bin');
  const meter = countFetches('segmenter', manifest.sizes, post);
  meter.expect([model, ...Object.keys(manifest.sizes).filter(weights)]);

  importScripts(...manifest.tfjs.scripts);
  /** @type {Tfjs} */
  const tf = Reflect.get(self, 'tf');
  const open = () =>
    asset.kind === 'selfie' ? loadSelfie(tf, model) : loadBodyPix(tf, asset, stride, model);
  const running = await runOnFirst(tf, backendsFor(tf, manifest.tfjs, backend), open);
  post({ type: 'ready', backend: running.backend });
  return running;
}

/**
 * @param {Tfjs} tf
 * @param {Backend[]} backends of which to use the first that works
 * @param {() => Promise<Network>} open
 * @returns {Promise<Running>}
 */
async function runOnFirst(tf, backends, open) {
  for (const backend of backends) {
    try {
      return await run(tf, backend, open);
    } catch (error) {
      if (backend === backends.at(-1)) throw error;
      console.info(`The segmenter does not use ${backend.name}: ${text(error)}`);
    }
  }
  throw new Error('there is no backend');
}

/** @param {Tfjs} tf @param {Backend} backend @param {() => Promise<Network>} open */
async function run(tf, { name, start }, open) {
  const footing = await start();
  const network = await open();
  /** @param {ImageData} picture */
  const look = async (picture) => {
    footing.check();
    const logits = tf.tidy(() => network.logits(tf.browser.fromPixels(picture)));
    const [rows = 0, columns = 0] = logits.shape;
    const values = await unless(footing.lost, logits.data());
    logits.dispose();
    // What a GPU answers that is gone are zeros, which would be taken for a mask.
    footing.check();
    const grid = network.grid(picture.width, picture.height, columns, rows);
    return { mask: await encode(values, columns, rows), grid };
  };
  // The first look takes longest, and Python is not ready yet.
  (await look(new ImageData(network.side, network.side))).mask.close();
  return { backend: name, look };
}

/**
 * An answer, or the reason of a signal that comes first. Raced against one promise that outlives
 * them all, each answer would leave something behind on it.
 * @template T
 * @param {AbortSignal} signal not aborted yet
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
function unless(signal, answer) {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    signal.addEventListener('abort', aborted);
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/** @param {BodyPixAsset} asset @param {number} stride */
function modelUrl(asset, stride) {
  const model = asset.models.find((candidate) => candidate.stride === stride);
  if (!model) throw new Error(`${asset.id} has no stride ${stride}`);
  return model.url;
}

/**
 * BodyPix answers at every stride-th pixel of its input, starting at the first.
 * @param {Tfjs} tf @param {BodyPixAsset} asset @param {number} stride @param {string} url
 * @returns {Promise<Network>}
 */
async function loadBodyPix(tf, asset, stride, url) {
  /** @type {BodyPixModule} */
  const bodyPix = Reflect.get(self, 'body-pix');
  const { architecture, multiplier, quantBytes } = asset;
  const net = await bodyPix.load({
    architecture,
    multiplier,
    quantBytes,
    modelUrl: url,
    outputStride: /** @type {8 | 16 | 32} */ (stride),
  });
  const { baseModel } = net;
  // Protected, in brackets for that reason: the public methods work out what else the network
  // knows of poses and parts of the body, then upsample and threshold.
  const model = baseModel['model'];
  /** @type {*[]} */
  const names = model.outputs.map(({ name }) => name);
  const { segmentation } = baseModel.nameOutputResults(names);
  return {
    logits(input) {
      const picture = baseModel.preprocessInput(tf.cast(input, 'float32'));
      const answer = model.execute(tf.expandDims(picture), String(segmentation));
      return tf.squeeze(/** @type {import('@tensorflow/tfjs-core').Tensor} */ (answer), [0]);
    },
    grid: (width, height) => ({
      x: 0.5 / width,
      y: 0.5 / height,
      dx: stride / width,
      dy: stride / height,
    }),
    side: 4 * stride + 1,
  };
}

/**
 * The selfie segmenter answers a probability for each pixel of its input.
 * @param {Tfjs} tf @param {string} url
 * @returns {Promise<Network>}
 */
async function loadSelfie(tf, url) {
  const model = await tf.loadGraphModel(url);
  return {
    logits: (input) => {
      const scaled = tf.expandDims(tf.div(tf.cast(input, 'float32'), 255));
      const answer = /** @type {import('@tensorflow/tfjs-core').Tensor} */ (model.predict(scaled));
      const probability = tf.clipByValue(tf.squeeze(answer), 1e-5, 1 - 1e-5);
      return tf.log(tf.div(probability, tf.sub(1, probability)));
    },
    grid: (_width, _height, columns, rows) => ({
      x: 0.5 / columns,
      y: 0.5 / rows,
      dx: 1 / columns,
      dy: 1 / rows,
    }),
    side: 256,
  };
}

/**
 * @param {ArrayLike<number>} logits @param {number} columns @param {number} rows
 * @returns {Promise<ImageBitmap>} as `MaskMessage.bitmap` says
 */
function encode(logits, columns, rows) {
  const image = new ImageData(columns, rows);
  for (let i = 0; i < columns * rows; i++) {
    const logit = logits[i] ?? NaN;
    if (Number.isNaN(logit)) throw new Error('the network answered with what is no number');
    const clipped = Math.max(-LIMIT, Math.min(LIMIT, logit));
    image.data.fill(Math.round(((clipped + LIMIT) * 255) / (2 * LIMIT)), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  return createImageBitmap(image, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
}

/** @param {import('./protocol').Failure['id']} id @param {unknown} error */
function fail(id, error) {
  post({ type: 'failed', failure: { id, detail: text(error) } });
}

/** @param {unknown} error */
function text(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {FromSegmenter} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}
