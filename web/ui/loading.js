import { element } from './element.js';

const LABELS = { python: 'Python, numpy and OpenCV', segmenter: 'Segmenter' };

/**
 * The stages of loading: the camera, and the bytes of what is fetched.
 * @param {import('../studio.js').Studio} studio
 */
export function createLoading(studio) {
  const list = element('loading', HTMLUListElement);
  const camera = row('Camera');
  const fetched = { python: bar(LABELS.python), segmenter: bar(LABELS.segmenter) };
  list.append(camera.item, fetched.python.item, fetched.segmenter.item);

  studio.addEventListener('progress', ({ detail: { stage, loaded, total } }) => {
    fetched[stage].show(loaded, total);
  });
  studio.addEventListener('change', () => {
    const state = studio.cyclorama?.state;
    if (!studio.cyclorama) for (const { show } of Object.values(fetched)) show(0, 0);
    camera.value.textContent = studio.camera ? 'ready' : studio.opening ? 'asking…' : 'off';
    const loading = state === undefined || state === 'loading' || state === 'waiting';
    // Waiting for a camera that is off is told by the intro.
    const busy = studio.opening || (studio.camera !== null && state !== undefined);
    list.hidden = !(loading && busy);
  });
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
function bar(label) {
  const { item, value } = row(label);
  const track = document.createElement('div');
  track.className = 'bar';
  track.setAttribute('role', 'progressbar');
  track.setAttribute('aria-label', label);
  track.setAttribute('aria-valuemin', '0');
  const fill = document.createElement('div');
  track.append(fill);
  item.append(track);

  /**
   * @param {number} loaded bytes
   * @param {number} total bytes
   */
  function show(loaded, total) {
    track.setAttribute('aria-valuenow', String(loaded));
    track.setAttribute('aria-valuemax', String(total));
    fill.style.inlineSize = `${total > 0 ? (100 * loaded) / total : 0}%`;
    value.textContent =
      total === 0 ? 'waiting' : loaded < total ? `${mega(loaded)} of ${mega(total)} MB` : 'starting…';
  }
  show(0, 0);
  return { item, show };
}

/** @param {number} bytes */
function mega(bytes) {
  return (bytes / 1e6).toFixed(1);
}
