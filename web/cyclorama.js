/**
 * The embeddable API; its types and their documentation are in api.d.ts. This file joins the
 * threads and holds what must outlive them: the track, the background, the settings, the epoch.
 */
import { copyPlate, toPlate } from './background.js';
import { openCompositor } from './compositor.js';
import { CycloramaError, fromFailure, toCycloramaError } from './errors.js';
import { loadManifest } from './manifest.js';
import { answer, carriers } from './relay.js';
import { openSegmenter } from './segmenter.js';
import { defaults, merge, strides } from './settings.js';
import { openSource } from './source.js';
import { openStage } from './stage.js';

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

/** @type {typeof import('./api').createCyclorama} */
export const createCyclorama = async (options = {}) => {
  const { background = FIRST_BACKGROUND, signal, ...changes } = options;
  signal?.throwIfAborted();
  requireBrowser();
  const manifest = await loadManifest();
  const settings = merge(defaults(manifest.segmenters), changes, manifest.segmenters);
  const plate = await toPlate(background);
  signal?.throwIfAborted();
  const instance = new Instance(manifest, settings, background, plate);
  signal?.addEventListener('abort', () => void instance.stop(), { once: true });
  return instance;
};

/** Says what is missing before anything is loaded, rather than failing half way. */
function requireBrowser() {
  if (!isSecureContext) throw new CycloramaError('insecure-origin');
  for (const name of ['OffscreenCanvas', 'VideoFrame', 'WebAssembly', 'createImageBitmap']) {
    if (!(name in globalThis)) throw new CycloramaError('browser-unsupported', `no ${name}`);
  }
}

/** @implements {Cyclorama} */
class Instance extends /** @type {TypedEventTarget<CycloramaEventMap>} */ (EventTarget) {
  #manifest;
  #settings;
  #background;
  /** The background as it is sent, to have it when a compositor is started again. */
  #plate;
  #stage;
  /** @type {import('./thread.js').Thread<ToCompositor>} */
  #compositor;
  /** @type {import('./segmenter.js').Segmenter | null} */
  #segmenter = null;
  /** @type {import('./source.js').Source | null} */
  #source = null;
  /** @type {CompositorStats | null} */
  #measured = null;
  /** @type {readonly import('./api').Scene[]} */
  #scenes = [];

  #epoch = 0;
  #pythonReady = false;
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

  /** Backgrounds under way by message id. @type {Map<number, PromiseWithResolvers<void>>} */
  #plates = new Map();
  #plateId = 0;
  /** Of the newest call of `setBackground`. */
  #turn = 0;
  /** Only the newest change of segmenter counts. */
  #loading = new AbortController();

  /**
   * @param {import('../worker/protocol').Manifest} manifest
   * @param {Settings} settings
   * @param {Background} background
   * @param {Plate} plate
   */
  constructor(manifest, settings, background, plate) {
    super();
    this.#manifest = manifest;
    this.#settings = settings;
    this.#background = background;
    this.#plate = plate;
    // A caller who never looks at `ready` has the events; no unhandled rejection for them.
    this.#ready.promise.catch(() => {});
    this.#stage = openStage(
      {
        showing: ({ picture }) => {
          this.#picture = picture;
          this.#update();
        },
        silent: ({ epoch }) => {
          if (epoch === this.#epoch && !this.#stopped) this.#restartCompositor();
        },
      },
      (cause) => this.#fail(new CycloramaError('file-missing', cause)),
    );
    this.#compositor = this.#startCompositor();
    this.#sendPlate(plate).catch((error) => this.#fail(error));
    this.#useSegmenter(settings).catch((error) => this.#fail(error));
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
    return this.#background;
  }

  get settings() {
    return this.#settings;
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
    const turn = ++this.#turn;
    const plate = await toPlate(background);
    // Another one was asked for while this one was decoded: that is the one to show.
    if (turn !== this.#turn || this.#stopped) return;
    await this.#sendPlate(plate);
    this.#background = background;
    if (this.#plate.type === 'image') this.#plate.bitmap.close();
    this.#plate = plate;
  }

  /** @param {Partial<Settings>} changes */
  async configure(changes) {
    this.#requireRunning();
    const next = merge(this.#settings, changes, this.#manifest.segmenters);
    const { segmenter, stride } = this.#settings;
    if (!this.#segmenter || next.segmenter !== segmenter || next.stride !== stride) {
      await this.#useSegmenter(next);
      if (this.#fatal?.id !== 'python-failed') this.#fatal = null;
    }
    // The rest may have been changed again while the segmenter loaded.
    this.#settings = merge(this.#settings, changes, this.#manifest.segmenters);
    this.#compositor.send({ type: 'settings', settings: this.#compositorSettings() });
    this.#update();
  }

  /** @returns {Stats} */
  stats() {
    const none = { p50: 0, p95: 0 };
    const { adapter, ...measured } = this.#measured ?? {
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
      segmenter: this.#segmenter?.asset.label ?? '',
      backend: this.#segmenter?.backend ?? '',
      adapters: { ...adapter, output: 'OffscreenCanvas' },
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
    this.#source?.close();
    this.#compositor.terminate();
    this.#segmenter?.close();
    this.#stage.close();
    if (this.#plate.type === 'image') this.#plate.bitmap.close();
    for (const { reject } of this.#plates.values()) reject(this.#stopping.signal.reason);
    this.#ready.reject(this.#stopping.signal.reason);
    this.#update();
  }

  /** @returns {import('../worker/protocol').CompositorSettings} */
  #compositorSettings() {
    const { frameRate, threshold, quality, internalResolution: resolution } = this.#settings;
    return { frameRate, threshold, quality, resolution };
  }

  #startCompositor() {
    const channel = new MessageChannel();
    this.#stage.send({ type: 'connect', epoch: this.#epoch, port: channel.port1 }, [channel.port1]);
    return openCompositor(
      {
        epoch: this.#epoch,
        manifest: this.#manifest,
        settings: this.#compositorSettings(),
        carriers: carriers(),
        stage: channel.port2,
      },
      {
        progress: (progress) => this.#emit('progress', progress),
        ready: ({ scenes }) => {
          this.#scenes = scenes;
          this.#pythonReady = true;
          this.#update();
        },
        pull: (pull) => void this.#answer(pull),
        look: ({ type: _, ...look }) => this.#look(look),
        done: ({ id, failure }) => {
          const waiting = this.#plates.get(id);
          this.#plates.delete(id);
          if (failure) waiting?.reject(fromFailure(failure));
          else waiting?.resolve();
        },
        stats: ({ stats }) => {
          this.#measured = stats;
        },
        overdue: () => this.#restartSegmenter(),
        failed: ({ failure }) => {
          const error = fromFailure(failure);
          if (error.id === 'python-failed') this.#fail(error);
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
        segmenter: this.#segmenter,
        send: this.#compositor.send,
      });
    } catch (error) {
      this.#report(toCycloramaError(error, 'composite-failed'));
      this.#compositor.send({ type: 'repeat', epoch: pull.epoch });
    }
  }

  /** @param {Omit<import('../worker/protocol').LookMessage, 'type'>} look */
  #look(look) {
    if (this.#segmenter) this.#segmenter.segment(look);
    else this.#compositor.send({ type: 'nomask', epoch: look.epoch, timestamp: look.timestamp });
  }

  /** What comes from now on is another picture; what is under way is closed unread. */
  #raiseEpoch() {
    this.#epoch += 1;
    this.#stage.send({ type: 'epoch', epoch: this.#epoch });
    this.#compositor.send({ type: 'epoch', epoch: this.#epoch });
  }

  #restartCompositor() {
    this.#report(new CycloramaError('compositor-lost'));
    this.#compositor.terminate();
    this.#epoch += 1;
    this.#pythonReady = false;
    for (const { reject } of this.#plates.values()) reject(new CycloramaError('compositor-lost'));
    this.#plates.clear();
    this.#update();
    this.#compositor = this.#startCompositor();
    if (this.#paused) this.#compositor.send({ type: 'pause', paused: true });
    this.#sendPlate(this.#plate).catch((error) => this.#fail(error));
  }

  /** @param {Plate} plate */
  async #sendPlate(plate) {
    const copy = await copyPlate(plate);
    const id = ++this.#plateId;
    /** @type {PromiseWithResolvers<void>} */
    const done = Promise.withResolvers();
    this.#plates.set(id, done);
    const transfer = copy.type === 'image' ? [copy.bitmap] : [];
    this.#compositor.send({ type: 'plate', id, plate: copy }, transfer);
    await done.promise;
  }

  /** @param {Settings} settings */
  async #useSegmenter(settings) {
    const asset = this.#manifest.segmenters.find(({ id }) => id === settings.segmenter);
    if (!asset) throw new CycloramaError('setting-invalid', `no segmenter ${settings.segmenter}`);
    this.#loading.abort(new DOMException('Another segmenter was chosen.', 'AbortError'));
    this.#loading = new AbortController();
    const next = await openSegmenter(
      this.#manifest,
      asset,
      settings.stride,
      {
        progress: (progress) => this.#emit('progress', progress),
        mask: (mask) => this.#compositor.send(mask, [mask.bitmap]),
        nomask: (nomask) => this.#compositor.send(nomask),
        failed: (error) => this.#report(error),
      },
      AbortSignal.any([this.#loading.signal, this.#stopping.signal]),
    );
    this.#dropSegmenter();
    this.#segmenter = next;
    this.#update();
  }

  /** The mask that it may owe will not come. */
  #dropSegmenter() {
    this.#segmenter?.close();
    this.#segmenter = null;
    this.#compositor.send({ type: 'nomask', epoch: this.#epoch, timestamp: -1 });
  }

  #restartSegmenter() {
    this.#report(new CycloramaError('segmenter-lost'));
    this.#dropSegmenter();
    this.#update();
    this.#useSegmenter(this.#settings).catch((error) => this.#fail(error));
  }

  #requireRunning() {
    if (this.#stopped) throw new DOMException('Cyclorama was stopped.', 'InvalidStateError');
  }

  /** @param {CycloramaError} error */
  #fail(error) {
    if (this.#stopped || error.name === 'AbortError') return;
    this.#fatal = error;
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
    if (!this.#pythonReady || !this.#segmenter) return 'loading';
    return this.#picture === 'composite' ? 'live' : 'waiting';
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
