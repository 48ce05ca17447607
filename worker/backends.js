/**
 * What computes the masks: tfjs's backends on a GPU, and WebAssembly, which needs none and is what
 * all others fall back to. Loaded with the segmenter, which hands over its tfjs.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('./protocol').BackendChoice} BackendChoice
 *
 * @typedef {typeof import('@tensorflow/tfjs-core')} Core
 * @typedef {{ wasm: Pick<typeof import('@tensorflow/tfjs-backend-wasm'), 'setWasmPaths'> }} Wasm
 * @typedef {Core & Wasm} Tfjs
 *
 * @typedef {object} Footing
 * @property {AbortSignal} lost aborts when the GPU is gone
 * @property {() => void} check throws where it is gone, which may be known before `lost` says so
 *
 * @typedef {object} Backend
 * @property {Exclude<BackendChoice, 'automatic'>} name
 * @property {() => Promise<Footing>} start makes tfjs compute on it; rejects where it cannot
 */

/** Programs that compute like a GPU, on the processor and more slowly than WebAssembly there. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|software/i;

/**
 * What to try, in order. A GPU that is only software is used where it is asked for by its name.
 * WebGL is asked whether there is a real one: WebGPU takes up to half a second to say that not.
 *
 * @param {Tfjs} tf
 * @param {Manifest['tfjs']} files
 * @param {BackendChoice} choice
 * @returns {Backend[]}
 */
export function backendsFor(tf, files, choice) {
  /** @type {Backend[]} */
  const all = [
    { name: 'webgpu', start: () => startWebGpu(tf, files.webgpu, choice === 'webgpu') },
    { name: 'webgl', start: () => startWebGl(tf, files.webgl, choice === 'webgl') },
    { name: 'wasm', start: () => startWasm(tf, files.wasm) },
  ];
  if (choice !== 'automatic') return all.slice(all.findIndex(({ name }) => name === choice));
  try {
    openWebGl(false);
    return all;
  } catch (error) {
    console.info('The segmenter uses no GPU:', error);
    return all.slice(-1);
  }
}

/** @param {Tfjs} tf @param {string} folder @returns {Promise<Footing>} */
async function startWasm(tf, folder) {
  tf.wasm.setWasmPaths(folder);
  await use(tf, 'wasm');
  return { lost: new AbortController().signal, check: () => {} };
}

/** @param {Tfjs} tf @param {string} script @param {boolean} anyway @returns {Promise<Footing>} */
async function startWebGpu(tf, script, anyway) {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error('the browser offers none');
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture, description].join(' ').trim();
  if (!anyway && (isFallbackAdapter || SOFTWARE.test(name))) throw new Error(`${name} is software`);
  importScripts(script);
  await use(tf, 'webgpu');
  /** @type {GPUDevice} */
  const device = Reflect.get(tf.backend(), 'device');
  const lost = new AbortController();
  device.lost.then(({ reason, message }) =>
    lost.abort(new Error(`the device was lost, ${reason}: ${message}`)),
  );
  return { lost: lost.signal, check: () => lost.signal.throwIfAborted() };
}

/** @param {Tfjs} tf @param {string} script @param {boolean} anyway @returns {Promise<Footing>} */
async function startWebGl(tf, script, anyway) {
  const { canvas, gl } = openWebGl(anyway);
  importScripts(script);
  /** @type {(version: number, gl: WebGL2RenderingContext) => void} */
  const setContext = Reflect.get(tf, 'setWebGLContext');
  setContext(2, gl);
  await use(tf, 'webgl');
  const cause = new Error('the context was lost');
  const lost = new AbortController();
  canvas.addEventListener('webglcontextlost', () => lost.abort(cause));
  const check = () => {
    if (gl.isContextLost()) throw cause;
  };
  return { lost: lost.signal, check };
}

/**
 * @param {boolean} anyway whether it may be software
 * @returns {{ canvas: OffscreenCanvas, gl: WebGL2RenderingContext }}
 */
function openWebGl(anyway) {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    failIfMajorPerformanceCaveat: !anyway,
  });
  if (!gl) throw new Error('the browser offers no WebGL on a GPU');
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  if (!anyway && SOFTWARE.test(name)) throw new Error(`${name} is software`);
  return { canvas, gl };
}

/** @param {Tfjs} tf @param {string} name */
async function use(tf, name) {
  if (!(await tf.setBackend(name))) throw new Error('tfjs cannot start it');
  await tf.ready();
}
