import { openMicrophone } from '../microphone.js';
import { openScreen } from '../screen.js';
import { toCycloramaError } from '../errors.js';

/** @import { CycloramaError } from '../api' */
/** @import { Call, CallEventMap } from './call' */
/** @import { TypedEventTarget } from '../typed-events' */
/** @typedef {Omit<CallEventMap, 'ended'> & { change: Event, error: CustomEvent<CycloramaError> }} RoomEvents */

/**
 * The call that the page is in, with the microphone and the shared screen that belong to it.
 * Dispatches `change`, `joined` and `left` (as a Call does) and `error` (a CycloramaError).
 */
export class Room extends /** @type {TypedEventTarget<RoomEvents>} */ (EventTarget) {
  /** @type {'out' | 'joining' | 'in'} */
  state = 'out';
  /** @type {MediaStreamTrack | null} */
  microphone = null;
  /** @type {MediaStreamTrack | null} */
  screen = null;

  /** @type {Call | null} */
  #call = null;

  /**
   * Errors are dispatched, not thrown: the room is then empty again.
   * @param {Call} call
   * @param {{ camera: MediaStreamTrack, name: string, withMicrophone: boolean }} options
   */
  async join(call, { camera, name, withMicrophone }) {
    const left = this.leave();
    // Before anything is waited for: of two calls joined at once the first must be left.
    this.#call = call;
    this.#enter('joining');
    call.addEventListener('joined', ({ detail }) => {
      if (call === this.#call) this.#dispatch('joined', detail);
    });
    call.addEventListener('left', ({ detail }) => {
      if (call === this.#call) this.#dispatch('left', detail);
    });
    call.addEventListener('ended', ({ detail: { error } }) => {
      if (call !== this.#call) return;
      this.#empty();
      if (error) this.#dispatch('error', error);
    });
    await left;
    const microphone = withMicrophone ? await this.#open(openMicrophone) : null;
    if (call !== this.#call) {
      microphone?.stop();
      return;
    }
    this.microphone = microphone;
    try {
      await call.join({ camera, microphone, name });
      if (call === this.#call) this.#enter('in');
    } catch (error) {
      if (call !== this.#call) return;
      this.#empty();
      this.#dispatch('error', toCycloramaError(error, 'call-unreachable'));
    }
  }

  /** Idempotent. */
  async leave() {
    const call = this.#call;
    if (!call) return;
    this.#empty();
    await call.leave();
  }

  toggleMicrophone() {
    if (!this.microphone) return;
    this.microphone.enabled = !this.microphone.enabled;
    this.#dispatch('change');
  }

  /** Asks for a tab, window or screen and shares it. Call from a click. */
  async share() {
    const call = this.#call;
    if (!call) return;
    const screen = await this.#open(openScreen);
    if (!screen) return;
    if (call !== this.#call) {
      screen.stop();
      return;
    }
    this.screen?.stop();
    this.screen = screen;
    // The browser's own bar also stops sharing.
    screen.addEventListener('ended', () => {
      if (screen === this.screen) void this.unshare();
    });
    this.#dispatch('change');
    try {
      await call.share(screen);
    } catch (error) {
      // Stopped or replaced meanwhile: whatever failed then failed because of that.
      if (screen !== this.screen) return;
      await this.unshare();
      this.#dispatch('error', toCycloramaError(error, 'publish-failed'));
    }
  }

  async unshare() {
    const { screen } = this;
    this.screen = null;
    screen?.stop();
    this.#dispatch('change');
    await this.#call?.unshare();
  }

  /**
   * The call goes on without what could not be opened.
   * @param {() => Promise<MediaStreamTrack>} open rejects with a CycloramaError
   */
  async #open(open) {
    try {
      return await open();
    } catch (error) {
      this.#dispatch('error', error);
      return null;
    }
  }

  #empty() {
    this.#call = null;
    this.microphone?.stop();
    this.screen?.stop();
    this.microphone = this.screen = null;
    this.#enter('out');
  }

  /** @param {Room['state']} state */
  #enter(state) {
    this.state = state;
    this.#dispatch('change');
  }

  /**
   * @param {keyof RoomEvents} type
   * @param {unknown} [detail]
   */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
