/**
 * The embeddable API; its types and their documentation are in api.d.ts. This file joins the
 * threads and holds what must outlive them: the track, the background, the settings, the epoch.
 */
import { Backdrop } from './backdrop.js';
import { toPlate } from './background.js';
import { missing } from './capabilities.js';
import { openCompositor } from './compositor.js';
import { createConnector } from './connector.js';
import { CycloramaError, fromFailure, toCycloramaError } from './errors.js';
import { loadManifest } from './manifest.js';
import { Masker } from './masker.js';
import { answer, carriers } from './relay.js';
import { defaults, merge, strides } from './settings.js';
import { openSource } from './source.js';
import { openStage } from './stage.js';
import { Tuned } from './tuned.js';

/**
 * @import { Cyclorama, CycloramaEventMap } from './api'
 * @import { TypedEventTarget } from './typed-events'
 *
 * @typedef {import('./api').Background} Background
 * @typedef {import('./api').Settings} Settings
 * @typedef {import('./api').State} State
 * @typedef {import('./api').Stats} Stats
 * @typedef {import('../worker/protocol').CompositorStats} CompositorStats
 * @typedef {import('../worker/protocol').Plate} Plate
 * @typedef {import('../worker/protocol').ToCompositor} ToCompositor
 */

/** @type {Background} */
const FIRST_BACKGROUND = { type: 'blur', strength: 0.6 };

/** A compositor that is lost more often in this time is not to be helped. */
const RESTARTS = 3;
const RESTARTS_MS = 60_000;

/** What another segmenter does not help against. */
const BEYOND_SEGMENTERS = new Set(['python-failed', 'composite-failed']);

/** @type {typeof import('./api').createCyclorama} */
export const createCyclorama = async (options = {}) => {
  const { background = FIRST_BACKGROUND, signal, calibration = null, ...changes } = options;
  // From anywhere, so of any shape: nothing stands before it that could come back after it.
  if (/** @type {Background} */ (background)?.type === 'screen') {
    throw new CycloramaError('background-invalid', 'a screen is set once Cyclorama runs');
  }
  signal?.throwIfAborted();
  requireBrowser();
  const manifest = await loadManifest();
  const settings = merge(defaults(manifest.segmenters), changes, manifest.segmenters);
  const plate = await toPlate(background);
  signal?.throwIfAborted();
  const tuned = new Tuned(manifest.segmenters, changes, calibration);
  const instance = new Instance(manifest, settings, tuned, background, plate);
  signal?.addEventListener('abort', () => void instance.stop(), { once: true });
  return instance;
};

/** Says what is missing before anything is loaded, rather than failing half way. */
function requireBrowser() {
  if (!isSecureContext) throw new CycloramaError('insecure-origin');
  const lacking = missing();
  if (lacking) throw new CycloramaError('browser-unsupported', lacking);
}

/** @implements {Cyclorama} */
class Instance extends /** @type {TypedEventTarget<CycloramaEventMap>} */ (EventTarget) {
  #manifest;
  #settings;
  #tuned;
  #backdrop;
  #masker;
  #stage;
  /** @type {import('./thread.js').Thread<ToCompositor>} */
  #compositor;
  /** @type {import('./source.js').Source | null} */
  #source = null;
  /** @type {CompositorStats | null} */
  #measured = null;
  /** @type {readonly import('./api').Scene[]} */
  #scenes = [];

  #epoch = 0;
  #pythonReady = false;
  /** When a compositor was started again. @type {number[]} */
  #restarts = [];
  #paused = false;
  #stopped = false;
  /** @type {CycloramaError | null} */
  #fatal = null;
  /** @type {'card' | 'composite'} */
  #picture = 'card';
  /** @type {State} */
  #state = 'loading';
  /** @type {PromiseWithResolvers<void>} */
  #ready = Promise.withResolvers();
  #stopping = new AbortController();

  /** Glimpses under way, which are answered in order. @type {PromiseWithResolvers<ImageBitmap | null>[]} */
  #glimpses = [];
  /** Until Python is as good as started, the segmenter would only slow it down. @type {PromiseWithResolvers<void>} */
  #compiled = Promise.withResolvers();

  /**
   * @param {import('../worker/protocol').Manifest} manifest
   * @param {Settings} settings
   * @param {Tuned} tuned
   * @param {Background} background
   * @param {Plate} plate
   */
  constructor(manifest, settings, tuned, background, plate) {
    super();
    this.#manifest = manifest;
    this.#settings = settings;
    this.#tuned = tuned;
    this.#backdrop = new Backdrop(background, plate, {
      send: (message, transfer) => this.#compositor.send(message, transfer),
      standing: (next) => this.#emit('background', next),
      // For the encoder: text is to be read, even where that takes pictures.
      sharing: (shared) => {
        this.#stage.track.contentHint = shared ? 'detail' : '';
      },
      failed: (error) => this.#report(error),
    });
    this.#masker = new Masker(manifest, this.#compiled.promise, this.#stopping.signal, {
      send: (message, transfer) => this.#compositor.send(message, transfer),
      settings: () => this.#settings,
      epoch: () => this.#epoch,
      progress: (progress) => this.#emit('progress', progress),
      changed: () => {
        // Between two, nothing is known of what will run.
        if (this.#masker.segmenter) this.#sendTuning();
        this.#update();
      },
      failed: (error) => this.#report(error),
      lost: (error) => this.#fail(error),
    });
    // A caller who never looks at `ready` has the events; no unhandled rejection for them.
    this.#ready.promise.catch(() => {});
    this.#stage = openStage(
      {
        showing: ({ picture }) => {
          this.#picture = picture;
          this.#update();
        },
        lost: ({ epoch, cause }) => {
          if (epoch === this.#epoch && !this.#stopped) this.#restartCompositor(cause);
        },
        failed: ({ failure }) => this.#report(fromFailure(failure)),
      },
      (cause) => this.#fail(new CycloramaError('file-missing', cause)),
    );
    this.#compositor = this.#startCompositor();
    this.#backdrop.send().catch((error) => this.#fail(error));
    this.#masker.use(settings).catch((error) => this.#fail(error));
  }

  get state() {
    return this.#state;
  }

  get ready() {
    return this.#ready.promise;
  }

  get segmenters() {
    return this.#manifest.segmenters.map((asset) => ({
      id: asset.id,
      label: asset.label,
      strides: strides(asset),
      scalable: asset.kind === 'bodypix',
    }));
  }

  get scenes() {
    return this.#scenes;
  }

  get background() {
    return this.#backdrop.background;
  }

  get settings() {
    return this.#settings;
  }

  get pinned() {
    return this.#tuned.pinned;
  }

  /** @param {MediaStreamTrack} track */
  async process(track) {
    this.#requireRunning();
    if (track.kind !== 'video' || track.readyState !== 'live') {
      throw new CycloramaError('camera-ended', `the track is ${track.kind} and ${track.readyState}`);
    }
    this.#source?.close();
    this.#source = openSource(track, (cause) =>
      this.#report(new CycloramaError('camera-ended', cause)),
    );
    this.#raiseEpoch();
    return this.#stage.track;
  }

  /** @param {Background} background */
  async setBackground(background) {
    this.#requireRunning();
    await this.#backdrop.set(background);
  }

  /** @param {number} strength */
  async glimpse(strength) {
    await toPlate({ type: 'blur', strength });
    this.#requireRunning();
    /** @type {PromiseWithResolvers<ImageBitmap | null>} */
    const glimpse = Promise.withResolvers();
    this.#glimpses.push(glimpse);
    this.#compositor.send({ type: 'glimpse', strength });
    return glimpse.promise;
  }

  /** @param {Partial<Settings>} changes */
  async configure(changes) {
    this.#requireRunning();
    const { awaited } = this.#masker;
    const { segmenter, stride, backend } = awaited ?? this.#settings;
    const next = merge({ ...this.#settings, ...awaited }, changes, this.#manifest.segmenters);
    const same =
      next.segmenter === segmenter && next.stride === stride && next.backend === backend;
    // One that is on its way as it should be is not begun again.
    if (!same || !(awaited || this.#masker.segmenter)) {
      await this.#masker.use(next);
      // Another segmenter helps where that was the trouble.
      if (this.#fatal && !BEYOND_SEGMENTERS.has(this.#fatal.id)) this.#fatal = null;
    }
    // The rest may have been changed again while the segmenter loaded.
    this.#settings = merge(this.#settings, changes, this.#manifest.segmenters);
    this.#tuned.pin(changes);
    this.#sendTuning();
    if (this.#settings.tuning === 'off') this.#fitCamera({ scale: 1, frame_rate: 60 });
    this.#compositor.send({ type: 'settings', settings: this.#compositorSettings() });
    this.#update();
  }

  connector() {
    return createConnector(this);
  }

  /** @returns {Stats} */
  stats() {
    const none = { p50: 0, p95: 0 };
    const { adapter, ...measured } = this.#measured ?? {
      atMs: 0,
      frames: 0,
      fps: 0,
      masksPerSecond: 0,
      maskAgeMs: none,
      stagesMs: { pixels: none, matte: none, composite: none, show: none, mask: none },
      held: 0,
      dropped: 0,
      width: 0,
      height: 0,
      adapter: { input: '', pixels: '' },
    };
    return {
      state: this.#state,
      ...measured,
      segmenter: this.#masker.segmenter?.asset.label ?? '',
      backend: this.#masker.segmenter?.backend ?? '',
      changes: this.#tuned.changes,
      adapters: { ...adapter, output: this.#stage.adapter },
    };
  }

  pause() {
    if (this.#paused || this.#stopped) return;
    this.#paused = true;
    this.#stage.send({ type: 'curtain', closed: true });
    this.#compositor.send({ type: 'pause', paused: true });
    this.#update();
  }

  resume() {
    if (!this.#paused || this.#stopped) return;
    this.#paused = false;
    this.#raiseEpoch();
    this.#compositor.send({ type: 'pause', paused: false });
    this.#stage.send({ type: 'curtain', closed: false });
    this.#update();
  }

  async stop() {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#stopping.abort(new DOMException('Cyclorama was stopped.', 'AbortError'));
    this.#compiled.resolve();
    this.#source?.close();
    this.#backdrop.close();
    this.#backdrop.abandon(this.#stopping.signal.reason);
    this.#compositor.terminate();
    this.#masker.close();
    this.#stage.close();
    this.#dropGlimpses();
    this.#ready.reject(this.#stopping.signal.reason);
    this.#update();
  }

  /** @returns {import('../worker/protocol').CompositorSettings} */
  #compositorSettings() {
    const { frameRate, threshold, quality, internalResolution: resolution } = this.#settings;
    return { frameRate, threshold, quality, resolution };
  }

  #tuning() {
    return this.#tuned.wish(this.#settings, this.#masker.segmenter?.backend ?? 'wasm');
  }

  #sendTuning() {
    this.#compositor.send({ type: 'tune', tuning: this.#tuning() });
  }

  /** Python went over to another rung; the rest of it is the page's. @param {NonNullable<import('../worker/protocol').TunedMessage['change']>} change */
  #tune({ rung, reason }) {
    const before = this.#settings;
    const next = this.#tuned.settle(before, rung);
    this.#settings = next;
    if (next.segmenter !== before.segmenter || next.stride !== before.stride) {
      this.#masker.use(next).catch((error) => this.#keepSegmenter(before, error));
    }
    this.#fitCamera(rung);
    this.#emit('tuned', this.#tuned.note(reason));
  }

  /** Another one was wished for, and cannot be had. @param {Settings} before @param {Error} error */
  #keepSegmenter({ segmenter, stride }, error) {
    if (this.#stopped || error.name === 'AbortError') return;
    console.warn('The tuning cannot have another segmenter:', error);
    this.#settings = { ...this.#settings, segmenter, stride };
    this.#tuned.pin({ segmenter, stride });
    this.#sendTuning();
  }

  /** @param {Pick<import('../worker/protocol').Rung, 'scale' | 'frame_rate'>} rung */
  #fitCamera(rung) {
    const camera = this.#tuned.cameraFor(rung, this.#settings);
    if (!camera) return;
    const detail = { ...camera };
    const ignored = this.dispatchEvent(new CustomEvent('camera', { detail, cancelable: true }));
    this.#tuned.takeCamera(ignored ? null : camera);
    if (ignored) this.#sendTuning();
  }

  #startCompositor() {
    const channel = new MessageChannel();
    this.#stage.send({ type: 'connect', epoch: this.#epoch, port: channel.port1 }, [channel.port1]);
    return openCompositor(
      {
        epoch: this.#epoch,
        manifest: this.#manifest,
        settings: this.#compositorSettings(),
        tuning: this.#tuning(),
        carriers: carriers(),
        stage: channel.port2,
      },
      {
        progress: (progress) => this.#emit('progress', progress),
        compiled: () => this.#compiled.resolve(),
        ready: () => {
          this.#pythonReady = true;
          this.#update();
        },
        scenes: ({ scenes }) => {
          this.#scenes = scenes;
          this.#emit('scenes', scenes);
        },
        pull: (pull) => void this.#answer(pull),
        look: ({ type: _, ...look }) => this.#masker.look(look),
        done: ({ id, failure }) => {
          this.#backdrop.settle(id, failure ? fromFailure(failure) : null);
        },
        glimpsed: ({ picture }) => this.#glimpses.shift()?.resolve(picture),
        stats: ({ stats }) => {
          this.#measured = stats;
          this.#emit('stats', this.stats());
        },
        tuned: ({ change, calibration }) => {
          if (calibration) {
            this.#tuned.keep(calibration);
            this.#emit('calibration', calibration);
          }
          if (change) this.#tune(change);
        },
        overdue: () => this.#masker.restart(),
        failed: ({ failure }) => {
          const error = fromFailure(failure);
          if (error.id === 'python-failed') this.#fail(error);
          else if (error.id === 'compositor-lost') this.#restartCompositor(failure.detail);
          else this.#report(error);
        },
      },
      (cause) => this.#fail(new CycloramaError('file-missing', cause)),
    );
  }

  /** @param {import('../worker/protocol').PullMessage} pull */
  async #answer(pull) {
    if (pull.epoch !== this.#epoch) return;
    try {
      await answer(pull, {
        source: this.#source,
        slides: this.#backdrop.slides,
        segmenter: this.#masker.segmenter,
        send: this.#compositor.send,
      });
    } catch (error) {
      this.#report(toCycloramaError(error, 'composite-failed'));
      this.#compositor.send({ type: 'repeat', epoch: pull.epoch });
    }
  }

  /** What comes from now on is another picture; what is under way is closed unread. */
  #raiseEpoch() {
    this.#epoch += 1;
    this.#stage.send({ type: 'epoch', epoch: this.#epoch });
    this.#compositor.send({ type: 'epoch', epoch: this.#epoch });
  }

  /** @param {string} cause */
  #restartCompositor(cause) {
    const now = performance.now();
    this.#restarts = this.#restarts.filter((at) => now - at < RESTARTS_MS);
    if (this.#restarts.length >= RESTARTS) {
      this.#compositor.terminate();
      return this.#fail(new CycloramaError('composite-failed', cause));
    }
    this.#restarts.push(now);
    this.#report(new CycloramaError('compositor-lost', cause));
    this.#compositor.terminate();
    this.#epoch += 1;
    this.#pythonReady = false;
    this.#backdrop.abandon(new CycloramaError('compositor-lost'));
    this.#dropGlimpses();
    this.#update();
    this.#compositor = this.#startCompositor();
    if (this.#paused) this.#compositor.send({ type: 'pause', paused: true });
    this.#backdrop.send().catch((error) => this.#fail(error));
  }

  /** Nobody is left to answer them. */
  #dropGlimpses() {
    for (const { resolve } of this.#glimpses.splice(0)) resolve(null);
  }

  #requireRunning() {
    if (this.#stopped) throw new DOMException('Cyclorama was stopped.', 'InvalidStateError');
  }

  /** @param {CycloramaError} error */
  #fail(error) {
    if (this.#stopped || error.name === 'AbortError') return;
    this.#fatal = error;
    this.#compiled.resolve();
    this.#ready.reject(error);
    this.#report(error);
    this.#update();
  }

  /** @param {CycloramaError} error */
  #report(error) {
    if (!this.#stopped) this.#emit('error', error);
  }

  #update() {
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'live') this.#ready.resolve();
    this.#emit('state', state);
  }

  /** @returns {State} */
  #currentState() {
    if (this.#stopped) return 'stopped';
    if (this.#fatal) return 'failed';
    if (this.#paused) return 'paused';
    if (!this.#pythonReady || !this.#masker.segmenter) return 'loading';
    return this.#picture === 'composite' ? 'live' : 'waiting';
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
