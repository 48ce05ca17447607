/**
 * How often the main thread's own clocks tick: what stops in a hidden page.
 * @param {number} milliseconds how long to count
 * @returns {Promise<{ animationFrames: number, timers: number }>} per second
 */
export async function pageClocks(milliseconds) {
  let animationFrames = 0;
  let timers = 0;
  let counting = true;
  const frame = () => {
    animationFrames += 1;
    if (counting) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  // Nested timers: those of a chain are what the browser slows down first.
  const tick = () => {
    timers += 1;
    if (counting) setTimeout(tick, 10);
  };
  setTimeout(tick, 10);
  const worker = new Worker(new URL('alarm.js', import.meta.url));
  await new Promise((resolve) => {
    worker.onmessage = resolve;
    worker.postMessage(milliseconds);
  });
  worker.terminate();
  counting = false;
  const seconds = milliseconds / 1000;
  return { animationFrames: animationFrames / seconds, timers: timers / seconds };
}

/** Lends this page's timers to the clock in overlays/main_thread_clock.js. */
export function hostClock() {
  const clock = new BroadcastChannel('main-thread-clock');
  clock.onmessage = ({ data: { id, milliseconds } }) =>
    setTimeout(() => clock.postMessage({ id }), milliseconds);
}
