import { History } from '../history.js';
import { now } from '../proof.js';
import { element } from './element.js';
import { createPlot, SPAN_S } from './plot.js';
import { createProof } from './proof.js';

/** @typedef {import('../api').Quantiles} Quantiles */
/** @typedef {import('../history.js').Sample} Sample */

/** Of the worker's times, in the order in which a frame passes them. */
const STAGES = /** @type {const} */ (['pixels', 'matte', 'composite', 'show', 'mask']);

/**
 * What the picture costs, as the workers measured it: now, and over the last minute.
 *
 * The workers' messages bring the measurements, hidden or not; they are drawn while somebody looks.
 * @param {import('../studio.js').Studio} studio
 * @param {(error: unknown) => void} report
 */
export function createReadout(studio, report) {
  const panel = element('readout', HTMLDetailsElement);
  const figures = element('figures', HTMLDListElement);
  const changes = element('tuning-changes', HTMLElement);
  const summary = element('plots-summary', HTMLParagraphElement);
  const plots = element('plots', HTMLDivElement);
  const drawRate = createPlot(plots, 'Output, frames per second');
  const drawAge = createPlot(plots, 'Mask age, ms');
  const drawStages = createPlot(plots, 'Worker, ms per frame or mask');
  plots.append(timeAxis());

  const history = new History(SPAN_S * 1000);
  history.turn(now(), document.hidden);
  createProof(studio, history, report);

  studio.addEventListener('stats', ({ detail }) => {
    history.add(detail);
    render();
  });
  studio.addEventListener('change', () => {
    if (!studio.cyclorama) history.clear();
    render();
  });
  document.addEventListener('visibilitychange', () => {
    history.turn(now(), document.hidden);
    render();
  });
  panel.addEventListener('toggle', render);

  function render() {
    if (!panel.open || document.hidden) return;
    const { cyclorama } = studio;
    tellChanges(cyclorama?.stats().changes ?? []);
    figures.replaceChildren(...(cyclorama ? rows(cyclorama.stats()) : [row('Camera', 'off')]));
    const { samples } = history;
    const newest = samples.at(-1);
    plots.hidden = summary.hidden = newest === undefined;
    if (newest) draw(samples, newest);
  }

  /** @param {readonly import('../api').TuningChange[]} made */
  function tellChanges(made) {
    changes.hidden = made.length === 0;
    const items = made.map(({ atMs, reason }) => {
      const item = document.createElement('li');
      item.textContent = `${new Date(atMs).toLocaleTimeString()} ${reason}`;
      return item;
    });
    changes.querySelector('ol')?.replaceChildren(...items);
  }

  /** @param {readonly Sample[]} samples @param {Sample} newest */
  function draw(samples, newest) {
    const nowMs = newest.atMs;
    const startMs = nowMs - SPAN_S * 1000;
    const stretches = history.hidden(startMs, nowMs);
    const hidden = stretches.map(
      ({ startMs: from, endMs: to }) =>
        /** @type {[number, number]} */ ([(nowMs - from) / 1000, (nowMs - to) / 1000]),
    );
    const times = samples.map(({ atMs }) => (nowMs - atMs) / 1000);
    const rates = history.rates();
    const rate = rates.at(-1) ?? null;
    const told = tell(history, startMs, nowMs);
    summary.textContent = told;
    drawRate({
      times,
      lines: [{ name: 'frames', latest: decimal(rate), values: rates }],
      hidden,
      description: told,
    });
    drawAge({
      times,
      lines: [
        quantile('middle', 'p50', samples, (sample) => sample.maskAgeMs),
        quantile('95 %', 'p95', samples, (sample) => sample.maskAgeMs),
      ],
      hidden,
      description: `now ${quantiles(newest.maskAgeMs)}, middle and 95 %`,
    });
    drawStages({
      times,
      lines: STAGES.map((stage) =>
        quantile(stage, 'p50', samples, (sample) => sample.stagesMs[stage]),
      ),
      hidden,
      description: `now ${STAGES.map((stage) => `${stage} ${decimal(newest.stagesMs[stage].p50)}`).join(', ')}`,
    });
  }
}

/**
 * The rate of the last minute in words.
 * @param {History} history
 * @param {number} startMs
 * @param {number} endMs
 */
function tell(history, startMs, endMs) {
  const hidden = history.hidden(startMs, endMs);
  const visibleFps = history.rate(history.visible(startMs, endMs));
  const hiddenFps = history.rate(hidden);
  const parts = [];
  if (visibleFps !== null) parts.push(`${decimal(visibleFps)} frames per second while visible`);
  if (hiddenFps !== null) parts.push(`${decimal(hiddenFps)} while hidden (shaded)`);
  return parts.length > 0 ? `Last ${SPAN_S} s: ${parts.join(', ')}.` : 'Measuring…';
}

/**
 * @param {string} name
 * @param {keyof Quantiles} which
 * @param {readonly Sample[]} samples
 * @param {(sample: Sample) => Quantiles} of
 * @returns {import('./plot.js').Line}
 */
function quantile(name, which, samples, of) {
  const values = samples.map((sample) => of(sample)[which]);
  return { name, latest: decimal(values.at(-1) ?? null), values };
}

function timeAxis() {
  const axis = document.createElement('p');
  axis.className = 'time-axis';
  axis.setAttribute('aria-hidden', 'true');
  for (const text of [`${SPAN_S} s ago`, `${SPAN_S / 2} s ago`, 'now']) {
    const tick = document.createElement('span');
    tick.textContent = text;
    axis.append(tick);
  }
  return axis;
}

/** @param {import('../api').Stats} stats */
function rows(stats) {
  const { stagesMs, adapters } = stats;
  return [
    row('Output', `${stats.fps.toFixed(1)} fps, ${stats.width} × ${stats.height}`),
    row('Masks', `${stats.masksPerSecond.toFixed(1)} per second`),
    row('Mask age', `${quantiles(stats.maskAgeMs)} ms`, 'middle / 95 %'),
    ...STAGES.map((stage) =>
      row(`Stage: ${stage}`, `${quantiles(stagesMs[stage])} ms`, 'middle / 95 %'),
    ),
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
  return `${decimal(p50)} / ${decimal(p95)}`;
}

/** @param {number | null} value */
function decimal(value) {
  return value === null ? '–' : value.toFixed(1);
}
