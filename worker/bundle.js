/**
 * Starts Python from the bundle that tools/bundle made: a snapshot of its memory, taken when it had
 * imported the product, and the three WebAssembly libraries in use, without most of what nobody
 * calls. All are compiled at once, while they arrive. `loadPyodide` and `loadPackage` start Python,
 * compile fourteen libraries and import every module, one after the other.
 *
 * @typedef {import('./protocol').Manifest} Manifest
 * @typedef {import('./protocol').FromLibraries} FromLibraries
 * @typedef {import('./protocol').ToLibraries} ToLibraries
 * @typedef {import('pyodide').PyodideInterface} Pyodide
 * @typedef {import('./link.js').Linker} Linker
 * @typedef {import('./link.js').Settings} Settings
 *
 * @typedef {(settings: Settings) => Promise<Linker>} Create
 * @typedef {Map<string, Promise<WebAssembly.Module>>} Modules by URL
 */
import { linkFirst } from './link.js';

/** What is done here to the inside of Pyodide is known to work with this version. */
const PYODIDE = '0.29.5';

/** Where `pyodide.asm.js` puts the function that makes its WebAssembly, and `loadPyodide` finds it. */
const inside = /** @type {{ _createPyodideModule: Create }} */ (/** @type {unknown} */ (globalThis));

/** Where Pyodide puts the archive of the standard library. */
const STDLIB = '/lib/python313.zip';

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

/** @param {Manifest['python']} assets @returns {string[]} URLs of what is fetched, without scripts */
export function filesOfBundle(assets) {
  return [assets.source, ...filesOfModules(assets)];
}

/** @param {Manifest['python']} assets @returns {string[]} */
function filesOfModules({ core, bundle: { libraries, snapshot } }) {
  return [core, ...libraries.map(({ url }) => url), snapshot.url];
}

/**
 * @param {Manifest['python']} assets with absolute URLs
 * @param {string} archive where that of the product's package is put
 * @param {MessagePort} port to the worker that compiles all, which is ended at the end
 * @param {import('./progress.js').Meter} meter
 * @param {() => void} onCompiled called when it has
 * @returns {Promise<Pyodide>} with the product imported; rejects where any step failed
 */
export async function loadBundle(assets, archive, port, meter, onCompiled) {
  const { pyodide: indexURL, core, source, bundle } = assets;
  const compiler = openCompiler(port, meter, filesOfModules(assets));
  const { modules } = compiler;
  const all = Promise.all(modules.values());
  all.finally(onCompiled).catch(() => {});
  const lent = lendCore(core, modules);
  try {
    /** @type {[typeof import('pyodide'), object]} */
    const [{ loadPyodide, version }] = await Promise.all([
      import(`${indexURL}pyodide.mjs`),
      import(`${indexURL}pyodide.asm.js`),
    ]);
    if (version !== PYODIDE) throw new Error(`Pyodide is ${version}, not ${PYODIDE}`);
    const create = inside._createPyodideModule;
    inside._createPyodideModule = (settings) => createRestored(create, settings, bundle, modules);
    const loaded = loadPyodide({
      indexURL,
      lockFileContents: NO_PACKAGES,
      packageBaseUrl: indexURL,
      // Pyodide insists on an archive of the standard library. All that it would be opened for is in
      // the snapshot: it is given that of the product's package, for the lines of a traceback.
      stdLibURL: source,
      _loadSnapshot: Promise.resolve(bytesOf(bundle.snapshot.state)),
    });
    const python = await Promise.race([loaded, lent.broken]).finally(() => {
      inside._createPyodideModule = create;
    });
    python.FS.rename(STDLIB, archive);
    // Or all visits would draw the same.
    python.pyimport('random').seed();
    return python;
  } finally {
    lent.giveBack();
    compiler.close();
  }
}

/**
 * Pyodide fetches and compiles its own WebAssembly only once its scripts have run. By then it may be
 * compiled: it is given that.
 *
 * @param {string} core its URL
 * @param {Modules} modules
 */
function lendCore(core, modules) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @type {PromiseWithResolvers<never>} */
  const { promise: broken, reject } = Promise.withResolvers();
  // As the modules.
  broken.catch(() => {});
  // It never rejects: told of that, Pyodide would warn on the console, and wait for ever as well.
  /** @type {Promise<any>} */
  const lent = new Promise((resolve) => moduleOf(modules, core).then(resolve, reject));
  self.fetch = (...request) => (String(request[0]) === core ? lent : fetch(...request));
  // For good: a start that was given up may come here late.
  WebAssembly.instantiateStreaming = async (source, ...options) => {
    if (source !== lent) return instantiateStreaming(source, ...options);
    /** @type {WebAssembly.Module} */
    const module = await lent;
    try {
      return { module, instance: await WebAssembly.instantiate(module, options[0]) };
    } catch (error) {
      reject(error);
      return new Promise(() => {});
    }
  };
  return {
    /** Rejects where it cannot be had. */
    broken,
    /** Has Pyodide fetch it again. */
    giveBack() {
      self.fetch = fetch;
    },
  };
}

/**
 * Python as it was when the snapshot was taken.
 *
 * @param {Create} create
 * @param {Settings} settings
 * @param {Manifest['python']['bundle']} bundle
 * @param {Modules} modules
 */
async function createRestored(create, settings, { libraries, snapshot }, modules) {
  settings.noInitialRun = true;
  const ofLibraries = Promise.all(libraries.map(({ url }) => moduleOf(modules, url)));
  const linked = linkFirst(settings, snapshot.bytes, libraries, ofLibraries);
  const [linker, { functions, heap }, contents] = await Promise.all([
    create(settings),
    linked,
    moduleOf(modules, snapshot.url),
    ofLibraries,
  ]);
  if (functions !== snapshot.functions || heap !== snapshot.heap) {
    throw new Error('this browser links the libraries otherwise than the build did');
  }
  // What Python's own constructors have put there; they have run before, in the snapshot.
  linker.HEAPU8.fill(0, heap);
  const memory = /** @type {WebAssembly.Memory} */ (settings.wasmMemory);
  new WebAssembly.Instance(contents, { '': { '': memory } });
  // Which way Python calls functions depends on what the browser can do.
  linker.LDSO.loadedLibsByName.__main__.exports._PyEM_InitTrampoline_js?.();
  return linker;
}

/** @param {string} text base64 */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * What the worker that compiles says.
 * @param {MessagePort} port
 * @param {import('./progress.js').Meter} meter
 * @param {string[]} urls of what it compiles
 */
function openCompiler(port, meter, urls) {
  const pending = new Map(
    urls.map((url) => {
      /** @type {PromiseWithResolvers<WebAssembly.Module>} */
      const module = Promise.withResolvers();
      // It is awaited late, and not at all where something else fails first.
      module.promise.catch(() => {});
      return [url, module];
    }),
  );
  port.onmessage = (/** @type {MessageEvent<FromLibraries>} */ { data }) => {
    switch (data.type) {
      case 'bytes':
        return meter.count(data.bytes);
      case 'module':
        if (!data.counted) meter.countFile(data.url);
        return pending.get(data.url)?.resolve(data.module);
      case 'failed':
        for (const { reject } of pending.values()) reject(new Error(data.detail));
    }
  };
  return {
    /** @type {Modules} */
    modules: new Map([...pending].map(([url, { promise }]) => [url, promise])),
    close() {
      /** @type {ToLibraries} */
      const end = { type: 'end' };
      port.postMessage(end);
      port.close();
    },
  };
}

/** @param {Modules} modules @param {string} url */
function moduleOf(modules, url) {
  return /** @type {Promise<WebAssembly.Module>} */ (modules.get(url));
}
