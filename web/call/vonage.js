/// <reference types="@vonage/client-sdk-video" />
import { CycloramaError, toCycloramaError } from '../errors.js';

/** @import { Call, CallEventMap } from './call' */
/** @import { TypedEventTarget } from '../typed-events' */

/**
 * A call over the Vonage Video API. The only file that names `OT`.
 *
 * @typedef {object} Credentials
 * @property {string} application application id, or API key of an OpenTok project
 * @property {string} session
 * @property {string} token
 */

/** The SDK has no other mark for a screen that comes as a track: peers see its name. */
const SCREEN_SUFFIX = ' (screen)';

/** What `connect` and `publish` answer to credentials that are wrong, expired or too weak. */
const REFUSALS = new Set([
  'OT_AUTHENTICATION_ERROR',
  'OT_INVALID_SESSION_ID',
  'OT_INVALID_PARAMETER',
  'OT_PERMISSION_DENIED',
  'OT_TERMS_OF_SERVICE_FAILURE',
]);

/** @type {Promise<void> | null} */
let loading = null;

/**
 * Loads the SDK, which blocks the page for a third of a second: do it before a call, but not
 * before the user wants one. A second call waits for the first.
 * @param {string | URL} url
 * @returns {Promise<void>} rejects with `sdk-missing`
 */
export function loadSdk(url) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = String(url);
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      loading = null;
      reject(new CycloramaError('sdk-missing', String(url)));
    });
    document.head.append(script);
  });
  return loading;
}

/**
 * @param {Credentials} credentials
 * @param {{ script: string | URL, container: HTMLElement }} options the SDK's script, and where
 *   to show what the others see
 * @returns {Call}
 */
export function createVonageCall({ application, session, token }, { script, container }) {
  if (!application || !session || !token) throw new CycloramaError('call-incomplete');
  return new VonageCall({ application, session, token }, script, container);
}

/**
 * A publisher of our own tracks. `destroy()` of the SDK stops every track of the publisher's
 * stream, also those that were handed to it, and by default it destroys itself when the call
 * ends. So the ending is left to us, and the tracks are taken out of that stream before it.
 */
class TrackPublisher {
  /** @type {MediaStream | null} */
  #stream = null;

  /**
   * @param {HTMLElement} container
   * @param {OT.PublisherProperties} properties
   * @param {(error?: OT.OTError) => void} callback
   */
  constructor(container, properties, callback) {
    this.publisher = OT.initPublisher(
      container,
      {
        insertMode: 'append',
        width: '100%',
        height: '100%',
        fitMode: 'contain',
        mirror: false,
        showControls: false,
        ...properties,
      },
      callback,
    );
    this.publisher.on('mediaStreamAvailable', ({ mediaStream }) => {
      this.#stream = mediaStream;
    });
    this.publisher.on('streamDestroyed', (event) => event.preventDefault());
    // Our camera track outlives the camera; whoever ends a track also leaves or unshares.
    this.publisher.on('mediaStopped', (event) => event.preventDefault());
  }

  /**
   * @param {HTMLElement} container
   * @param {OT.PublisherProperties} properties
   * @returns {Promise<TrackPublisher>}
   */
  static open(container, properties) {
    return new Promise((resolve, reject) => {
      const made = new TrackPublisher(container, properties, (error) => {
        if (error) reject(new CycloramaError('publish-failed', error));
        else resolve(made);
      });
    });
  }

  destroy() {
    for (const track of this.#stream?.getTracks() ?? []) this.#stream?.removeTrack(track);
    this.publisher.destroy();
  }
}

/** @implements {Call} */
class VonageCall extends /** @type {TypedEventTarget<CallEventMap>} */ (EventTarget) {
  #credentials;
  #script;
  #container;
  #over = false;
  #name = '';
  /** @type {OT.Session | null} */
  #session = null;
  /** @type {TrackPublisher | null} */
  #camera = null;
  /** @type {TrackPublisher | null} */
  #screen = null;

  /**
   * @param {Credentials} credentials
   * @param {string | URL} script
   * @param {HTMLElement} container
   */
  constructor(credentials, script, container) {
    super();
    this.#credentials = credentials;
    this.#script = script;
    this.#container = container;
  }

  /** @param {import('./call').Publication} publication */
  async join({ camera, microphone, name }) {
    this.#name = name;
    try {
      await loadSdk(this.#script);
      if (this.#over) return;
      const opened = await TrackPublisher.open(this.#container, {
        videoSource: camera,
        audioSource: microphone ?? false,
        publishAudio: microphone !== null,
        name,
      });
      if (this.#over) {
        opened.destroy();
        return;
      }
      this.#camera = opened;
      await this.#connect();
      if (!this.#over) await this.#publish(opened);
    } catch (error) {
      // Left while joining: whatever failed then failed because of that.
      if (this.#over) return;
      this.#end();
      throw toCycloramaError(error, 'call-unreachable');
    }
  }

  /** @param {MediaStreamTrack} screen */
  async share(screen) {
    const opened = await TrackPublisher.open(this.#container, {
      videoSource: screen,
      audioSource: false,
      publishAudio: false,
      videoContentHint: 'detail',
      name: this.#name + SCREEN_SUFFIX,
    });
    if (this.#over || screen.readyState === 'ended') {
      opened.destroy();
      return;
    }
    this.#screen?.destroy();
    this.#screen = opened;
    await this.#publish(opened);
  }

  async unshare() {
    this.#screen?.destroy();
    this.#screen = null;
  }

  async leave() {
    if (this.#over) return;
    this.#end();
    this.#ended(null);
  }

  /** @returns {Promise<void>} */
  #connect() {
    const { application, session: id, token } = this.#credentials;
    const session = OT.initSession(application, id);
    this.#session = session;
    session.on('streamCreated', ({ stream }) => this.#subscribe(session, stream));
    session.on('streamDestroyed', ({ stream }) => {
      this.dispatchEvent(new CustomEvent('left', { detail: { id: stream.streamId } }));
    });
    session.on('sessionDisconnected', ({ reason }) => {
      if (this.#over) return;
      this.#end();
      const lost = reason === 'networkDisconnected';
      this.#ended(new CycloramaError(lost ? 'call-unreachable' : 'call-ended', reason));
    });
    return new Promise((resolve, reject) => {
      session.connect(token, (error) => {
        if (error) reject(callError(error, 'call-unreachable'));
        else resolve();
      });
    });
  }

  /**
   * @param {TrackPublisher} opened
   * @returns {Promise<void>}
   */
  #publish(opened) {
    return new Promise((resolve, reject) => {
      this.#session?.publish(opened.publisher, (error) => {
        if (error) reject(callError(error, 'publish-failed'));
        else resolve();
      });
    });
  }

  /**
   * @param {OT.Session} session
   * @param {OT.Stream} stream
   */
  #subscribe(session, stream) {
    const element = document.createElement('div');
    const isScreen = stream.videoType === 'screen' || stream.name.endsWith(SCREEN_SUFFIX);
    const name = stream.name.replace(SCREEN_SUFFIX, '');
    /** @type {import('./call').Participant} */
    const detail = {
      id: stream.streamId,
      kind: isScreen ? 'screen' : 'camera',
      name: name || 'Guest',
      element,
    };
    this.dispatchEvent(new CustomEvent('joined', { detail }));
    session.subscribe(
      stream,
      element,
      { insertMode: 'append', width: '100%', height: '100%', fitMode: 'contain' },
      (error) => {
        if (!error) return;
        console.warn(`Could not subscribe to ${stream.streamId}:`, error);
        this.dispatchEvent(new CustomEvent('left', { detail: { id: stream.streamId } }));
      },
    );
  }

  #end() {
    this.#over = true;
    this.#screen?.destroy();
    this.#camera?.destroy();
    this.#screen = this.#camera = null;
    void this.#session?.disconnect();
    this.#session = null;
  }

  /** @param {CycloramaError | null} error */
  #ended(error) {
    this.dispatchEvent(new CustomEvent('ended', { detail: { error } }));
  }
}

/**
 * @param {OT.OTError} error
 * @param {import('../errors.js').ErrorId} otherwise
 */
function callError(error, otherwise) {
  return new CycloramaError(REFUSALS.has(error.name) ? 'call-refused' : otherwise, error);
}
