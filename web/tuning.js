/**
 * The page's side of the tuning: what it asks of Python, and what becomes of a rung in settings.
 * The ladder and every decision are Python's (py/cyclorama/tuning).
 *
 * @typedef {import('./api').Settings} Settings
 * @typedef {import('../worker/protocol').Rung} Rung
 * @typedef {import('../worker/protocol').SegmenterAsset} SegmenterAsset
 * @typedef {import('../worker/protocol').Tuning} Tuning
 */
import { strides } from './settings.js';

/** Settings that are tuned, with their names on a rung. */
const AXES = /** @type {const} */ ({
  segmenter: 'segmenter',
  stride: 'stride',
  internalResolution: 'resolution',
  quality: 'quality',
});

/** Of the default mask rate; Python's own is in py/cyclorama/scheduler.py. */
const MASK_INTERVAL_MS = 75;

/**
 * Which settings are left alone, once these were named.
 * @param {ReadonlySet<string>} pinned before
 * @param {Partial<Settings>} changes; naming `tuning` releases what is not named beside it
 * @returns {ReadonlySet<string>}
 */
export function pin(pinned, changes) {
  const named = Object.keys(AXES).filter(
    (name) => changes[/** @type {keyof Settings} */ (name)] !== undefined,
  );
  return new Set(changes.tuning === undefined ? [...pinned, ...named] : named);
}

/**
 * @param {Settings} settings
 * @param {SegmenterAsset[]} assets
 * @param {object} state
 * @param {ReadonlySet<string>} state.pinned names of settings
 * @param {string} state.backend what runs the segmenter
 * @param {{ scale: number, frameRate: number }} state.camera what is left of it
 * @param {boolean} state.cameraFixed nobody changes the camera's size and rate
 * @param {string | null} state.kept what an earlier visit measured
 * @returns {Tuning | null} null where nothing is to be tuned
 */
export function tuningOf(settings, assets, { pinned, backend, camera, cameraFixed, kept }) {
  const { tuning, frameRate } = settings;
  if (tuning === 'off') return null;
  const current = rungOf(settings, assets, backend, camera);
  const axes = Object.entries(AXES)
    .filter(([name]) => pinned.has(name))
    .map(([, axis]) => axis);
  /** @type {(keyof Rung)[]} */
  const fixed = cameraFixed ? [...axes, 'scale', 'frame_rate'] : axes;
  return {
    budget: tuning,
    segmenters: Object.fromEntries(assets.map((asset) => [nameOf(asset), strides(asset)])),
    backend,
    frameRate,
    pins: Object.fromEntries(fixed.map((axis) => [axis, current[axis]])),
    current,
    machine: `${navigator.hardwareConcurrency} ${navigator.userAgent}`,
    kept,
  };
}

/**
 * @param {Settings} settings
 * @param {Rung} rung
 * @param {SegmenterAsset[]} assets
 * @param {ReadonlySet<string>} pinned names of settings
 * @returns {Settings} those that hold on this rung
 */
export function settle(settings, rung, assets, pinned) {
  const named = assets.filter((asset) => nameOf(asset) === rung.segmenter);
  const asset = named.find(({ id }) => id === settings.segmenter) ?? named[0];
  // The selfie segmenter looks at all of it, which is no choice of anybody's.
  const looks = asset?.kind === 'bodypix' && !pinned.has('internalResolution');
  return {
    ...settings,
    segmenter: asset?.id ?? settings.segmenter,
    stride: rung.stride,
    ...(looks && { internalResolution: rung.resolution }),
    quality: rung.quality,
  };
}

/**
 * What somebody chose: everything but what is tuned.
 * @param {Settings} settings
 * @param {ReadonlySet<string>} pinned names of settings
 * @returns {Partial<Settings>}
 */
export function chosen(settings, pinned) {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => !(name in AXES) || pinned.has(name)),
  );
}

/**
 * @param {Settings} settings
 * @param {SegmenterAsset[]} assets
 * @param {string} backend
 * @param {{ scale: number, frameRate: number }} camera
 * @returns {Rung}
 */
function rungOf(settings, assets, backend, camera) {
  const { segmenter, stride, internalResolution, quality, frameRate } = settings;
  const asset = assets.find(({ id }) => id === segmenter);
  return {
    segmenter: asset ? nameOf(asset) : segmenter,
    stride,
    backend,
    resolution: asset?.kind === 'selfie' ? 1 : internalResolution,
    mask_interval_ms: MASK_INTERVAL_MS,
    quality,
    scale: camera.scale,
    frame_rate: Math.min(frameRate, camera.frameRate),
  };
}

/** What the ladder calls it. @param {SegmenterAsset} asset */
function nameOf(asset) {
  if (asset.kind === 'selfie') return 'selfie';
  if (asset.architecture === 'ResNet50') return 'bodypix-resnet';
  return `bodypix-${String(100 * asset.multiplier).padStart(3, '0')}`;
}
