/**
 * What the worker measured in the last stretch of time, and when the page was hidden meanwhile.
 * Knows no clock: all times are arguments, in milliseconds since 1970 of the worker or the page.
 *
 * @typedef {Pick<import('./api').Stats, 'atMs' | 'frames' | 'maskAgeMs' | 'stagesMs'>} Sample
 *
 * @typedef {object} Stretch
 * @property {number} startMs
 * @property {number} endMs
 */

export class History {
  /** Oldest first. @type {Sample[]} */
  #samples = [];
  /** When the page was hidden; the end of the last is infinite while it still is. @type {Stretch[]} */
  #hidden = [];
  #spanMs;

  /** @param {number} spanMs how far back it remembers */
  constructor(spanMs) {
    this.#spanMs = spanMs;
  }

  /** @returns {readonly Sample[]} oldest first */
  get samples() {
    return this.#samples;
  }

  /** @param {Sample} sample newer than all before */
  add(sample) {
    const forgottenMs = sample.atMs - this.#spanMs;
    this.#samples = this.#samples.filter(({ atMs }) => atMs >= forgottenMs);
    this.#samples.push(sample);
    this.#hidden = this.#hidden.filter(({ endMs }) => endMs >= forgottenMs);
  }

  /** Forgets the samples, not when the page was hidden. */
  clear() {
    this.#samples = [];
  }

  /**
   * The page was hidden or shown.
   * @param {number} atMs
   * @param {boolean} hidden
   */
  turn(atMs, hidden) {
    const last = this.#hidden.at(-1);
    const isHidden = last?.endMs === Infinity;
    if (hidden === isHidden) return;
    if (hidden) this.#hidden.push({ startMs: atMs, endMs: Infinity });
    else if (last) last.endMs = atMs;
  }

  /**
   * When the page was hidden between two moments; stretches that reach beyond them are cut there.
   * @param {number} startMs
   * @param {number} endMs
   * @returns {Stretch[]}
   */
  hidden(startMs, endMs) {
    return this.#hidden
      .map((each) => ({
        startMs: Math.max(each.startMs, startMs),
        endMs: Math.min(each.endMs, endMs),
      }))
      .filter((each) => each.startMs < each.endMs);
  }

  /**
   * When the page was visible between two moments.
   * @param {number} startMs
   * @param {number} endMs
   * @returns {Stretch[]}
   */
  visible(startMs, endMs) {
    const hidden = this.hidden(startMs, endMs);
    const starts = [startMs, ...hidden.map((each) => each.endMs)];
    const ends = [...hidden.map((each) => each.startMs), endMs];
    return starts
      .map((start, index) => ({ startMs: start, endMs: ends[index] ?? endMs }))
      .filter((each) => each.startMs < each.endMs);
  }

  /**
   * Frames per second from each sample to the next.
   * @returns {(number | null)[]} one for each sample; null for the first, and where another
   *   compositor began to count
   */
  rates() {
    return this.#samples.map((sample, index) => {
      const before = this.#samples[index - 1];
      if (!before || sample.frames < before.frames) return null;
      return ((sample.frames - before.frames) * 1000) / (sample.atMs - before.atMs);
    });
  }

  /**
   * Frames per second over some stretches, from the samples that lie inside of them.
   * @param {Stretch[]} stretches
   * @returns {number | null} null where no two samples do
   */
  rate(stretches) {
    let frames = 0;
    let milliseconds = 0;
    for (const { startMs, endMs } of stretches) {
      const inside = this.#samples.filter(({ atMs }) => atMs >= startMs && atMs <= endMs);
      inside.forEach((sample, index) => {
        const before = inside[index - 1];
        if (!before || sample.frames < before.frames) return;
        frames += sample.frames - before.frames;
        milliseconds += sample.atMs - before.atMs;
      });
    }
    return milliseconds > 0 ? (frames * 1000) / milliseconds : null;
  }
}
