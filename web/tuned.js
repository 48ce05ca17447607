/**
 * What the tuning may change, what it has changed, and what it measured: the page's side of one
 * instance. What becomes of a rung is in tuning.js; every decision is Python's.
 *
 * @typedef {import('./api').Settings} Settings
 * @typedef {import('./api').TuningChange} TuningChange
 * @typedef {import('../worker/protocol').Rung} Rung
 * @typedef {import('../worker/protocol').SegmenterAsset} SegmenterAsset
 *
 * @typedef {object} Camera What is left of it.
 * @property {number} scale share of its width and height
 * @property {number} frameRate at most
 */
import { pin, settle, tuningOf } from './tuning.js';

/** That are told. */
const CHANGES = 8;

export class Tuned {
  #assets;
  /** @type {ReadonlySet<string>} */
  #pinned;
  /** What was measured of this machine. @type {string | null} */
  #calibration;
  /** @type {Camera} */
  #camera = { scale: 1, frameRate: 60 };
  /** Whether nobody changes the camera's size and rate. */
  #cameraFixed = false;
  /** The newest first. @type {readonly TuningChange[]} */
  #changes = [];

  /**
   * @param {SegmenterAsset[]} assets
   * @param {Partial<Settings>} named by the caller
   * @param {string | null} calibration what an earlier visit measured
   */
  constructor(assets, named, calibration) {
    this.#assets = assets;
    this.#pinned = pin(new Set(), named);
    this.#calibration = calibration;
  }

  /** Names of the settings that are left alone. */
  get pinned() {
    return this.#pinned;
  }

  get changes() {
    return this.#changes;
  }

  /** Leave alone what was named. @param {Partial<Settings>} changes */
  pin(changes) {
    this.#pinned = pin(this.#pinned, changes);
  }

  /**
   * What Python is asked for.
   * @param {Settings} settings
   * @param {string} backend what runs the segmenter
   */
  wish(settings, backend) {
    return tuningOf(settings, this.#assets, {
      pinned: this.#pinned,
      backend,
      camera: this.#camera,
      cameraFixed: this.#cameraFixed,
      kept: this.#calibration,
    });
  }

  /** The settings on a rung. @param {Settings} settings @param {Rung} rung */
  settle(settings, rung) {
    return settle(settings, rung, this.#assets, this.#pinned);
  }

  /**
   * @param {Pick<Rung, 'scale' | 'frame_rate'>} rung
   * @param {Settings} settings on that rung
   * @returns {Camera | null} what is to be left of it; null where that is so
   */
  cameraFor({ scale, frame_rate: frameRate }, settings) {
    const rate = Math.min(frameRate, settings.frameRate);
    const before = Math.min(this.#camera.frameRate, settings.frameRate);
    return scale !== this.#camera.scale || rate !== before ? { scale, frameRate } : null;
  }

  /** @param {Camera | null} camera what is left of it now; null where nobody changes it */
  takeCamera(camera) {
    if (camera) this.#camera = camera;
    else this.#cameraFixed = true;
  }

  /** @param {string} reason @returns {TuningChange} */
  note(reason) {
    const change = { atMs: Date.now(), reason };
    this.#changes = [change, ...this.#changes].slice(0, CHANGES);
    return change;
  }

  /** @param {string} calibration */
  keep(calibration) {
    this.#calibration = calibration;
  }
}
