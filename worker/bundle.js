/**
 * Starts Python from the bundle that tools/bundle made: modules that are compiled already, and of
 * numpy and OpenCV the three WebAssembly libraries in use, without most of what nobody calls,
 * compiled while they arrive and while Python itself starts. `loadPyodide` and `loadPackage` compile
 * every Python file and fourteen libraries, one after the other, and take more than twice as long.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('./protocol').FromLibraries} FromLibraries
 * @typedef {import('./protocol').ToLibraries} ToLibraries
 * @typedef {import('pyodide').PyodideInterface} Pyodide
 *
 * @typedef {import('./protocol').Library} Library
 * @typedef {Pyodide & { _module: Linker }} PyodideInside
 *
 * @typedef {object} Linker Emscripten's dynamic linker, as `pyodide.asm.js` uses it
 * @property {Record<string, object>} preloadedWasm
 *   What `dlopen` takes in place of a file, by its path.
 * @property {(module: WebAssembly.Module, flags: object, path: string, scope: object) => object} loadWebAssemblyModule
 */
import { fetchBytes } from './fetch.js';
import { untar } from './tar.js';
import { withWhole } from './whole.js';

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
 * @param {MessagePort} port to the worker that compiles libraries, which is ended at the end
 * @param {import('./progress.js').Meter} meter
 * @param {() => void} onCompiled called when the libraries are
 * @returns {Promise<Pyodide>} able to import numpy and OpenCV; rejects where any step failed
 */
export async function loadBundle(assets, port, meter, onCompiled) {
  const compiler = openCompiler(port, meter);
  try {
    const packages = fetchBytes(assets.bundle.packages);
    const [python, libraries] = await Promise.all([
      startCore(assets, packages, compiler.start),
      compiler.modules.finally(onCompiled),
      packages,
    ]);
    link(python, assets.bundle, libraries);
    python.pyimport('left_out').tell();
    return python;
  } finally {
    compiler.close();
  }
}

/**
 * @param {Manifest['python']} assets
 * @param {Promise<ArrayBuffer>} packages
 * @param {(libraries: Library[]) => void} compile
 */
async function startCore({ pyodide: indexURL, bundle }, packages, compile) {
  /** @type {typeof import('pyodide')} */
  const { loadPyodide, version } = await import(`${indexURL}pyodide.mjs`);
  if (version !== PYODIDE) throw new Error(`Pyodide is ${version}, not ${PYODIDE}`);
  const python = await loadPyodide({
    indexURL,
    stdLibURL: bundle.stdlib,
    lockFileContents: NO_PACKAGES,
    packageBaseUrl: indexURL,
    fsInit: async (fs, { sitePackages }) => {
      // Not before: the network and the processor are Python's own WebAssembly's until it is
      // compiled, and while Python then starts, on this thread alone, the others have nothing to do.
      compile(bundle.libraries);
      // Pyodide catches nothing of this: that there is no archive is told by `loadBundle`, and what
      // is missing from it by the import.
      await packages
        .then((archive) => install(fs, sitePackages, archive, bundle))
        .catch(() => {});
    },
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
  for (const [index, library] of libraries.entries()) {
    const file = `${sitePackages}/${library.path}`;
    const module = /** @type {WebAssembly.Module} */ (modules[index]);
    const linked = () => linker.loadWebAssemblyModule(module, LINK, file, {});
    linker.preloadedWasm[file] = library.whole.length > 0 ? withWhole(library, linked) : linked();
  }
}

/**
 * The worker that compiles the libraries, idle until `start`.
 * @param {MessagePort} port
 * @param {import('./progress.js').Meter} meter
 */
function openCompiler(port, meter) {
  /** @type {PromiseWithResolvers<WebAssembly.Module[]>} */
  const { promise: modules, resolve, reject } = Promise.withResolvers();
  port.onmessage = (/** @type {MessageEvent<FromLibraries>} */ { data }) => {
    switch (data.type) {
      case 'bytes':
        return meter.count(data.bytes);
      case 'compiled':
        return resolve(data.modules);
      case 'failed':
        return reject(new Error(data.detail));
    }
  };
  const post = (/** @type {ToLibraries} */ message) => port.postMessage(message);
  return {
    modules,
    start: (/** @type {Library[]} */ libraries) =>
      post({ type: 'compile', libraries: libraries.map(({ parts }) => parts) }),
    close: () => {
      post({ type: 'end' });
      port.close();
    },
  };
}
