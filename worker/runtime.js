/**
 * Boots Pyodide with numpy, OpenCV and the `cyclorama` package. Only this file and bundle.js load it.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('pyodide').PyodideInterface} Pyodide
 * @typedef {import('./bridge').Bridge} Bridge
 * @typedef {import('./bridge').NumpyArray} NumpyArray
 */
import { filesOfBundle, loadBundle } from './bundle.js';
import { fetchBytes } from './fetch.js';

/** Where Python imports the product's package from, as in tools/bundle/make.py: a zip file. */
const PACKAGE = '/cyclorama';

/**
 * @param {Manifest['python']} assets with absolute URLs
 * @param {MessagePort} libraries to the worker that compiles them
 * @param {import('./progress.js').Meter} meter
 * @param {() => void} onCompiled called when nothing but Python itself is left to start
 * @returns {Promise<Bridge>} `cyclorama.bridge.Bridge()`
 */
export async function boot(assets, libraries, meter, onCompiled) {
  try {
    meter.expect(filesOfBundle(assets));
    return open(await loadBundle(assets, PACKAGE, libraries, meter, onCompiled));
  } catch (error) {
    console.warn(`Python is started the slow way, because the fast one failed: ${reason(error)}`);
    meter.expect(filesOfPackages(assets));
    const python = await loadPackages(assets);
    onCompiled();
    return open(python);
  }
}

/** @param {any} error what Python, Emscripten or the browser threw @returns {string} one line */
function reason(error) {
  const { message = error } = error;
  // Python's begins with a traceback.
  return String(message).trim().split('\n').at(-1) ?? '';
}

/** @param {Manifest['python']} assets @returns {string[]} URLs of what is fetched, without scripts */
function filesOfPackages({ pyodide, wheels, source }) {
  const core = ['pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
  return [...core.map((name) => `${pyodide}${name}`), ...wheels, source];
}

/**
 * Starts Python as Pyodide's documentation says.
 * @param {Manifest['python']} assets
 */
async function loadPackages({ pyodide: indexURL, wheels, source }) {
  const archive = fetchBytes(source);
  // It is awaited late.
  archive.catch(() => {});
  /** @type {typeof import('pyodide')} */
  const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
  const python = await loadPyodide({ indexURL });
  // What Pyodide says while it loads is progress, and we report that ourselves in bytes.
  await python.loadPackage(wheels, { messageCallback: () => {} });
  python.FS.writeFile(PACKAGE, new Uint8Array(await archive));
  python.pyimport('sys').path.insert(0, PACKAGE);
  return python;
}

/** @param {Pyodide} python that can import the product's package @returns {Bridge} */
function open(python) {
  const module = python.pyimport('cyclorama.bridge');
  const bridge = module.Bridge();
  module.destroy();
  watchGarbage(python);
  return bridge;
}

/**
 * What Python holds by now it keeps: only what comes after is looked through for garbage, which
 * would hold up a frame otherwise. (The snapshot was taken without looking, tools/bundle/freeze.py.)
 *
 * @param {Pyodide} python
 */
function watchGarbage(python) {
  const gc = python.pyimport('gc');
  gc.freeze();
  gc.enable();
  gc.destroy();
}

/**
 * Lends the memory of a numpy array: no copy, and only until `use` is done, because a view dies
 * when WebAssembly's memory grows.
 *
 * @param {NumpyArray} array
 * @param {(pixels: Uint8ClampedArray<ArrayBuffer>, columns: number) => void | Promise<void>} use
 * @returns {void | Promise<void>}
 */
export function lend(array, use) {
  const buffer = array.getBuffer('u8clamped');
  /** @type {void | Promise<void>} */
  let used = undefined;
  try {
    used = use(buffer.data, buffer.shape[1]);
  } finally {
    if (!used) buffer.release();
  }
  return used?.finally(() => buffer.release());
}
