/** @typedef {import('../speed/page/subject').SubjectStats} SubjectStats */

/** Counts and times since it was last asked. */
export function createTally() {
  /** @type {number[]} */
  let ages = [];
  /** @type {Record<string, number[]>} */
  let times = {};
  let since = performance.now();
  return {
    /** @param {number} ageMs */
    mask(ageMs) {
      ages.push(ageMs);
    },
    /** @param {Record<string, number>} spentMs */
    stages(spentMs) {
      for (const [stage, ms] of Object.entries(spentMs)) (times[stage] ??= []).push(ms);
    },
    /** @returns {SubjectStats} */
    take() {
      const now = performance.now();
      const stats = {
        masks: { perSecond: (ages.length * 1000) / (now - since), ageMs: quantiles(ages) },
        stagesMs: Object.fromEntries(
          Object.entries(times).map(([stage, values]) => [stage, quantiles(values)]),
        ),
        counts: {},
        adapters: {},
      };
      [ages, times, since] = [[], {}, now];
      return stats;
    },
  };
}

/** @param {number[]} values */
function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
