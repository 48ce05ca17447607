import { openCamera, wishes } from './camera.js';
import { CycloramaError, toCycloramaError } from './errors.js';
import { chosen } from './tuning.js';
import { keepVigil } from './vigil.js';

/** @import { Background, Cyclorama, CycloramaError as AnyError, Options, Progress, Stats } from './api' */
/** @import { CameraChoice } from './camera.js' */
/** @import { Devices } from './devices.js' */
/** @import { TypedEventTarget } from './typed-events' */
/**
 * @typedef {object} StudioEvents
 * @property {Event} change
 * @property {Event} camera
 * @property {CustomEvent<Progress>} progress
 * @property {CustomEvent<Stats>} stats
 * @property {CustomEvent<string>} calibration
 * @property {CustomEvent<AnyError>} error
 */

/**
 * The camera and the Cyclorama instance of the page, and what the user chose for both.
 * Choices outlive a stop. Dispatches `change` whenever something that the page shows may be
 * different, `camera` when a camera gives pictures that gave none before, `progress` and `stats`
 * (see Cyclorama), `calibration` (likewise) and `error` (a CycloramaError outside any call).
 */
export class Studio extends /** @type {TypedEventTarget<StudioEvents>} */ (EventTarget) {
  /** @type {Cyclorama | null} */
  cyclorama = null;
  /** The composited picture. @type {MediaStreamTrack | null} */
  output = null;
  /** @type {MediaStreamTrack | null} */
  camera = null;
  /** Whether the camera is being asked for. */
  opening = false;
  /** Whether the user turned the camera off, so that the card is shown on the same output. */
  off = false;
  /** @type {CameraChoice} */
  cameraChoice = { deviceId: null, width: 640, height: 480, frameRate: 30 };

  /** Whether the user chose the camera's size, so that the tuning leaves it alone. */
  cameraFixed;

  /** What the tuning leaves of the camera's choice. @type {{ scale: number, frameRate: number }} */
  #shrunk = { scale: 1, frameRate: 60 };
  /** A later start, stop or choice of camera wins over one under way. */
  #turn = 0;
  /** @type {Options} */
  #options = {};
  /** @type {Promise<Cyclorama> | null} */
  #creating = null;
  /** Watches over the camera, or waits for a lost one, no longer. */
  #endVigil = () => {};
  #createCyclorama;
  #devices;

  /**
   * @param {typeof import('./api').createCyclorama} createCyclorama
   * @param {Devices} devices
   * @param {Partial<CameraChoice>} [choice]
   */
  constructor(createCyclorama, devices, choice = {}) {
    super();
    this.#createCyclorama = createCyclorama;
    this.#devices = devices;
    this.cameraChoice = { ...this.cameraChoice, ...choice };
    this.cameraFixed = choice.height !== undefined;
  }

  /** What stands behind the user now, where that is known yet. */
  get background() {
    return this.cyclorama?.background ?? this.#options.background ?? null;
  }

  /** Loads Python without a camera, so that a start need not wait for it. */
  load() {
    this.#create().catch((error) => this.#failed(toCycloramaError(error, 'browser-unsupported')));
  }

  /**
   * Also without a camera. Rejects as `Cyclorama.setBackground`.
   * @param {Background} background
   */
  async setBackground(background) {
    const cyclorama = await this.#creating?.catch(() => null);
    try {
      await cyclorama?.setBackground(background);
    } catch (error) {
      // Stopped meanwhile: then it is the choice for the next start.
      if (cyclorama === this.cyclorama) throw error;
    }
    if (background.type === 'screen' || (cyclorama && cyclorama === this.cyclorama)) return;
    this.#options = { ...this.#options, background };
  }

  /**
   * Asks for the camera and loads Python at the same time. With a camera already open,
   * goes over to the one now chosen, on the same output track. Turns the camera on again
   * where it was off. Rejects with a CycloramaError; Python then goes on loading for the next
   * attempt.
   */
  async start() {
    const turn = ++this.#turn;
    this.opening = true;
    this.#changed();
    const [camera, cyclorama] = await Promise.allSettled([this.#openCamera(), this.#create()]);
    if (turn !== this.#turn) {
      if (camera.status === 'fulfilled') camera.value.stop();
      return;
    }
    try {
      if (camera.status === 'rejected') throw camera.reason;
      if (cyclorama.status === 'rejected') {
        camera.value.stop();
        throw toCycloramaError(cyclorama.reason, 'browser-unsupported');
      }
      const previous = this.camera;
      this.#watch(camera.value);
      this.output = await cyclorama.value.process(camera.value);
      previous?.stop();
      if (turn !== this.#turn) return;
      this.off = false;
      cyclorama.value.resume();
      this.dispatchEvent(new Event('camera'));
    } finally {
      if (turn === this.#turn) this.opening = false;
      this.#changed();
    }
  }

  /** Releases the camera and ends the output track. */
  async stop() {
    this.#turn += 1;
    this.#endVigil();
    this.camera?.stop();
    this.camera = this.output = null;
    this.opening = this.off = false;
    const stopped = this.#discard();
    this.#changed();
    await stopped;
  }

  /** Gives up the instance but keeps what was chosen in it. */
  async #discard() {
    const { cyclorama } = this;
    this.cyclorama = this.#creating = null;
    if (cyclorama) {
      const { background, calibration } = this.#options;
      this.#options = {
        ...chosen(cyclorama.settings, cyclorama.pinned),
        ...(background && { background }),
        calibration,
      };
    }
    await cyclorama?.stop();
  }

  /**
   * Releases the camera, its light included, and shows the card on the same output until the
   * next `start`. A camera that was unplugged does not come back by itself then.
   */
  turnOff() {
    this.#turn += 1;
    this.#endVigil();
    this.cyclorama?.pause();
    this.camera?.stop();
    this.camera = null;
    this.opening = false;
    this.off = true;
    this.#changed();
  }

  /**
   * Goes over to this choice at once where a camera is in use or was unplugged.
   * @param {Partial<CameraChoice>} choice
   * @returns {Promise<void>} rejects with a CycloramaError; the camera in use then stays
   */
  async chooseCamera(choice) {
    const { camera, cameraChoice: before } = this;
    const inUse = camera && this.#devices.of(camera).deviceId;
    this.cameraChoice = { ...before, ...choice };
    const { frameRate } = choice;
    if (frameRate !== undefined) await this.cyclorama?.configure({ frameRate });
    const insteadOfLost = choice.deviceId !== undefined && this.output && !this.off;
    if (!camera && !this.opening && !insteadOfLost) return;
    try {
      await this.start();
    } catch (error) {
      if (inUse) {
        this.cameraChoice = { ...before, deviceId: inUse };
        // It may have been given back to open the other one.
        if (!this.camera) await this.start();
        this.#changed();
      }
      throw error;
    }
  }

  /** What to ask of the camera now. */
  get #asked() {
    const { deviceId, width, height, frameRate } = this.cameraChoice;
    const { scale, frameRate: most } = this.#shrunk;
    return {
      deviceId,
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      frameRate: Math.min(frameRate, most),
    };
  }

  /** The tuning wishes for less of the camera, or for more again. @param {{ scale: number, frameRate: number }} shrunk */
  #shrink(shrunk) {
    this.#shrunk = shrunk;
    // On the same track: what cannot be had is only a wish.
    this.camera
      ?.applyConstraints(wishes(this.#asked))
      .catch((error) => console.info('The camera stays as it is:', error));
  }

  async #openCamera() {
    try {
      return await openCamera(this.#asked);
    } catch (error) {
      // Some systems lend a camera once only: give back the old one first.
      if (!(error instanceof CycloramaError) || error.id !== 'camera-busy' || !this.camera) {
        throw error;
      }
      this.camera.stop();
      this.camera = null;
      return openCamera(this.#asked);
    }
  }

  /** @param {MediaStreamTrack} camera */
  #watch(camera) {
    this.camera = camera;
    this.#endVigil();
    this.#endVigil = keepVigil(camera, this.#devices, {
      errors: { unplugged: 'camera-unplugged', ended: 'camera-ended', muted: 'camera-muted' },
      ended: () => {
        this.camera = null;
        this.#changed();
      },
      failed: (error) => this.#failed(error),
      delivering: () => this.dispatchEvent(new Event('camera')),
      back: ({ deviceId }) => {
        this.cameraChoice.deviceId = deviceId;
        this.start().catch((error) => this.#failed(error));
      },
    });
  }

  /** The instance, made when first needed after a stop. */
  #create() {
    // Without a camera nothing hangs on an instance, and another attempt may go well.
    if (this.cyclorama?.state === 'failed' && !this.output) void this.#discard();
    if (this.#creating) return this.#creating;
    const { frameRate } = this.cameraChoice;
    const creating = this.#createCyclorama({ ...this.#options, frameRate });
    this.#creating = creating;
    creating.then(
      (cyclorama) => {
        // Stopped meanwhile: nobody else knows of this instance.
        if (creating === this.#creating) this.#listen(cyclorama);
        else void cyclorama.stop();
      },
      () => {
        // `start` reports the reason; the next one tries again.
        if (creating === this.#creating) this.#creating = null;
      },
    );
    return creating;
  }

  /** @param {Cyclorama} cyclorama */
  #listen(cyclorama) {
    this.cyclorama = cyclorama;
    this.#shrunk = { scale: 1, frameRate: 60 };
    cyclorama.addEventListener('state', () => this.#changed());
    cyclorama.addEventListener('background', ({ detail: background }) => {
      // What is shared is gone by the next start.
      if (background.type !== 'screen') this.#options = { ...this.#options, background };
      this.#changed();
    });
    cyclorama.addEventListener('error', ({ detail }) => {
      // Whoever watches over the camera knows why it ended.
      if (detail.id !== 'camera-ended') this.#failed(detail);
    });
    cyclorama.addEventListener('camera', (event) => {
      if (this.cameraFixed) return;
      event.preventDefault();
      this.#shrink(event.detail);
    });
    cyclorama.addEventListener('calibration', ({ detail: calibration }) => {
      this.#options = { ...this.#options, calibration };
      this.dispatchEvent(new CustomEvent('calibration', { detail: calibration }));
    });
    cyclorama.addEventListener('tuned', () => this.#changed());
    cyclorama.addEventListener('scenes', () => this.#changed());
    cyclorama.addEventListener('progress', ({ detail }) => {
      this.dispatchEvent(new CustomEvent('progress', { detail }));
    });
    cyclorama.addEventListener('stats', ({ detail }) => {
      this.dispatchEvent(new CustomEvent('stats', { detail }));
    });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @param {AnyError} error */
  #failed(error) {
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }
}
