/**
 * Starts Python from the bundle that tools/bundle made: modules that are compiled already, and of
 * numpy and OpenCV the three WebAssembly libraries in use, compiled by the browser while they
 * arrive and while Python itself starts. `loadPyodide` and `loadPackage` compile every Python file
 * and fourteen libraries, one after the other, and take some three times as long.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('pyodide').PyodideInterface} Pyodide
 *
 * @typedef {Pyodide & { _module: Linker }} PyodideInside
 *
 * @typedef {object} Linker Emscripten's dynamic linker, as `pyodide.asm.js` uses it
 * @property {Record<string, object>} preloadedWasm
 *   What `dlopen` takes in place of a file, by its path.
 * @property {(module: WebAssembly.Module, flags: object, path: string, scope: object) => object} loadWebAssemblyModule
 */
import { untar } from './tar.js';

/** The linker is no public interface: what is done here is known to work with this version. */
const PYODIDE = '0.29.5';

/**
 * The packages that Pyodide could load: none, so that no list has to be fetched.
 * @type {import('pyodide').Lockfile}
 */
const NO_PACKAGES = {
  info: {
    arch: 'wasm32',
    abi_version: '2025_0',
    platform: 'emscripten_4_0_9',
    python: '3.13.2',
    version: PYODIDE,
  },
  packages: {},
};

const LINK = { loadAsync: false, nodelete: true, global: false };

/** @param {Manifest['python']} assets @returns {string[]} URLs of what is fetched, without scripts */
export function filesOfBundle({ pyodide, bundle }) {
  const libraries = bundle.libraries.flatMap(({ parts }) => parts);
  return [`${pyodide}pyodide.asm.wasm`, bundle.stdlib, bundle.packages, ...libraries];
}

/**
 * @param {Manifest['python']} assets with absolute URLs
 * @returns {Promise<Pyodide>} able to import numpy and OpenCV; rejects where any step failed
 */
export async function loadBundle({ pyodide: indexURL, bundle }) {
  const abandoned = new AbortController();
  try {
    const packages = fetchFile(bundle.packages, abandoned.signal).then((file) => file.arrayBuffer());
    const [python, libraries] = await Promise.all([
      startCore(indexURL, bundle, packages),
      Promise.all(bundle.libraries.map(({ parts }) => compile(parts, abandoned.signal))),
      packages,
    ]);
    link(python, bundle, libraries);
    python.pyimport('left_out').tell();
    return python;
  } finally {
    abandoned.abort();
  }
}

/**
 * @param {string} indexURL
 * @param {Manifest['python']['bundle']} bundle
 * @param {Promise<ArrayBuffer>} packages
 */
async function startCore(indexURL, bundle, packages) {
  // Pyodide would import it after its own module has run.
  const core = import(`${indexURL}pyodide.asm.js`);
  /** @type {typeof import('pyodide')} */
  const { loadPyodide, version } = await import(`${indexURL}pyodide.mjs`);
  if (version !== PYODIDE) throw new Error(`Pyodide is ${version}, not ${PYODIDE}`);
  await core;
  const python = await loadPyodide({
    indexURL,
    stdLibURL: bundle.stdlib,
    lockFileContents: NO_PACKAGES,
    packageBaseUrl: indexURL,
    fsInit: async (fs, { sitePackages }) => install(fs, sitePackages, await packages, bundle),
  });
  return /** @type {PyodideInside} */ (python);
}

/**
 * Puts everything where `import` looks for it. Of the libraries only the names: they are linked
 * before they are imported, and `dlopen` then opens no file.
 *
 * @param {Pyodide['FS']} fs
 * @param {string} sitePackages
 * @param {ArrayBuffer} packages
 * @param {Manifest['python']['bundle']} bundle
 */
function install(fs, sitePackages, packages, { libraries }) {
  const files = [
    ...untar(packages),
    ...libraries.map(({ path }) => ({ path, data: new Uint8Array() })),
  ];
  for (const { path, data } of files) {
    const file = `${sitePackages}/${path}`;
    fs.mkdirTree(file.slice(0, file.lastIndexOf('/')));
    fs.writeFile(file, data, { canOwn: true });
  }
}

/**
 * @param {PyodideInside} python
 * @param {Manifest['python']['bundle']} bundle
 * @param {WebAssembly.Module[]} modules of its libraries
 */
function link(python, { libraries }, modules) {
  const sitePackages = python.runPython('import site; site.getsitepackages()[0]');
  const linker = python._module;
  for (const [index, { path }] of libraries.entries()) {
    const file = `${sitePackages}/${path}`;
    const module = /** @type {WebAssembly.Module} */ (modules[index]);
    linker.preloadedWasm[file] = linker.loadWebAssemblyModule(module, LINK, file, {});
  }
}

/**
 * A library that comes in parts, because hosts limit the size of a file.
 * @param {string[]} parts URLs
 * @param {AbortSignal} signal
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(parts, signal) {
  const responses = parts.map((url) => fetchFile(url, signal));
  const whole = new TransformStream();
  const [module] = await Promise.all([
    WebAssembly.compileStreaming(
      new Response(whole.readable, { headers: { 'Content-Type': 'application/wasm' } }),
    ),
    concatenate(responses, whole.writable),
  ]);
  return module;
}

/**
 * @param {Promise<Response>[]} responses
 * @param {WritableStream<Uint8Array>} to
 */
async function concatenate(responses, to) {
  try {
    for (const response of await Promise.all(responses)) {
      await response.body?.pipeTo(to, { preventClose: true });
    }
    await to.close();
  } catch (error) {
    await to.abort(error);
    throw error;
  }
}

/** @param {string} url @param {AbortSignal} signal */
async function fetchFile(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}
