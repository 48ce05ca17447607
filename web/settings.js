import { CycloramaError } from './errors.js';

/** @typedef {import('./api').Settings} Settings */
/** @typedef {import('../worker/protocol').Quality} Quality */
/** @typedef {import('../worker/protocol').BackendChoice} BackendChoice */
/** @typedef {import('../worker/protocol').SegmenterAsset} SegmenterAsset */

/** From the best to the fastest. @type {readonly Quality[]} */
const QUALITIES = ['finest', 'fine', 'good', 'fair', 'low', 'lowest'];
/** @type {readonly BackendChoice[]} */
const BACKENDS = ['automatic', 'wasm', 'webgl', 'webgpu'];

/** @type {readonly Settings['tuning'][]} */
const TUNINGS = ['quiet', 'balanced', 'best', 'off'];

/**
 * @param {SegmenterAsset[]} assets
 * @returns {Settings}
 */
export function defaults(assets) {
  const [first] = assets;
  if (!first) throw new CycloramaError('file-missing', 'the build ships no segmenter');
  return {
    segmenter: first.id,
    stride: strides(first)[0] ?? 0,
    backend: 'automatic',
    internalResolution: 0.475,
    threshold: 0.5,
    quality: 'fine',
    frameRate: 30,
    tuning: 'balanced',
  };
}

/**
 * The settings that hold once `changes` are made.
 *
 * @param {Settings} settings
 * @param {Partial<Settings>} changes from anywhere, so of any shape
 * @param {SegmenterAsset[]} assets
 * @returns {Settings}
 * @throws {CycloramaError} `setting-invalid`, whose cause names the setting
 */
export function merge(settings, changes, assets) {
  const next = { ...settings, ...changes };
  const asset = assets.find(({ id }) => id === next.segmenter);
  check(asset, 'segmenter', next.segmenter);
  // Another segmenter has strides of its own; the caller need not know them.
  const choice = strides(asset);
  if (changes.stride === undefined && !choice.includes(next.stride)) next.stride = choice[0] ?? 0;
  check(choice.length === 0 || choice.includes(next.stride), 'stride', next.stride);
  check(BACKENDS.includes(next.backend), 'backend', next.backend);
  check(within(next.internalResolution, 0.1, 1), 'internalResolution', next.internalResolution);
  check(within(next.threshold, 0.01, 0.99), 'threshold', next.threshold);
  check(QUALITIES.includes(next.quality), 'quality', next.quality);
  check(within(next.frameRate, 1, 60), 'frameRate', next.frameRate);
  check(TUNINGS.includes(next.tuning), 'tuning', next.tuning);
  return next;
}

/** @param {SegmenterAsset} asset @returns {number[]} */
export function strides(asset) {
  return asset.kind === 'bodypix' ? asset.models.map(({ stride }) => stride) : [];
}

/** @param {unknown} value @param {number} low @param {number} high */
function within(value, low, high) {
  return typeof value === 'number' && value >= low && value <= high;
}

/**
 * @param {unknown} condition @param {string} name @param {unknown} value
 * @returns {asserts condition}
 */
function check(condition, name, value) {
  if (!condition) throw new CycloramaError('setting-invalid', `${name} cannot be ${value}`);
}
