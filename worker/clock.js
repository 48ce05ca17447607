/**
 * The compositor's clock. A worker's timers are not throttled when the page is hidden, which is
 * why the clock is here and not on the main thread.
 *
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
