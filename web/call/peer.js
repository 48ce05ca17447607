import { playing } from './video.js';

/** @import { Participant, Presence } from './call' */
/** @import { Signal } from './signals.js' */

/** Streams of one tab that are shown: a camera and a screen, and those that are to replace them. */
const MOST_STREAMS = 4;

/**
 * @typedef {object} PeerOptions
 * @property {string} name ours
 * @property {MediaStream[]} streams to publish, the camera first, then a shared screen
 * @property {boolean} polite whether this side gives way when both offer at once
 * @property {(signal: Signal) => void} send
 * @property {() => Presence} presence ours
 * @property {(participant: Participant & { element: HTMLVideoElement }) => void} joined
 * @property {(streamId: string, presence: Presence) => void} changed
 * @property {(streamId: string) => void} left
 */

/** One connection of a call, by the "perfect negotiation" pattern of the WebRTC standard. */
export class Peer {
  // No STUN server: both ends are in this browser.
  #connection = new RTCPeerConnection();
  #options;
  #started = false;
  #makingOffer = false;
  /** Candidates of an offer that was ignored, or never heard, belong to nothing. */
  #ignoring = true;
  /** Id of the shared screen's stream, ours and theirs. @type {string | null} */
  #screen = null;
  /** @type {string | null} */
  #theirScreen = null;
  #theirName = '';
  /** @type {Presence} */
  #theirPresence = { muted: true, cameraOff: false };
  /** What sends our microphone, once there was one. @type {RTCRtpSender | null} */
  #microphone = null;
  /** Streams that were announced with `joined`. @type {Set<string>} */
  #announced = new Set();

  /** @param {PeerOptions} options */
  constructor(options) {
    this.#options = options;
    const connection = this.#connection;
    connection.addEventListener('negotiationneeded', () => void this.#offer());
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) options.send({ candidate: candidate.toJSON() });
    });
    connection.addEventListener('track', ({ streams: [stream] }) => {
      if (stream) this.#announce(stream);
    });
    connection.addEventListener('connectionstatechange', () => {
      // The network changed under both tabs. A tab that is gone is heard of elsewhere.
      if (connection.connectionState === 'failed') connection.restartIce();
    });
  }

  /** Publishes; the offer follows by itself. Idempotent. */
  start() {
    if (this.#started) return;
    this.#started = true;
    this.#options.streams.forEach((stream, index) => this.publish(stream, index > 0));
  }

  /**
   * @param {MediaStream} stream
   * @param {boolean} isScreen
   */
  publish(stream, isScreen) {
    if (isScreen) this.#screen = stream.id;
    for (const track of stream.getTracks()) {
      const sender = this.#connection.addTrack(track, stream);
      if (track.kind === 'audio' && !isScreen) this.#microphone = sender;
    }
  }

  /**
   * @param {MediaStreamTrack | null} track
   * @param {MediaStream} stream of our camera
   */
  async setMicrophone(track, stream) {
    if (this.#microphone) await this.#microphone.replaceTrack(track);
    else if (track) this.#microphone = this.#connection.addTrack(track, stream);
  }

  /** Tells our presence, which has changed. */
  tell() {
    this.#options.send({ presence: this.#options.presence() });
  }

  /** @param {MediaStream} stream */
  unpublish(stream) {
    const tracks = stream.getTracks();
    for (const sender of this.#connection.getSenders()) {
      if (sender.track && tracks.includes(sender.track)) this.#connection.removeTrack(sender);
    }
    this.#screen = null;
  }

  /** @param {Signal} signal */
  async receive(signal) {
    const connection = this.#connection;
    if ('candidate' in signal) {
      if (!this.#ignoring) await connection.addIceCandidate(signal.candidate);
      return;
    }
    this.#theirPresence = signal.presence;
    if (!('description' in signal)) {
      for (const id of this.#announced) this.#options.changed(id, signal.presence);
      return;
    }
    const { description } = signal;
    const collision =
      description.type === 'offer' && (this.#makingOffer || connection.signalingState !== 'stable');
    this.#ignoring = collision && !this.#options.polite;
    if (this.#ignoring) return;
    this.#theirName = signal.name;
    this.#theirScreen = signal.screen;
    await connection.setRemoteDescription(description);
    if (description.type === 'offer') {
      await connection.setLocalDescription();
      this.#describe();
    }
  }

  close() {
    this.#connection.close();
    for (const id of this.#announced) this.#options.left(id);
    this.#announced.clear();
  }

  async #offer() {
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#describe();
    } finally {
      this.#makingOffer = false;
    }
  }

  #describe() {
    const description = this.#connection.localDescription;
    if (!description) return;
    const { name, presence, send } = this.#options;
    const told = { name, screen: this.#screen, presence: presence() };
    send({ description: description.toJSON(), ...told });
  }

  /** @param {MediaStream} stream */
  #announce(stream) {
    if (this.#announced.has(stream.id) || this.#announced.size >= MOST_STREAMS) return;
    this.#announced.add(stream.id);
    const seen = stream.getVideoTracks().length > 0;
    stream.addEventListener('removetrack', () => {
      const left = seen ? stream.getVideoTracks() : stream.getTracks();
      if (left.length > 0 || !this.#announced.delete(stream.id)) return;
      this.#options.left(stream.id);
    });
    const screen = seen ? 'screen' : 'sound';
    this.#options.joined({
      id: stream.id,
      kind: stream.id === this.#theirScreen ? screen : 'camera',
      name: this.#theirName,
      element: playing(stream, false),
      level: () => this.#level(stream),
      ...this.#theirPresence,
    });
  }

  /** @param {MediaStream} stream */
  #level(stream) {
    const [track] = stream.getAudioTracks();
    const receiver = this.#connection.getReceivers().find((one) => one.track === track);
    return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }
}
