import { mediaDevices } from './devices.js';
import { CycloramaError } from './errors.js';
import { keepVigil } from './vigil.js';

/** @import { Devices } from './devices.js' */
/** @import { TypedEventTarget } from './typed-events' */
/** @typedef {{ change: Event, sound: Event, error: CustomEvent<CycloramaError> }} MicrophoneEvents */

/**
 * The microphone of the page: which one, whether it is muted, and open for as long as a call or
 * the level meter uses it. A muted one stays open and sends silence. Dispatches `change`,
 * `sound` when it gives sound that gave none before, and `error` (a CycloramaError).
 */
export class Microphone extends /** @type {TypedEventTarget<MicrophoneEvents>} */ (EventTarget) {
  /** Null: the system's own choice. @type {string | null} */
  deviceId = null;
  muted = false;
  /** Another one after a change of device. @type {MediaStreamTrack | null} */
  track = null;

  #devices;
  /** @type {Set<'call' | 'meter'>} */
  #users = new Set();
  /** A later choice or close wins over an opening under way. */
  #turn = 0;
  /** @type {Promise<void> | null} */
  #opening = null;
  /** Watches over the track, or waits for a lost device, no longer. */
  #endVigil = () => {};

  /** @param {Devices} devices */
  constructor(devices) {
    super();
    this.#devices = devices;
  }

  /**
   * @param {'call' | 'meter'} user
   * @returns {Promise<MediaStreamTrack | null>} null where it was closed meanwhile; rejects with a
   *   CycloramaError
   */
  async open(user) {
    this.#users.add(user);
    try {
      if (!this.track) await (this.#opening ?? this.#reopen());
      return this.track;
    } catch (error) {
      this.#users.delete(user);
      throw error;
    }
  }

  /**
   * Idempotent. The last user's turns the light off.
   * @param {'call' | 'meter'} user
   */
  close(user) {
    if (!this.#users.delete(user) || this.#users.size > 0) return;
    this.#turn += 1;
    this.#opening = null;
    this.#endVigil();
    this.track?.stop();
    this.track = null;
    this.#changed();
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.muted = muted;
    if (this.track) this.track.enabled = !muted;
    this.#changed();
  }

  /**
   * Goes over to this device at once where one is in use.
   * @param {string | null} deviceId
   * @returns {Promise<void>} rejects with a CycloramaError; the old one then stays
   */
  async choose(deviceId) {
    const before = this.deviceId;
    this.deviceId = deviceId;
    if (this.#users.size === 0) return;
    try {
      await this.#reopen();
    } catch (error) {
      if (this.track) this.deviceId = before;
      this.#changed();
      throw error;
    }
  }

  #reopen() {
    const opening = this.#open().finally(() => {
      if (opening === this.#opening) this.#opening = null;
    });
    this.#opening = opening;
    return opening;
  }

  async #open() {
    const turn = ++this.#turn;
    const track = await openMicrophone(this.deviceId);
    if (turn !== this.#turn) {
      track.stop();
      // Of another device, by a later choice.
      await this.#opening;
      return;
    }
    this.track?.stop();
    this.track = track;
    track.enabled = !this.muted;
    this.#watch(track);
    this.dispatchEvent(new Event('sound'));
    this.#changed();
  }

  /** @param {MediaStreamTrack} track */
  #watch(track) {
    this.#endVigil();
    this.#endVigil = keepVigil(track, this.#devices, {
      errors: {
        unplugged: 'microphone-unplugged',
        ended: 'microphone-unavailable',
        muted: 'microphone-muted',
      },
      ended: () => {
        this.track = null;
        this.#changed();
      },
      failed: (error) => this.#failed(error),
      delivering: () => this.dispatchEvent(new Event('sound')),
      back: ({ deviceId }) => {
        this.choose(deviceId).catch((error) => this.#failed(error));
      },
    });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** @param {CycloramaError} error */
  #failed(error) {
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }
}

/**
 * Opens a microphone as a call wants it: without echo and noise, at an even level.
 * @param {string | null} deviceId null for the system's own choice
 * @returns {Promise<MediaStreamTrack>} rejects with a CycloramaError
 */
async function openMicrophone(deviceId) {
  /** @type {MediaTrackConstraints} */
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (deviceId !== null) audio.deviceId = { exact: deviceId };
  try {
    const stream = await mediaDevices().getUserMedia({ audio });
    const [track] = stream.getAudioTracks();
    if (!track) throw new Error('a stream without a track');
    return track;
  } catch (error) {
    throw microphoneError(error);
  }
}

/**
 * @param {unknown} error from getUserMedia
 * @returns {CycloramaError}
 */
function microphoneError(error) {
  switch (error instanceof Error ? error.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new CycloramaError('microphone-missing', error);
    case 'NotReadableError':
    case 'AbortError':
      return new CycloramaError('microphone-busy', error);
    default:
      return new CycloramaError('microphone-unavailable', error);
  }
}
