/** Notes when something is first reached, in milliseconds since the navigation. */
export function createMoments() {
  /** @type {Record<string, number>} */
  const moments = {};
  return {
    moments,
    /** @param {string} name */
    reached(name) {
      moments[name] ??= performance.now();
    },
  };
}
