/**
 * What the virtual background needs of a browser, found out by what is there and never by the
 * browser's name. What it can do without, other modules try for themselves when they need it.
 */

/** In a user's words, with the technical name for whoever asks. @type {[string, () => boolean][]} */
const NEEDS = [
  ['WebAssembly', () => 'WebAssembly' in globalThis],
  ['pictures drawn in the background (OffscreenCanvas)', () => 'OffscreenCanvas' in globalThis],
  ['single frames of a video (VideoFrame)', () => 'VideoFrame' in globalThis],
  ['pictures that pass between threads (createImageBitmap)', () => 'createImageBitmap' in globalThis],
  [
    'a video made of a canvas (captureStream)',
    () => 'captureStream' in HTMLCanvasElement.prototype,
  ],
  // The youngest of what is needed: browsers that have these have workers of modules too.
  ['current JavaScript (Promise.withResolvers)', () => 'withResolvers' in Promise],
  ['current JavaScript (AbortSignal.any)', () => 'any' in AbortSignal],
];

/** @returns {string} what this browser lacks, as part of a sentence; empty where that is nothing */
export function missing() {
  const names = NEEDS.filter(([, has]) => !has()).map(([name]) => name);
  // What words a list is made with takes a browser 10 to 20 ms to find out.
  if (names.length === 0) return '';
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
