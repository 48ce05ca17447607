const BLOCK = 512;
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, length: 12 };

/**
 * The files of a tar archive whose names fit into its headers, as tools/archive.py makes it.
 *
 * @param {ArrayBuffer} archive
 * @returns {Generator<{ path: string, data: Uint8Array<ArrayBuffer> }>} views, no copies
 */
export function* untar(archive) {
  for (let at = 0; at + BLOCK <= archive.byteLength; ) {
    const path = text(archive, at, NAME);
    if (!path) return;
    const size = parseInt(text(archive, at, SIZE), 8);
    yield { path, data: new Uint8Array(archive, at + BLOCK, size) };
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
}

/** @param {ArrayBuffer} archive @param {number} start @param {{ at: number, length: number }} field */
function text(archive, start, { at, length }) {
  const bytes = new Uint8Array(archive, start + at, length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
