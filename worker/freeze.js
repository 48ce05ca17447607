/** @typedef {import('./protocol').Pixels} Pixels */

/** The same picture for this long, and this often while the person moved, is a freeze. */
const FREEZE_MS = 1000;
const FREEZE_FRAMES = 10;
/** Pixels from one that is looked at to the next: a prime, so that they lie all over the picture. */
const STEP = 251;

/**
 * Compares each picture with the one before. Apart from whatever makes the pictures, which cannot
 * vouch for itself.
 * @returns {(pixels: Pixels, moved: boolean, nowMs: number) => boolean} whether the picture stands
 *   still though the person in front of the camera moves; at most once a freeze
 */
export function watchForFreeze() {
  let before = new Uint32Array(0);
  let changedMs = -Infinity;
  let moves = 0;

  /** Whether it is another picture; remembers it. @param {Uint8ClampedArray<ArrayBuffer>} data */
  function differs(data) {
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    const count = Math.ceil(pixels.length / STEP);
    let other = before.length !== count;
    if (other) before = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const pixel = pixels[i * STEP] ?? 0;
      other ||= before[i] !== pixel;
      before[i] = pixel;
    }
    return other;
  }

  return ({ data }, moved, nowMs) => {
    if (differs(data)) {
      changedMs = nowMs;
      moves = 0;
      return false;
    }
    if (moved) moves += 1;
    const frozen = moves >= FREEZE_FRAMES && nowMs - changedMs >= FREEZE_MS;
    if (frozen) moves = -Infinity;
    return frozen;
  };
}
