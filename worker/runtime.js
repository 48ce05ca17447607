/**
 * Boots Pyodide with numpy, OpenCV and the `cyclorama` package. The only file that loads it.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('pyodide/ffi').PyProxy} PyProxy
 * @typedef {import('./bridge').Bridge} Bridge
 * @typedef {import('./bridge').NumpyArray} NumpyArray
 */

/**
 * @param {Manifest['python']} assets with absolute URLs
 * @param {number} adapters how many ways there are to get a frame's pixels
 * @returns {Promise<Bridge>} `cyclorama.bridge.Bridge(adapters)`
 */
export async function boot(assets, adapters) {
  const source = fetchBytes(assets.source);
  /** @type {typeof import('pyodide')} */
  const { loadPyodide } = await import(`${assets.pyodide}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: assets.pyodide });
  // What Pyodide says while it loads is progress, and we report that ourselves in bytes.
  await pyodide.loadPackage(assets.wheels, { messageCallback: () => {} });
  pyodide.unpackArchive(await source, 'zip', { extractDir: '/cyclorama' });
  pyodide.runPython('import sys; sys.path.insert(0, "/cyclorama")');
  const module = pyodide.pyimport('cyclorama.bridge');
  const bridge = module.Bridge(adapters);
  module.destroy();
  return bridge;
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

/** @param {string} url */
async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.arrayBuffer();
}
