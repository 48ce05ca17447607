import { CycloramaError } from '../errors.js';
import { Peer } from './peer.js';
import { isId, toMessage } from './signals.js';
import { playing } from './video.js';

/** @import { Call, CallEventMap, Presence } from './call' */
/** @import { Message } from './signals.js' */
/** @import { TypedEventTarget } from '../typed-events' */

/**
 * A call between tabs of one browser, with no account and no server: RTCPeerConnections
 * signalled over a BroadcastChannel. Every tab connects to every other.
 *
 * A tab that comes says `hello` to all; each of the others answers with an offer. One that goes
 * says `bye`; of one that crashes the others know because each tab holds a lock while it is in
 * the call, which the browser hands to whoever waits for it. Nobody without one is connected to.
 */

/** Others in a call; more than one machine can show. */
const MOST_PEERS = 16;

/**
 * @param {string} id names the call; tabs with the same id meet
 * @param {{ container: HTMLElement }} options where to show what the others see
 * @returns {Call}
 */
export function createLoopbackCall(id, { container }) {
  if (!isId(id)) throw new CycloramaError('link-invalid', id);
  return new LoopbackCall(id, container);
}

/** @implements {Call} */
class LoopbackCall extends /** @type {TypedEventTarget<CallEventMap>} */ (EventTarget) {
  #self = crypto.randomUUID();
  #id;
  #container;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {Map<string, Peer>} */
  #peers = new Map();
  /** Until what was heard so far is dealt with. */
  #receiving = Promise.resolve();
  /** What we publish, the camera first. @type {MediaStream[]} */
  #streams = [];
  #name = '';
  /** @type {Presence} */
  #presence = { muted: true, cameraOff: false };
  /** Lets go of what says that this tab is in the call. */
  #release = () => {};
  /** Empty for the system's own choice. */
  #speakerId = '';
  /** What plays the others, by their streams' ids. @type {Map<string, HTMLVideoElement>} */
  #theirs = new Map();
  /** @type {HTMLVideoElement | null} */
  #screenPreview = null;

  /**
   * @param {string} id
   * @param {HTMLElement} container
   */
  constructor(id, container) {
    super();
    this.#id = id;
    this.#container = container;
  }

  /** @param {import('./call').Publication} publication */
  async join({ camera, microphone, name, muted, cameraOff }) {
    this.#name = name;
    this.#presence = { muted, cameraOff };
    this.#streams = [new MediaStream(microphone ? [camera, microphone] : [camera])];
    this.#container.append(playing(new MediaStream([camera]), true));
    this.#channel = new BroadcastChannel(`cyclorama-call-${this.#id}`);
    this.#channel.addEventListener('message', ({ data }) => this.#hear(data));
    // A closed tab says goodbye itself; without it the others would wait for a time-out.
    addEventListener('pagehide', this.#goodbye);
    await this.#holdLock();
    this.#send({ type: 'hello', from: this.#self });
  }

  /** @param {MediaStream} stream */
  async share(stream) {
    await this.unshare();
    this.#streams.push(stream);
    if (stream.getVideoTracks().length > 0) {
      this.#screenPreview = playing(stream, true);
      this.#container.append(this.#screenPreview);
    }
    for (const peer of this.#peers.values()) peer.publish(stream, true);
  }

  async unshare() {
    const [, screen] = this.#streams;
    if (!screen) return;
    this.#streams.pop();
    this.#screenPreview?.remove();
    this.#screenPreview = null;
    for (const peer of this.#peers.values()) peer.unpublish(screen);
  }

  /** @param {MediaStreamTrack | null} track */
  async setMicrophone(track) {
    const [stream] = this.#streams;
    if (!stream) return;
    for (const old of stream.getAudioTracks()) stream.removeTrack(old);
    if (track) stream.addTrack(track);
    await Promise.all([...this.#peers.values()].map((peer) => peer.setMicrophone(track, stream)));
  }

  /** @param {string} deviceId */
  async setSpeaker(deviceId) {
    this.#speakerId = deviceId;
    await Promise.all([...this.#theirs.values()].map((video) => video.setSinkId(deviceId)));
  }

  /** @param {Presence} presence */
  async tell(presence) {
    this.#presence = presence;
    for (const peer of this.#peers.values()) peer.tell();
  }

  async leave() {
    if (!this.#channel) return;
    this.#goodbye();
    this.#channel.close();
    this.#channel = null;
    removeEventListener('pagehide', this.#goodbye);
    this.#release();
    for (const id of [...this.#peers.keys()]) this.#remove(id);
    this.#container.replaceChildren();
    this.#streams = [];
    this.dispatchEvent(new CustomEvent('ended', { detail: { error: null } }));
  }

  #goodbye = () => this.#send({ type: 'bye', from: this.#self });

  async #holdLock() {
    /** @type {PromiseWithResolvers<void>} */
    const held = Promise.withResolvers();
    /** @type {PromiseWithResolvers<void>} */
    const released = Promise.withResolvers();
    this.#release = released.resolve;
    void navigator.locks.request(lockName(this.#self), () => {
      held.resolve();
      return released.promise;
    });
    await held.promise;
  }

  /** @param {Message} message */
  #send(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {unknown} data from another tab of this origin, which need not be a page of ours */
  #hear(data) {
    const message = toMessage(data);
    if (!message || (message.type === 'signal' && message.to !== this.#self)) return;
    // One after the other: what a tab says first must be dealt with first.
    this.#receiving = this.#receiving.then(() => this.#receive(message)).catch(complain);
  }

  /** @param {Message} message */
  async #receive(message) {
    const { from } = message;
    if (message.type === 'bye') {
      this.#remove(from);
      return;
    }
    // Looking takes a moment, in which the call may be left.
    if (!(await this.#admits(from)) || !this.#channel) return;
    const peer = this.#peer(from);
    peer.start();
    if (message.type === 'hello') return;
    peer.receive(message.signal).catch((error) => {
      // Closed meanwhile: whatever failed then failed because of that.
      if (peer !== this.#peers.get(from)) return;
      complain(error);
      this.#remove(from);
    });
  }

  /**
   * Whether there is such a tab, and room for it.
   * @param {string} id
   */
  async #admits(id) {
    if (this.#peers.has(id)) return true;
    if (id === this.#self || this.#peers.size >= MOST_PEERS) return false;
    return isHeld(lockName(id));
  }

  /**
   * The connection to a tab, made when first heard of.
   * @param {string} id
   */
  #peer(id) {
    const known = this.#peers.get(id);
    if (known) return known;
    const peer = new Peer({
      name: this.#name,
      streams: this.#streams,
      // Any rule will do on which the two of them agree.
      polite: this.#self < id,
      send: (signal) => this.#send({ type: 'signal', from: this.#self, to: id, signal }),
      presence: () => this.#presence,
      joined: (detail) => {
        this.#theirs.set(detail.id, detail.element);
        if (this.#speakerId) void detail.element.setSinkId(this.#speakerId);
        this.dispatchEvent(new CustomEvent('joined', { detail }));
      },
      changed: (streamId, presence) => {
        const detail = { id: streamId, ...presence };
        this.dispatchEvent(new CustomEvent('changed', { detail }));
      },
      left: (streamId) => {
        this.#theirs.delete(streamId);
        this.dispatchEvent(new CustomEvent('left', { detail: { id: streamId } }));
      },
    });
    this.#peers.set(id, peer);
    // Granted once that tab has let go of it: it left, was closed or crashed.
    void navigator.locks.request(lockName(id), () => {
      if (peer === this.#peers.get(id)) this.#remove(id);
    });
    return peer;
  }

  /** @param {string} id */
  #remove(id) {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
  }
}

/** @param {string} id of a tab */
function lockName(id) {
  return `cyclorama-call-${id}`;
}

/** @param {string} name of a lock @returns {Promise<boolean>} */
function isHeld(name) {
  const options = /** @type {const} */ ({ ifAvailable: true, mode: 'shared' });
  return navigator.locks.request(name, options, (lock) => lock === null);
}

/** @param {unknown} error */
function complain(error) {
  console.warn('The connection to another tab failed:', error);
}
