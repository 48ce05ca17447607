/**
 * Links Python's libraries before Python starts, so that each lies at the same place in memory and
 * in the table of functions every time: where tools/bundle/snapshot.mjs takes a snapshot of the
 * memory, and where bundle.js puts it back.
 *
 * @typedef {import('./protocol').Library} Library
 *
 * @typedef {object} Linker Emscripten's dynamic linker, as `pyodide.asm.js` exposes it
 * @property {(id: string) => void} addRunDependency Python does not start before it is removed.
 * @property {(id: string) => void} removeRunDependency
 * @property {Record<string, object>} preloadedWasm
 *   What `dlopen` takes in place of a file, by its path.
 * @property {(module: WebAssembly.Module, flags: object, path: string, scope: object) => object} loadWebAssemblyModule
 * @property {WebAssembly.Table} wasmTable
 * @property {{ __heap_base: WebAssembly.Global }} GOT
 * @property {Uint8Array} HEAPU8
 * @property {{ loadedLibsByName: { __main__: { exports: Record<string, () => void> } } }} LDSO
 *
 * @typedef {object} Settings what Pyodide starts Emscripten with, as far as it is changed
 * @property {((linker: Linker) => void | Promise<void>)[]} preRun
 * @property {WebAssembly.Memory} [wasmMemory]
 * @property {boolean} [noInitialRun]
 *
 * @typedef {object} Layout where what comes next goes, as `Snapshot` has it
 * @property {number} functions
 * @property {number} heap
 */
import { withWhole } from './whole.js';

const FLAGS = { loadAsync: false, nodelete: true, global: false };
const PAGE = 65536;
/** What Pyodide says of its memory. */
const MOST = 65536;

/**
 * @param {Settings} settings changed, so that Python gets a memory of this size with libraries in it
 * @param {number} bytes
 * @param {Library[]} libraries
 * @param {Promise<WebAssembly.Module[]>} modules theirs
 * @returns {Promise<Layout>} settles when all are linked, and before anything of Python's runs;
 *   where it rejects Python starts without them
 */
export function linkFirst(settings, bytes, libraries, modules) {
  settings.wasmMemory = new WebAssembly.Memory({ initial: bytes / PAGE, maximum: MOST });
  return new Promise((resolve, reject) => {
    settings.preRun.push(async (linker) => {
      linker.addRunDependency('libraries');
      try {
        link(linker, libraries, await modules);
        resolve({ functions: linker.wasmTable.length, heap: linker.GOT.__heap_base.value });
      } catch (error) {
        reject(error);
      }
      // After what waits for the libraries.
      await null;
      linker.removeRunDependency('libraries');
    });
  });
}

/** @param {Linker} linker @param {Library[]} libraries @param {WebAssembly.Module[]} modules */
function link(linker, libraries, modules) {
  for (const [index, library] of libraries.entries()) {
    const module = /** @type {WebAssembly.Module} */ (modules[index]);
    const linked = () => linker.loadWebAssemblyModule(module, FLAGS, library.path, {});
    const exports = library.whole.length > 0 ? withWhole(library, linked) : linked();
    linker.preloadedWasm[library.path] = exports;
  }
}
