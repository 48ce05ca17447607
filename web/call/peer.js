import { playing } from './video.js';

/**
 * What two tabs tell each other. With a description come the sender's name and which of its
 * streams is a shared screen: WebRTC itself says neither.
 * @typedef {{ description: RTCSessionDescriptionInit, name: string, screen: string | null }
 *   | { candidate: RTCIceCandidateInit }} Signal
 */

/**
 * @typedef {object} PeerOptions
 * @property {string} name ours
 * @property {MediaStream[]} streams to publish, the camera first, then a shared screen
 * @property {boolean} polite whether this side gives way when both offer at once
 * @property {(signal: Signal) => void} send
 * @property {(participant: import('./call').Participant) => void} joined
 * @property {(streamId: string) => void} left
 * @property {() => void} lost the connection broke and will not come back
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
      if (connection.connectionState === 'failed') options.lost();
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
    for (const track of stream.getTracks()) this.#connection.addTrack(track, stream);
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
    const { name, send } = this.#options;
    send({ description: description.toJSON(), name, screen: this.#screen });
  }

  /** @param {MediaStream} stream */
  #announce(stream) {
    if (this.#announced.has(stream.id)) return;
    this.#announced.add(stream.id);
    stream.addEventListener('removetrack', () => {
      if (stream.getVideoTracks().length > 0 || !this.#announced.delete(stream.id)) return;
      this.#options.left(stream.id);
    });
    this.#options.joined({
      id: stream.id,
      kind: stream.id === this.#theirScreen ? 'screen' : 'camera',
      name: this.#theirName,
      element: playing(stream, false),
    });
  }
}
