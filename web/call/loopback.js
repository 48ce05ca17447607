import { CycloramaError } from '../errors.js';
import { Peer } from './peer.js';
import { playing } from './video.js';

/** @import { Call, CallEventMap } from './call' */
/** @import { TypedEventTarget } from '../typed-events' */

/**
 * A call between tabs of one browser, with no account and no server: RTCPeerConnections
 * signalled over a BroadcastChannel. Every tab connects to every other.
 *
 * A tab that comes says `hello` to all; each of the others answers with an offer.
 * @typedef {{ type: 'hello', from: string }
 *   | { type: 'bye', from: string }
 *   | { type: 'signal', from: string, to: string, signal: import('./peer.js').Signal }} Message
 */

/** Letters, digits and dashes: an id goes into a link and a channel's name. */
const ID = /^[\w-]{1,64}$/;

/**
 * @param {string} id names the call; tabs with the same id meet
 * @param {{ container: HTMLElement }} options where to show what the others see
 * @returns {Call}
 */
export function createLoopbackCall(id, { container }) {
  if (!ID.test(id)) throw new CycloramaError('link-invalid', id);
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
  /** What we publish, the camera first. @type {MediaStream[]} */
  #streams = [];
  #name = '';
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
  async join({ camera, microphone, name }) {
    this.#name = name;
    this.#streams = [new MediaStream(microphone ? [camera, microphone] : [camera])];
    this.#container.append(playing(new MediaStream([camera]), true));
    this.#channel = new BroadcastChannel(`cyclorama-call-${this.#id}`);
    this.#channel.addEventListener('message', (event) => this.#receive(event.data));
    // A closed tab says goodbye itself; without it the others would wait for a time-out.
    addEventListener('pagehide', this.#goodbye);
    this.#send({ type: 'hello', from: this.#self });
  }

  /** @param {MediaStreamTrack} screen */
  async share(screen) {
    await this.unshare();
    const stream = new MediaStream([screen]);
    this.#streams.push(stream);
    this.#screenPreview = playing(stream, true);
    this.#container.append(this.#screenPreview);
    for (const peer of this.#peers.values()) peer.publish(stream, true);
  }

  async unshare() {
    const [, screen] = this.#streams;
    if (!screen) return;
    this.#streams.pop();
    this.#screenPreview?.remove();
    for (const peer of this.#peers.values()) peer.unpublish(screen);
  }

  async leave() {
    if (!this.#channel) return;
    this.#goodbye();
    this.#channel.close();
    this.#channel = null;
    removeEventListener('pagehide', this.#goodbye);
    for (const id of [...this.#peers.keys()]) this.#remove(id);
    this.#container.replaceChildren();
    this.#streams = [];
    this.dispatchEvent(new CustomEvent('ended', { detail: { error: null } }));
  }

  #goodbye = () => this.#send({ type: 'bye', from: this.#self });

  /** @param {Message} message */
  #send(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {Message} message */
  #receive(message) {
    const { from } = message;
    switch (message.type) {
      case 'hello':
        this.#peer(from).start();
        break;
      case 'bye':
        this.#remove(from);
        break;
      case 'signal':
        if (message.to === this.#self) {
          const peer = this.#peer(from);
          peer.start();
          peer.receive(message.signal).catch((error) => {
            // Closed meanwhile: whatever failed then failed because of that.
            if (peer !== this.#peers.get(from)) return;
            console.warn('The connection to another tab failed:', error);
            this.#remove(from);
          });
        }
        break;
    }
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
      joined: (detail) => this.dispatchEvent(new CustomEvent('joined', { detail })),
      left: (streamId) => {
        this.dispatchEvent(new CustomEvent('left', { detail: { id: streamId } }));
      },
      lost: () => this.#remove(id),
    });
    this.#peers.set(id, peer);
    return peer;
  }

  /** @param {string} id */
  #remove(id) {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
  }
}
