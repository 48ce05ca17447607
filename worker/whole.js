/**
 * What stands behind the stubs of a library, see tools/bundle/split.py: the whole of it, which is
 * fetched when the first of them is called. Nobody can wait for that but by standing still, because
 * it is C++ that calls; it is told, so that tools/bundle/exercise.py learns to call it too.
 *
 * @typedef {import('./protocol').Library} Library
 * @typedef {(place: number, put: Function) => void} Put `cyclorama_set` of a library
 */

const { Instance } = WebAssembly;

/** Place of the function that stubs call first. */
const LOADER = 0;

/**
 * A module that gives back the function it imports, of one number and no result: tables take only
 * WebAssembly's own functions.
 */
const PASSED_ON = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // version 1
  ...[0x01, 0x05, 0x01, 0x60, 0x01, 0x7f, 0x00], // type 0: (i32) → ()
  ...[0x02, 0x05, 0x01, 0x00, 0x00, 0x00, 0x00], // import "" "": of type 0
  ...[0x07, 0x04, 0x01, 0x00, 0x00, 0x00], // export "": function 0
]);

/**
 * Links a library, and makes its stubs find the whole.
 *
 * @template T
 * @param {Library} library
 * @param {() => T} link has the linker instantiate it, once
 * @returns {T} what `link` gave
 */
export function withWhole(library, link) {
  // The linker tells nobody what it gives a library to import.
  WebAssembly.Instance = new Proxy(Instance, {
    construct(_, [module, imports]) {
      const instance = new Instance(module, imports);
      const put = /** @type {Put} */ (instance.exports.cyclorama_set);
      const load = (/** @type {number} */ place) => {
        console.warn(
          `${library.path}: function ${place} was called, which was thought to be unused; ` +
            'the whole library is loaded.',
        );
        const whole = new Instance(new WebAssembly.Module(fetchNow(library.whole)), imports);
        for (const [at, code] of Object.entries(whole.exports)) {
          put(Number(at), /** @type {Function} */ (code));
        }
        put(LOADER, passedOn(() => {}));
      };
      put(LOADER, passedOn(load));
      return instance;
    },
  });
  try {
    return link();
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** @param {(place: number) => void} use @returns {Function} the same as one of WebAssembly's */
function passedOn(use) {
  const module = new WebAssembly.Module(PASSED_ON);
  const { exports } = new Instance(module, { '': { '': use } });
  return /** @type {Function} */ (exports['']);
}

/** @param {string[]} urls of parts @returns {Uint8Array<ArrayBuffer>} all of them, at once */
function fetchNow(urls) {
  const parts = urls.map((url) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.responseType = 'arraybuffer';
    request.send();
    if (request.status !== 200) throw new Error(`${url}: HTTP ${request.status}`);
    return new Uint8Array(/** @type {ArrayBuffer} */ (request.response));
  });
  const bytes = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
