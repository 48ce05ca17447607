import { element } from './element.js';

/** @typedef {import('../api').Quantiles} Quantiles */

const PERIOD_MS = 1000;

/**
 * What the picture costs, as the workers measured it, each second while somebody looks.
 * @param {import('../studio.js').Studio} studio
 */
export function createReadout(studio) {
  const panel = element('readout', HTMLDetailsElement);
  const figures = element('figures', HTMLDListElement);

  function render() {
    if (!panel.open || document.hidden) return;
    const { cyclorama } = studio;
    figures.replaceChildren(...(cyclorama ? rows(cyclorama.stats()) : [row('Camera', 'off')]));
  }
  panel.addEventListener('toggle', render);
  setInterval(render, PERIOD_MS);
}

/** @param {import('../api').Stats} stats */
function rows(stats) {
  const { stagesMs, adapters } = stats;
  return [
    row('Output', `${stats.fps.toFixed(1)} fps, ${stats.width} × ${stats.height}`),
    row('Masks', `${stats.masksPerSecond.toFixed(1)} per second`),
    row('Mask age', `${quantiles(stats.maskAgeMs)} ms`, 'middle / 95 %'),
    ...Object.entries(stagesMs).map(([stage, ms]) => row(`Stage: ${stage}`, `${quantiles(ms)} ms`)),
    row('Held', String(stats.held), 'output repeated'),
    row('Dropped', String(stats.dropped), 'camera frames never composited'),
    row('Segmenter', stats.segmenter || '–'),
    row('Backend', stats.backend || '–'),
    row('Frames in', adapters.input || '–'),
    row('Into Python', adapters.pixels || '–'),
    row('Frames out', adapters.output || '–'),
  ];
}

/**
 * @param {string} term
 * @param {string} value
 * @param {string} [note]
 */
function row(term, value, note) {
  const group = document.createElement('div');
  const dt = document.createElement('dt');
  dt.textContent = term;
  if (note) dt.title = note;
  const dd = document.createElement('dd');
  dd.textContent = value;
  group.append(dt, dd);
  return group;
}

/** @param {Quantiles} quantiles */
function quantiles({ p50, p95 }) {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
}
