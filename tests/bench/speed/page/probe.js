/**
 * What can be said of a page while it is measured. The browser reports long tasks of visible pages
 * only, so a worker asks the page how soon it answers: a busy main thread answers late.
 */

/** Tasks of the main thread that took over 50 ms. @type {number[]} */
let longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });

/** How long each answer to the worker took, milliseconds. @type {number[]} */
let answers = [];
const pulse = new Worker(new URL('pulse.js', import.meta.url));
pulse.onmessage = (/** @type {MessageEvent<{ answeredMs: number | null }>} */ { data }) => {
  if (data.answeredMs === null) pulse.postMessage(null);
  else answers.push(data.answeredMs);
};

let visibilityChanges = 0;
document.addEventListener('visibilitychange', () => visibilityChanges++);

/** What was seen since the last call. */
function take() {
  const seen = { longTasks, answers, visibilityChanges };
  [longTasks, answers, visibilityChanges] = [[], [], 0];
  return seen;
}

/** How the browser treats the page now: counts until asked to stop. */
function startControls() {
  const started = performance.now();
  let running = true;
  let animationFrames = 0;
  let timers = 0;
  const frame = () => {
    if (!running) return;
    animationFrames++;
    requestAnimationFrame(frame);
  };
  const timer = () => {
    if (!running) return;
    timers++;
    setTimeout(timer, 10);
  };
  requestAnimationFrame(frame);
  setTimeout(timer, 10);
  return {
    stop() {
      running = false;
      const seconds = (performance.now() - started) / 1000;
      return {
        visibilityState: document.visibilityState,
        animationFramesPerSecond: animationFrames / seconds,
        timersPerSecond: timers / seconds,
      };
    },
  };
}

Object.assign(globalThis, { probe: { take, startControls } });
