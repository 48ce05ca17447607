/** In place of worker/clock.js: the usual clock, a timer of the main thread; see `hostClock`. */
const page = new BroadcastChannel('main-thread-clock');
/** @type {Map<number, () => void>} */
const sleepers = new Map();
let next = 0;

page.onmessage = (/** @type {MessageEvent<{ id: number }>} */ { data }) => {
  sleepers.get(data.id)?.();
  sleepers.delete(data.id);
};

/** @param {number} milliseconds @returns {Promise<void>} */
export function sleep(milliseconds) {
  const id = next++;
  return new Promise((resolve) => {
    sleepers.set(id, resolve);
    page.postMessage({ id, milliseconds });
  });
}
