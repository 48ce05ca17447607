/**
 * How long loading still takes, from the bytes that have come: smoothed, because a network is not
 * even, and never more than was said before, because nobody believes a clock that goes backwards.
 *
 * @typedef {object} Remaining
 * @property {number} atMs when this was worked out
 * @property {number} loaded bytes by then
 * @property {number} rate bytes per ms, smoothed; 0 until something came
 * @property {number} sinceMs when the first bytes were counted
 * @property {number | null} leftMs null as long as there is too little to tell from
 */

/** A rate counts half after so long. */
const HALF_LIFE_MS = 1500;
/** Before that, one burst would decide. */
const FIRST_MS = 500;
/** Until the first picture once everything is there: Python starts, the first mask is made. */
export const STARTING_MS = 1500;

/**
 * @param {Remaining | null} before null at the beginning
 * @param {number} loaded bytes
 * @param {number} total bytes; may change when files turn out to be others
 * @param {number} nowMs
 * @returns {Remaining}
 */
export function remaining(before, loaded, total, nowMs) {
  if (!before) return { atMs: nowMs, loaded, rate: 0, sinceMs: nowMs, leftMs: null };
  const elapsedMs = nowMs - before.atMs;
  if (elapsedMs <= 0) return before;
  const rate = smooth(before, (loaded - before.loaded) / elapsedMs, elapsedMs, nowMs);
  const { sinceMs } = before;
  const said = before.leftMs ?? Infinity;
  const known = nowMs - sinceMs >= FIRST_MS && rate > 0;
  const leftMs = known ? Math.min(said, (total - loaded) / rate + STARTING_MS) : before.leftMs;
  return { atMs: nowMs, loaded, rate, sinceMs, leftMs };
}

/**
 * A moving average by time. At the beginning it is the plain one, of which there is no other.
 * @param {Remaining} before
 * @param {number} rate of the last moment
 * @param {number} elapsedMs
 * @param {number} nowMs
 */
function smooth(before, rate, elapsedMs, nowMs) {
  const share = Math.max(1 - 0.5 ** (elapsedMs / HALF_LIFE_MS), elapsedMs / (nowMs - before.sinceMs));
  return before.rate + share * (rate - before.rate);
}

/**
 * @param {number} leftMs
 * @returns {string} in words of as much precision as such a guess has
 */
export function inWords(leftMs) {
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds <= 2) return 'Almost there';
  if (seconds <= 10) return `About ${seconds} seconds left`;
  if (seconds <= 55) return `About ${Math.ceil(seconds / 5) * 5} seconds left`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'About a minute left' : `About ${minutes} minutes left`;
}
