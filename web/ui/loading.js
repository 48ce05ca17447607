import { element } from './element.js';
import { inWords, remaining } from './remaining.js';

const LABELS = { python: 'Python, numpy and OpenCV', segmenter: 'Segmenter' };

/**
 * The stages of loading: the camera, the bytes of what is fetched, and how long it still takes.
 * @param {import('../studio.js').Studio} studio
 */
export function createLoading(studio) {
  const panel = element('loading', HTMLDivElement);
  const time = element('remaining', HTMLParagraphElement);
  const camera = row('Camera');
  const stages = { python: stage(LABELS.python), segmenter: stage(LABELS.segmenter) };
  element('stages', HTMLUListElement).append(
    camera.item,
    stages.python.item,
    stages.segmenter.item,
  );
  /** @type {import('./remaining.js').Remaining | null} */
  let estimate = null;

  studio.addEventListener('progress', ({ detail }) => {
    stages[detail.stage].show(detail.loaded, detail.total);
    const bars = Object.values(stages).map(({ bar }) => bar);
    // What is not known yet may be the larger part.
    if (bars.some(({ value, max }) => value === 0 && max === 1)) return;
    const loaded = bars.reduce((sum, { value }) => sum + value, 0);
    const total = bars.reduce((sum, { max }) => sum + max, 0);
    estimate = remaining(estimate, loaded, total, performance.now());
    time.textContent = estimate.leftMs === null ? '' : inWords(estimate.leftMs);
  });
  studio.addEventListener('change', () => {
    const state = studio.cyclorama?.state;
    if (!studio.cyclorama) reset();
    camera.value.textContent = studio.camera ? 'ready' : studio.opening ? 'asking…' : 'off';
    const loading = state === undefined || state === 'loading' || state === 'waiting';
    // Waiting for a camera that is off is told by the intro.
    const busy = studio.opening || (studio.camera !== null && state !== undefined);
    panel.hidden = !(loading && busy);
  });

  function reset() {
    estimate = null;
    time.textContent = '';
    for (const { show } of Object.values(stages)) show(0, 0);
  }
}

/** @param {string} label */
function row(label) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  name.textContent = label;
  const value = document.createElement('span');
  value.className = 'figure';
  item.append(name, value);
  return { item, value };
}

/** @param {string} label */
function stage(label) {
  const { item, value } = row(label);
  const bar = document.createElement('progress');
  bar.className = 'bar';
  bar.setAttribute('aria-label', label);
  item.append(bar);

  /**
   * @param {number} loaded bytes
   * @param {number} total bytes; 0 as long as nothing is known
   */
  function show(loaded, total) {
    bar.max = total || 1;
    bar.value = loaded;
    value.textContent =
      total === 0 ? 'waiting' : loaded < total ? `${mega(loaded)} of ${mega(total)} MB` : 'starting…';
  }
  show(0, 0);
  return { item, bar, show };
}

/** @param {number} bytes */
function mega(bytes) {
  return (bytes / 1e6).toFixed(1);
}
