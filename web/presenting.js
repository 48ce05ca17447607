import { openScreen } from './screen.js';
import { toCycloramaError } from './errors.js';

/** @import { Background, CycloramaError } from './api' */
/** @import { TypedEventTarget } from './typed-events' */
/**
 * @typedef {Extract<Background, { type: 'screen' }>} ScreenBackground
 *
 * @typedef {object} Arrangement how a shared picture is shown
 * @property {boolean} over whether the person stands in front of it, in one picture
 * @property {NonNullable<ScreenBackground['place']>} place where they then stand
 * @property {number} size and how large; see `Background`
 *
 * @typedef {{ change: Event, error: CustomEvent<CycloramaError> }} PresentingEvents
 */

/**
 * What the user shares: beside the camera, as a picture of its own in the call, or behind them, as
 * one picture. Goes over from one to the other while it runs. Dispatches `change` and `error`.
 */
export class Presenting extends /** @type {TypedEventTarget<PresentingEvents>} */ (EventTarget) {
  /** What is shared, its sound with it. @type {MediaStream | null} */
  stream = null;
  /** @type {Arrangement} */
  arrangement = { over: false, place: 'right', size: 0.5 };

  #studio;
  #room;
  /** Its sound alone, for when the picture is published by other means. @type {MediaStream | null} */
  #sound = null;
  /** What stood behind the person before the slides did. @type {Background | null} */
  #before = null;
  /** Whether the slides are the background. */
  #isOver = false;
  /** One change after the other. @type {Promise<void>} */
  #changing = Promise.resolve();

  /**
   * @param {import('./studio.js').Studio} studio
   * @param {import('./call/room.js').Room} room
   */
  constructor(studio, room) {
    super();
    this.#studio = studio;
    this.#room = room;
    let { state } = room;
    room.addEventListener('change', () => {
      if (room.state === state) return;
      state = room.state;
      if (state === 'in' && this.stream) this.#apply();
      // Whoever leaves a call wants none of its members to see more of their screen.
      if (state === 'out') this.stop();
    });
    studio.addEventListener('change', () => {
      if (!studio.cyclorama) this.stop();
      // Another background was chosen: the slides go back to their own picture.
      else if (this.stream && this.#isOver && studio.cyclorama.background.type !== 'screen') {
        this.#isOver = false;
        this.arrange({ over: false });
      }
    });
  }

  /** Asks for a tab, window or screen; a second one replaces the first. Call from a click. */
  async start() {
    /** @type {MediaStream} */
    let stream;
    try {
      stream = await openScreen();
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (!this.#studio.cyclorama) {
      stopAll(stream);
      return;
    }
    stopAll(this.stream);
    this.stream = stream;
    this.#sound = soundOf(stream);
    // The browser's own bar also stops sharing.
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (stream === this.stream) this.stop();
    });
    this.#apply();
  }

  /** Idempotent. */
  stop() {
    if (!this.stream) return;
    stopAll(this.stream);
    this.stream = this.#sound = null;
    this.#apply();
  }

  /** @param {Partial<Arrangement>} changes */
  arrange(changes) {
    this.arrangement = { ...this.arrangement, ...changes };
    this.#apply();
  }

  #apply() {
    this.dispatchEvent(new Event('change'));
    this.#changing = this.#changing.then(() => this.#show()).catch((error) => this.#failed(error));
  }

  /** Brings the call and the background in line with what is wanted now. */
  async #show() {
    const { stream, arrangement } = this;
    const { cyclorama } = this.#studio;
    const [track] = stream?.getVideoTracks() ?? [];
    const over = arrangement.over && track?.readyState === 'live';
    if (cyclorama && over) {
      if (cyclorama.background.type !== 'screen') this.#before = cyclorama.background;
      const { place, size } = arrangement;
      await cyclorama.setBackground({ type: 'screen', track, place, size });
      this.#isOver = true;
    }
    await this.#room.share(over ? this.#sound : stream);
    if (over || !this.#isOver) return;
    this.#isOver = false;
    const isScreen = cyclorama?.background.type === 'screen';
    if (isScreen && this.#before) await cyclorama.setBackground(this.#before);
  }

  /** @param {unknown} error */
  #failed(error) {
    const detail = toCycloramaError(error, 'publish-failed');
    this.dispatchEvent(new CustomEvent('error', { detail }));
  }
}

/** @param {MediaStream | null} stream */
function stopAll(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** @param {MediaStream} stream */
function soundOf(stream) {
  const sound = stream.getAudioTracks();
  return sound.length > 0 ? new MediaStream(sound) : null;
}
