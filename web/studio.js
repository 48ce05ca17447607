import { openCamera } from './camera.js';
import { CycloramaError, toCycloramaError } from './errors.js';

/** @import { Cyclorama, CycloramaError as AnyError, Options, Progress } from './api' */
/** @import { CameraChoice } from './camera.js' */
/** @import { TypedEventTarget } from './typed-events' */
/**
 * @typedef {object} StudioEvents
 * @property {Event} change
 * @property {CustomEvent<Progress>} progress
 * @property {CustomEvent<AnyError>} error
 */

/**
 * The camera and the Cyclorama instance of the page, and what the user chose for both.
 * Choices outlive a stop. Dispatches `change` whenever something that the page shows may be
 * different, `progress` (see Cyclorama) and `error` (a CycloramaError outside any call).
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
  /** @type {CameraChoice} */
  cameraChoice = { deviceId: null, width: 640, height: 480, frameRate: 30 };

  /** A later start, stop or choice of camera wins over one under way. */
  #turn = 0;
  /** @type {Options} */
  #options = {};
  /** @type {Promise<Cyclorama> | null} */
  #creating = null;
  #createCyclorama;

  /** @param {typeof import('./api').createCyclorama} createCyclorama */
  constructor(createCyclorama) {
    super();
    this.#createCyclorama = createCyclorama;
  }

  /**
   * Asks for the camera and loads Python at the same time. With a camera already open,
   * goes over to the one now chosen, on the same output track. Rejects with a
   * CycloramaError; Python then goes on loading for the next attempt.
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
    } finally {
      if (turn === this.#turn) this.opening = false;
      this.#changed();
    }
  }

  /** Releases the camera and ends the output track. */
  async stop() {
    this.#turn += 1;
    const { camera, cyclorama } = this;
    this.camera = this.cyclorama = this.output = this.#creating = null;
    this.opening = false;
    camera?.stop();
    if (cyclorama) this.#options = { ...cyclorama.settings, background: cyclorama.background };
    this.#changed();
    await cyclorama?.stop();
  }

  /** @param {Partial<CameraChoice>} choice */
  async chooseCamera(choice) {
    this.cameraChoice = { ...this.cameraChoice, ...choice };
    const { frameRate } = choice;
    if (frameRate !== undefined) await this.cyclorama?.configure({ frameRate });
    if (this.camera || this.opening) await this.start();
  }

  async #openCamera() {
    try {
      return await openCamera(this.cameraChoice);
    } catch (error) {
      // Some systems lend a camera once only: give back the old one first.
      if (!(error instanceof CycloramaError) || error.id !== 'camera-busy' || !this.camera) {
        throw error;
      }
      this.camera.stop();
      this.camera = null;
      return openCamera(this.cameraChoice);
    }
  }

  /** @param {MediaStreamTrack} camera */
  #watch(camera) {
    this.camera = camera;
    camera.addEventListener('ended', () => {
      if (camera !== this.camera) return;
      this.camera = null;
      this.#failed(new CycloramaError('camera-ended'));
      this.#changed();
    });
  }

  /** The instance, made when first needed after a stop. */
  #create() {
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
    cyclorama.addEventListener('state', () => this.#changed());
    cyclorama.addEventListener('error', ({ detail }) => this.#failed(detail));
    cyclorama.addEventListener('progress', ({ detail }) => {
      this.dispatchEvent(new CustomEvent('progress', { detail }));
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
