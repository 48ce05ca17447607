/**
 * Takes the snapshot that worker/bundle.js starts Python from; see snapshot.py.
 *
 *   node snapshot.mjs PACKED LIBRARIES OUT
 *
 * PACKED holds what Python reads, and the names of all modules that are imported. LIBRARIES is a JSON
 * file: the file of each library by where Python imports it from, in the order in which they are
 * linked. OUT is filled: with Python's memory when the libraries were linked (`linked`), when their
 * constructors had run (`begun`) and in the end (`frozen`), and with `state.json`, what else
 * `Snapshot` in worker/protocol.d.ts holds.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';
import 'pyodide/pyodide.asm.js';
import { linkFirst } from '../../worker/link.js';

/** The libraries' own data do not fit into what Python starts with by itself. Either grows. */
const BYTES = 32 << 20;
/** In which free memory is cleared. */
const BLOCKS = [1 << 20, 1 << 16, 1 << 12, 1 << 8, 1 << 5];

/** Where the product's package is imported from, as in worker/runtime.js. */
const PACKAGE = '/cyclorama';

const [packed = '', libraries = '', out = ''] = process.argv.slice(2);

// Or no two snapshots would be the same: time and chance are in Python's memory.
Date.now = () => 0;
performance.now = () => 0;
crypto.randomFillSync = (array) => array.fill(0);

try {
  await take(Object.entries(readJson(libraries)));
} catch (error) {
  // Thrown on, a failure of WebAssembly would be shown with its line of minified code: megabytes.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @param {[string, string][]} libraries where each is imported from, and its file */
async function take(libraries) {
  const modules = libraries.map(([, file]) => new WebAssembly.Module(fs.readFileSync(file)));
  const stubless = libraries.map(([path]) => ({ path, url: '', whole: [] }));
  const { _createPyodideModule: create } = globalThis;
  let layout = { functions: 0, heap: 0 };
  let begun = 0;
  globalThis._createPyodideModule = async (settings) => {
    const linked = linkFirst(settings, BYTES, stubless, Promise.resolve(modules));
    linked.then((found) => {
      layout = found;
      write('linked', settings.HEAPU8);
    });
    settings.onRuntimeInitialized = () => {
      begun = settings.wasmTable.length;
      write('begun', settings.HEAPU8);
    };
    const [created] = await Promise.all([create(settings), linked]);
    return created;
  };
  const python = await loadPyodide({
    _makeSnapshot: true,
    stdLibURL: path.join(packed, 'lib/python313.zip'),
    // For the same order of sets each time.
    env: { PYTHONHASHSEED: '0' },
    fsInit: async (FS, { sitePackages }) => {
      copy(FS, path.join(packed, sitePackages), sitePackages);
      copy(FS, fileURLToPath(new URL('./freeze.py', import.meta.url)), `${sitePackages}/freeze.py`);
      // The libraries are linked; `import` asks for no more than their names.
      for (const [file] of libraries) FS.writeFile(file, '');
      copy(FS, path.join(packed, PACKAGE), PACKAGE);
    },
  });
  const freezing = python.pyimport('freeze');
  freezing.freeze(python.toPy(readJson(path.join(packed, 'modules.json'))), PACKAGE);
  freezing.destroy();
  // Constructors add one where Node has a way to call functions that is left to each browser.
  if (python._module.wasmTable.length !== begun) {
    throw new Error('Python added functions to the table, and the browser will have none there');
  }
  clearFree(python._module);
  const snapshot = python.makeMemorySnapshot();
  const [, head] = new Uint32Array(snapshot.buffer, snapshot.byteOffset, 2);
  write('frozen', snapshot.subarray(head));
  const state = Buffer.from(snapshot.subarray(0, head)).toString('base64');
  write('state.json', JSON.stringify({ bytes: snapshot.length - head, ...layout, state }));
}

/** Puts zeros where something was that is not needed any more: they take no room in the snapshot. */
function clearFree({ _emscripten_builtin_malloc: malloc, _emscripten_builtin_free: free, _sbrk, HEAPU8 }) {
  const end = _sbrk(0);
  const taken = [];
  for (const size of BLOCKS) {
    for (;;) {
      const block = malloc(size);
      taken.push(block);
      // As soon as there is none left, the heap grows.
      if (_sbrk(0) !== end) break;
      HEAPU8.fill(0, block, block + size);
    }
  }
  for (const block of taken) free(block);
}

/** Copies a file, or a folder with all that is in it. */
function copy(FS, from, to) {
  if (!fs.statSync(from).isDirectory()) return FS.writeFile(to, fs.readFileSync(from));
  FS.mkdirTree(to);
  for (const name of fs.readdirSync(from)) copy(FS, path.join(from, name), `${to}/${name}`);
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function write(name, data) {
  fs.writeFileSync(path.join(out, name), data);
}
