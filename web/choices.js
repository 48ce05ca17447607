/**
 * What the user chose, from one visit to the next. What comes back from storage is checked like
 * any input, and what does not pass is left out.
 */
import { toPlate } from './background.js';
import { loadManifest } from './manifest.js';
import { recall, remember } from './memory.js';
import { defaults, merge } from './settings.js';

/**
 * @typedef {import('./api').Background} Background
 * @typedef {import('./api').Settings} Settings
 * @typedef {import('./camera.js').CameraChoice} CameraChoice
 * @typedef {Exclude<Background, { type: 'image' | 'screen' }> | { type: 'picture', id: string }} KeptBackground
 *   an own picture is kept by its id in pictures.js
 */

const CAMERA_LIMITS = /** @type {const} */ ({
  width: [160, 3840],
  height: [120, 2160],
  frameRate: [1, 60],
});

/** @param {KeptBackground} background */
export function keepBackground(background) {
  remember('background', background);
}

/** @returns {Promise<KeptBackground | null>} */
export async function recallBackground() {
  const kept = /** @type {KeptBackground} */ (recall('background'));
  if (kept?.type === 'picture') return typeof kept.id === 'string' ? kept : null;
  // Neither is kept, and an address would be asked for what it holds.
  const { type, logo = null } = record(kept);
  if (type === 'image' || logo !== null) return null;
  try {
    await toPlate(/** @type {Background} */ (kept));
    return kept;
  } catch {
    return null;
  }
}

/** @param {Partial<Settings>} changes */
export function keepSettings(changes) {
  remember('settings', { ...record(recall('settings')), ...changes });
}

/** @param {(keyof Settings)[]} names of what is not chosen any more */
export function forgetSettings(names) {
  const kept = Object.entries(record(recall('settings')));
  remember('settings', Object.fromEntries(kept.filter(([name]) => !names.some((n) => n === name))));
}

/** @param {string} calibration of this machine; see `Options` in api.d.ts */
export function keepCalibration(calibration) {
  remember('calibration', calibration);
}

/** @returns {string | undefined} Python looks whether it makes sense */
export function recallCalibration() {
  const kept = recall('calibration');
  return typeof kept === 'string' ? kept : undefined;
}

/** @returns {Promise<Partial<Settings>>} those that this build knows; rejects as `loadManifest` */
export async function recallSettings() {
  const { segmenters } = await loadManifest();
  const kept = record(recall('settings'));
  /** @type {Partial<Settings>} */
  let settings = {};
  for (const name of Object.keys(defaults(segmenters))) {
    if (!(name in kept)) continue;
    const more = { ...settings, [name]: kept[name] };
    try {
      merge(defaults(segmenters), more, segmenters);
      settings = more;
    } catch {
      // Out of range, or of another build.
    }
  }
  return settings;
}

/** @param {Partial<Pick<CameraChoice, 'width' | 'height' | 'frameRate'>>} choice */
export function keepCamera({ width, height, frameRate }) {
  remember('camera-format', { width, height, frameRate });
}

/** @returns {Partial<CameraChoice>} */
export function recallCamera() {
  const kept = record(recall('camera-format'));
  const entries = Object.entries(CAMERA_LIMITS).filter(([name, [low, high]]) => {
    const value = kept[name];
    return Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
  });
  return Object.fromEntries(entries.map(([name]) => [name, kept[name]]));
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
