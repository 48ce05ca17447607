import { CycloramaError } from './errors.js';
import { hush } from './hush.js';

/**
 * What the page did while another tab was before it.
 * @typedef {object} Proof
 * @property {number} hiddenMs
 * @property {number} fps frames per second that the worker handed on, by the worker's clock
 * @property {number | null} visibleFps the same just before; null where too little was measured
 * @property {number} animationFrames that the browser gave the page meanwhile, per second
 */

/** Says what is happening, counts down and closes itself. */
const PAGE = new URL('./prove.html', import.meta.url);
/** How much of the time before is compared. */
const BEFORE_MS = 20_000;

/** What that page says to its opener when it comes, and when it goes. */
export const MESSAGES = { here: 'cyclorama-proof-here', over: 'cyclorama-proof-over' };

/**
 * Hides the page behind a tab of ours for ten seconds, silent, because browsers spare an audible
 * page. Call from a click.
 *
 * @param {import('./history.js').History} history kept up to date by the caller meanwhile
 * @returns {Promise<Proof>} rejects with a CycloramaError where there is nothing to tell
 */
export async function prove(history) {
  const startMs = now();
  const tab = window.open(PAGE);
  if (!tab) throw new CycloramaError('proof-blocked');
  const speakAgain = hush();
  const animation = countAnimationFrames();
  await over(history);
  const endMs = now();
  const animationFrames = animation.stop();
  speakAgain();
  tab.close();

  const [hidden] = history.hidden(startMs, endMs);
  if (!hidden) throw new CycloramaError('proof-visible');
  const fps = history.rate([hidden]);
  if (fps === null) throw new CycloramaError('proof-short');
  const hiddenMs = hidden.endMs - hidden.startMs;
  return {
    hiddenMs,
    fps,
    visibleFps: history.rate(history.visible(startMs - BEFORE_MS, startMs)),
    animationFrames: (animationFrames * 1000) / hiddenMs,
  };
}

/** Milliseconds since 1970, by the clock that the worker's times are comparable with. */
export function now() {
  return performance.timeOrigin + performance.now();
}

/**
 * Resolves when the other tab goes, or the user comes back before it does.
 * @param {import('./history.js').History} history
 */
function over(history) {
  const done = new AbortController();
  const { signal } = done;
  return new Promise((/** @type {(value: void) => void} */ resolve) => {
    const listener = (/** @type {MessageEvent} */ { origin, data }) => {
      if (origin !== location.origin || !Object.values(MESSAGES).includes(data)) return;
      // Chromium's own event is lost where a debugger holds up the tab that hides the page.
      history.turn(now(), document.hidden);
      if (data === MESSAGES.over) resolve();
    };
    addEventListener('message', listener, { signal });
    const onVisibility = () => {
      if (!document.hidden) resolve();
    };
    document.addEventListener('visibilitychange', onVisibility, { signal });
  }).finally(() => done.abort());
}

/** Counts those that come while the page is hidden: what loops usually wait for. */
function countAnimationFrames() {
  let count = 0;
  let request = requestAnimationFrame(tick);
  function tick() {
    if (document.hidden) count += 1;
    request = requestAnimationFrame(tick);
  }
  return {
    stop() {
      cancelAnimationFrame(request);
      return count;
    },
  };
}
