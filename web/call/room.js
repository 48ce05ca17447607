import { toCycloramaError } from '../errors.js';

/** @import { CycloramaError } from '../api' */
/** @import { Microphone } from '../microphone.js' */
/** @import { Call, CallEventMap, Presence } from './call' */
/** @import { TypedEventTarget } from '../typed-events' */
/**
 * @typedef {Pick<CallEventMap, 'joined' | 'changed' | 'left'>
 *   & { change: Event, error: CustomEvent<CycloramaError> }} RoomEvents
 */

/**
 * The call that the page is in; keeps the page's microphone open where it was joined with one.
 * Dispatches `change`, `joined`, `changed` and `left` (as a Call does) and `error` (a
 * CycloramaError).
 */
export class Room extends /** @type {TypedEventTarget<RoomEvents>} */ (EventTarget) {
  /** @type {'out' | 'joining' | 'in'} */
  state = 'out';
  /** Whether the connection was lost and is being restored. */
  lost = false;
  /** What we are called in the call. */
  name = '';
  /** What the others are told of us. @type {Presence} */
  presence = { muted: true, cameraOff: false };
  /** Whether the others can hear us as long as nothing is muted. */
  withMicrophone = false;
  /** What is shared in the call. @type {MediaStream | null} */
  #shared = null;

  /** @type {Call | null} */
  #call = null;
  /** Empty for the system's own choice. */
  #speakerId = '';
  #microphone;
  /** What the call has of it. @type {MediaStreamTrack | null} */
  #published = null;

  /** @param {Microphone} microphone */
  constructor(microphone) {
    super();
    this.#microphone = microphone;
    microphone.addEventListener('change', () => {
      if (this.state !== 'in') return;
      void this.#publishMicrophone();
      if (this.presence.muted !== this.#isMuted()) void this.tell({ muted: this.#isMuted() });
    });
  }

  /**
   * Errors are dispatched, not thrown: the room is then empty again.
   * @param {Call} call
   * @param {{ camera: MediaStreamTrack, name: string, withMicrophone: boolean }} options
   */
  async join(call, { camera, name, withMicrophone }) {
    const left = this.leave();
    // Before anything is waited for: of two calls joined at once the first must be left.
    this.#call = call;
    this.name = name;
    this.#enter('joining');
    for (const type of /** @type {const} */ (['joined', 'changed', 'left'])) {
      call.addEventListener(type, ({ detail }) => {
        if (call === this.#call) this.#dispatch(type, detail);
      });
    }
    call.addEventListener('connection', ({ detail: { lost } }) => {
      if (call !== this.#call) return;
      this.lost = lost;
      this.#dispatch('change');
    });
    call.addEventListener('silenced', () => {
      if (call === this.#call) this.#microphone.mute(true);
    });
    call.addEventListener('ended', ({ detail: { error } }) => {
      if (call !== this.#call) return;
      this.#empty();
      if (error) this.#dispatch('error', error);
    });
    await left;
    if (call !== this.#call) return;
    const microphone = withMicrophone
      ? await this.#open(() => this.#microphone.open('call'))
      : null;
    if (call !== this.#call) return;
    this.withMicrophone = microphone !== null;
    this.#published = microphone;
    this.presence = { ...this.presence, muted: this.#isMuted() };
    try {
      await call.join({ camera, microphone, name, ...this.presence });
      if (call !== this.#call) return;
      this.#enter('in');
      // What was changed while it was joined.
      await call.tell(this.presence);
      if (this.#speakerId) await this.setSpeaker(this.#speakerId);
      await this.#publishMicrophone();
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

  /** Lets the others hear us in a call that was joined without a microphone. */
  async addMicrophone() {
    const call = this.#call;
    if (this.state !== 'in' || this.withMicrophone) return;
    const track = await this.#open(() => this.#microphone.open('call'));
    if (!track || call !== this.#call) return;
    this.withMicrophone = true;
    await this.#publishMicrophone();
    await this.tell({ muted: this.#isMuted() });
  }

  /**
   * Tells the others, in this call and those to come, what has changed of us.
   * @param {Partial<Presence>} changes
   */
  async tell(changes) {
    this.presence = { ...this.presence, ...changes };
    this.#dispatch('change');
    if (this.state === 'in') await this.#call?.tell(this.presence);
  }

  #isMuted() {
    return !this.withMicrophone || this.#microphone.muted || this.#microphone.track === null;
  }

  /**
   * Plays the others through this device, in this call and those to come.
   * @param {string} deviceId empty for the system's own choice
   */
  async setSpeaker(deviceId) {
    this.#speakerId = deviceId;
    if (this.state !== 'in') return;
    try {
      await this.#call?.setSpeaker(deviceId);
    } catch (error) {
      this.#dispatch('error', toCycloramaError(error, 'speaker-unavailable'));
    }
  }

  /**
   * Shares this in the call, in place of what was; null for nothing. Outside of a call it does
   * nothing. The tracks stay the caller's.
   * @param {MediaStream | null} stream
   */
  async share(stream) {
    const call = this.#call;
    if (!call || this.state !== 'in' || stream === this.#shared) return;
    this.#shared = stream;
    try {
      await (stream ? call.share(stream) : call.unshare());
    } catch (error) {
      // Left or replaced meanwhile: whatever failed then failed because of that.
      if (call !== this.#call || stream !== this.#shared) return;
      throw toCycloramaError(error, 'publish-failed');
    }
  }

  /**
   * The call goes on without what could not be opened.
   * @param {() => Promise<MediaStreamTrack | null>} open rejects with a CycloramaError
   */
  async #open(open) {
    try {
      return await open();
    } catch (error) {
      this.#dispatch('error', error);
      return null;
    }
  }

  /** After another was chosen, or it was unplugged or came back. */
  async #publishMicrophone() {
    const { track } = this.#microphone;
    if (!this.withMicrophone || track === this.#published) return;
    this.#published = track;
    try {
      await this.#call?.setMicrophone(track);
    } catch (error) {
      this.#dispatch('error', toCycloramaError(error, 'microphone-unavailable'));
    }
  }

  #empty() {
    this.#call = null;
    this.lost = false;
    this.withMicrophone = false;
    this.#microphone.close('call');
    this.#shared = null;
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
