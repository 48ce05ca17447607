/**
 * What can be said of a page while it is measured. Nothing here runs by itself but an observer of
 * long tasks; the rest is asked for, outside of the windows in which processor time is counted.
 */

/** Tasks of the main thread that took over 50 ms. @type {number[]} */
let longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });

let visibilityChanges = 0;
document.addEventListener('visibilitychange', () => visibilityChanges++);

/** What was seen since the last call. */
function take() {
  const seen = { longTasks, visibilityChanges };
  [longTasks, visibilityChanges] = [[], 0];
  return seen;
}

/**
 * How soon the main thread answers, which is known of hidden pages too, where the browser reports no
 * long tasks: a worker asks it some 80 times a second, until told to stop.
 */
function startAnswers() {
  /** How long each answer to the worker took, milliseconds. @type {number[]} */
  const answers = [];
  const pulse = new Worker(new URL('pulse.js', import.meta.url));
  pulse.onmessage = (/** @type {MessageEvent<{ answeredMs: number | null }>} */ { data }) => {
    if (data.answeredMs === null) pulse.postMessage(null);
    else answers.push(data.answeredMs);
  };
  return {
    stop() {
      pulse.terminate();
      return answers;
    },
  };
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

Object.assign(globalThis, { probe: { take, startAnswers, startControls } });
