/// <reference types="@vonage/client-sdk-video" />
import { CycloramaError, toCycloramaError } from '../errors.js';
import { checked } from './credentials.js';
import { shownName } from './name.js';
import { openSilence } from './silence.js';

/** @import { Call, CallEventMap, Participant, Presence } from './call' */
/** @import { Credentials } from './credentials.js' */
/** @import { TypedEventTarget } from '../typed-events' */

/** A call over the Vonage Video API. The only file that names `OT`. */

/** The SDK has no other mark for a screen that comes as a track: peers see its name. */
const SCREEN_SUFFIX = ' (screen)';

/** Of the signal that says whether our camera is off: the card is published like any picture. */
const CAMERA_SIGNAL = 'cyclorama-camera';

/** What `connect` and `publish` answer to credentials that are wrong, expired or too weak. */
const REFUSALS = new Set([
  'OT_AUTHENTICATION_ERROR',
  'OT_INVALID_SESSION_ID',
  'OT_INVALID_PARAMETER',
  'OT_PERMISSION_DENIED',
  'OT_TERMS_OF_SERVICE_FAILURE',
]);

/**
 * Why a session ended, where that was not our doing.
 * @type {Map<string, import('../errors.js').ErrorId>}
 */
const DISCONNECTIONS = new Map([
  ['networkDisconnected', 'call-unreachable'],
  ['forceDisconnected', 'call-removed'],
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
export function createVonageCall(credentials, { script, container }) {
  return new VonageCall(checked(credentials), script, container);
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
  /** @type {Presence} */
  #presence = { muted: true, cameraOff: false };
  /** In place of a microphone. @type {ReturnType<typeof openSilence> | null} */
  #silence = null;
  /** The others' streams by id. @type {Map<string, OT.Stream>} */
  #streams = new Map();
  /** Ids of the connections that told that their camera is off. @type {Set<string>} */
  #camerasOff = new Set();
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
  async join({ camera, microphone, name, muted, cameraOff }) {
    this.#name = name;
    this.#presence = { muted, cameraOff };
    try {
      await loadSdk(this.#script);
      if (this.#over) return;
      if (!microphone) this.#silence = openSilence();
      const opened = await TrackPublisher.open(this.#container, {
        videoSource: camera,
        audioSource: microphone ?? this.#silence?.track ?? false,
        publishAudio: !muted,
        // The page itself watches its microphones.
        disableAudioInputDeviceManagement: true,
        name,
      });
      if (this.#over) {
        opened.destroy();
        return;
      }
      this.#camera = opened;
      opened.publisher.on('streamDestroyed', ({ reason }) => {
        if (reason === 'forceUnpublished') this.#fail(new CycloramaError('call-removed', reason));
      });
      await this.#connect();
      if (!this.#over) await this.#publish(opened);
    } catch (error) {
      // Left while joining: whatever failed then failed because of that.
      if (this.#over) return;
      this.#end();
      throw toCycloramaError(error, 'call-unreachable');
    }
  }

  /** @param {MediaStream} stream */
  async share(stream) {
    const [video = null] = stream.getVideoTracks();
    const [audio = false] = stream.getAudioTracks();
    const opened = await TrackPublisher.open(this.#container, {
      videoSource: video,
      audioSource: audio,
      publishAudio: audio !== false,
      // It is no voice: what makes speech clear spoils music.
      disableAudioProcessing: true,
      enableStereo: true,
      videoContentHint: 'detail',
      name: this.#name + SCREEN_SUFFIX,
    });
    if (this.#over || !stream.active) {
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

  /** @param {MediaStreamTrack | null} track */
  async setMicrophone(track) {
    const publisher = this.#camera?.publisher;
    if (track) await publisher?.setAudioSource(track);
    publisher?.publishAudio(track !== null && !this.#presence.muted);
  }

  /** @param {string} deviceId */
  async setSpeaker(deviceId) {
    await OT.setAudioOutputDevice(deviceId || 'default');
  }

  /** @param {Presence} presence */
  async tell(presence) {
    const { muted, cameraOff } = this.#presence;
    this.#presence = presence;
    if (presence.muted !== muted) this.#camera?.publisher.publishAudio(!presence.muted);
    if (presence.cameraOff !== cameraOff) this.#tellCamera();
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
    session.on('streamDestroyed', ({ stream }) => this.#left(stream));
    session.on('streamPropertyChanged', ({ stream, changedProperty, newValue }) => {
      if (changedProperty === 'hasAudio') this.#changed(stream, { muted: !newValue });
      if (changedProperty === 'hasVideo') this.#changed(stream, { cameraOff: !newValue });
    });
    session.on('connectionCreated', ({ connection }) => {
      if (this.#presence.cameraOff) this.#tellCamera(connection);
    });
    session.on(`signal:${CAMERA_SIGNAL}`, ({ from, data }) => {
      if (from) this.#turned(from, data === 'off');
    });
    session.on('sessionReconnecting', () => this.#connection(true));
    session.on('sessionReconnected', () => this.#connection(false));
    session.on('muteForced', () => this.dispatchEvent(new Event('silenced')));
    session.on('sessionDisconnected', ({ reason }) => {
      this.#fail(new CycloramaError(DISCONNECTIONS.get(reason) ?? 'call-ended', reason));
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
    // After a lost connection the SDK may name those again that never left.
    if (this.#streams.has(stream.streamId)) return;
    this.#streams.set(stream.streamId, stream);
    const element = document.createElement('div');
    const isScreen = stream.videoType === 'screen' || stream.name.endsWith(SCREEN_SUFFIX);
    const shared = stream.hasVideo ? 'screen' : 'sound';
    let level = 0;
    /** @type {Participant} */
    const detail = {
      id: stream.streamId,
      kind: isScreen ? shared : 'camera',
      name: shownName(stream.name.replace(SCREEN_SUFFIX, '')),
      element,
      muted: !stream.hasAudio,
      cameraOff: !stream.hasVideo || this.#camerasOff.has(stream.connection.connectionId),
      level: () => level,
    };
    this.dispatchEvent(new CustomEvent('joined', { detail }));
    const subscriber = session.subscribe(
      stream,
      element,
      { insertMode: 'append', width: '100%', height: '100%', fitMode: 'contain' },
      (error) => {
        if (!error) return;
        console.warn(`Could not subscribe to ${stream.streamId}:`, error);
        this.#left(stream);
      },
    );
    subscriber.on('audioLevelUpdated', ({ audioLevel }) => {
      level = audioLevel;
    });
  }

  /** @param {OT.Stream} stream */
  #left({ streamId: id }) {
    if (this.#streams.delete(id)) this.dispatchEvent(new CustomEvent('left', { detail: { id } }));
  }

  /**
   * @param {OT.Stream} stream
   * @param {Partial<Presence>} presence
   */
  #changed({ streamId: id }, presence) {
    this.dispatchEvent(new CustomEvent('changed', { detail: { id, ...presence } }));
  }

  /**
   * Somebody's camera was turned off or on.
   * @param {OT.Connection} from
   * @param {boolean} cameraOff
   */
  #turned({ connectionId }, cameraOff) {
    if (cameraOff) this.#camerasOff.add(connectionId);
    else this.#camerasOff.delete(connectionId);
    for (const stream of this.#streams.values()) {
      if (stream.connection.connectionId === connectionId) this.#changed(stream, { cameraOff });
    }
  }

  /** @param {OT.Connection} [to] all where there is none */
  #tellCamera(to) {
    const signal = { type: CAMERA_SIGNAL, data: this.#presence.cameraOff ? 'off' : 'on' };
    this.#session?.signal(to ? { ...signal, to } : signal).catch((error) => {
      console.warn('Could not tell the others of the camera:', error);
    });
  }

  /** @param {boolean} lost */
  #connection(lost) {
    this.dispatchEvent(new CustomEvent('connection', { detail: { lost } }));
  }

  /** @param {CycloramaError} error */
  #fail(error) {
    if (this.#over) return;
    this.#end();
    this.#ended(error);
  }

  #end() {
    this.#over = true;
    this.#screen?.destroy();
    this.#camera?.destroy();
    this.#screen = this.#camera = null;
    this.#silence?.close();
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
