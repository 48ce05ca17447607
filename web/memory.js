/**
 * What this device remembers of a visit: small values by name, as JSON in `localStorage`. Where a
 * browser keeps nothing, nothing is remembered, and nobody is told: the page works all the same.
 */

const PREFIX = 'cyclorama.';

/**
 * @param {string} key
 * @param {unknown} value anything that JSON can hold
 */
export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage is full or denied.
  }
}

/**
 * @param {string} key
 * @returns {unknown} of any shape, because anything can have been written there; undefined where
 *   nothing is remembered
 */
export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
