/// <reference types="@vonage/client-sdk-video" />
/**
 * The vendor's SDK without its network: `OT` as far as the product and the example use it, checked
 * by tsc against the SDK's own types, with the orders of events and the habits of the real one
 * (it stops tracks that it was given; it names what ended by a reason). The tests play the
 * service through `vonage`.
 */

/** @typedef {'OT_AUTHENTICATION_ERROR' | 'OT_CONNECT_FAILED' | 'OT_STREAM_CREATE_FAILED' | 'OT_PERMISSION_DENIED' | 'OT_INVALID_AUDIO_OUTPUT_SOURCE'} Refusal */
/** @typedef {'open' | 'connect' | 'publish' | 'subscribe' | 'speaker'} Step */
/** @typedef {ConstructorParameters<typeof FakeStream>[0]} StreamInit */
/** @typedef {Parameters<OT.Publisher['setVideoMediaProcessorConnector']>[0]} Connector */

/** What the fake service refuses, by step; the tests fill it in. @type {Partial<Record<Step, Refusal>>} */
const refusals = {};

/** What reached the service. @type {{ type: string, data: string, to: string | null }[]} */
const signals = [];
/** Devices that were chosen to play the others. @type {string[]} */
const speakers = [];

let ids = 0;
const nextId = (/** @type {string} */ kind) => `${kind}-${++ids}`;

/** @param {Step} step @returns {OT.OTError | undefined} */
function refusal(step) {
  const name = refusals[step];
  return name && { name, message: `the fake service refuses to ${step}` };
}

/** The real one answers later, too. */
const later = () => new Promise((resolve) => setTimeout(resolve, 20));

class FakeEvents {
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();

  /** @param {any} name @param {any} [callback] */
  on(name, callback) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(callback));
  }

  /** @param {any} [name] @param {any} [callback] */
  off(name, callback) {
    this.#listeners.get(name)?.delete(callback);
  }

  /**
   * @param {string} name
   * @param {object} [fields]
   * @returns {boolean} whether a listener prevented what follows by default
   */
  emit(name, fields = {}) {
    let prevented = false;
    const event = {
      type: name,
      cancelable: true,
      target: this,
      isDefaultPrevented: () => prevented,
      preventDefault: () => (prevented = true),
      ...fields,
    };
    for (const listener of this.#listeners.get(name) ?? []) listener(event);
    return prevented;
  }
}

/** @implements {OT.Connection} */
class FakeConnection {
  connectionId = nextId('connection');
  creationTime = Date.now();
  data = '';
}

/** @implements {OT.Stream} */
class FakeStream {
  streamId;
  creationTime = Date.now();
  frameRate = 30;
  hasCaptions = false;
  initials = '';
  videoDimensions = { width: 640, height: 480 };

  /**
   * @param {{ streamId?: string, name?: string, hasAudio?: boolean, hasVideo?: boolean,
   *   videoType?: OT.Stream['videoType'], connection?: OT.Connection }} init
   */
  constructor({ streamId, name, hasAudio, hasVideo, videoType, connection }) {
    this.streamId = streamId ?? nextId('stream');
    this.name = name ?? '';
    this.hasAudio = hasAudio ?? true;
    this.hasVideo = hasVideo ?? true;
    this.videoType = videoType ?? 'camera';
    this.connection = connection ?? new FakeConnection();
  }
}

/** @param {string | HTMLElement | undefined} target @param {MediaStream} media */
function play(target, media) {
  const element = document.createElement('div');
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, muted: true, srcObject: media });
  element.append(video);
  const place = typeof target === 'string' ? document.getElementById(target) : target;
  place?.append(element);
  return element;
}

/**
 * @implements {Pick<OT.Publisher, 'on' | 'off' | 'stream' | 'element' | 'destroy' | 'publishAudio'
 *   | 'publishVideo' | 'setAudioSource' | 'getAudioSource' | 'setVideoMediaProcessorConnector'>}
 */
class FakePublisher extends FakeEvents {
  /** @type {OT.Stream} */
  stream = new FakeStream({});
  /** @type {HTMLElement} */
  element = document.createElement('div');
  #media = new MediaStream();
  #custom;
  #properties;
  /** @type {Connector} */
  #connector = null;
  /** @type {MediaStreamTrack | null} */
  #original = null;

  /** @param {OT.PublisherProperties} properties */
  constructor(properties) {
    super();
    this.#properties = properties;
    this.#custom = properties.videoSource instanceof MediaStreamTrack;
    const { publishAudio: hasAudio = true, name = '' } = properties;
    this.stream = new FakeStream({ name, hasAudio, videoType: this.#custom ? 'custom' : 'camera' });
  }

  /** @param {string | HTMLElement | undefined} target */
  async open(target) {
    await later();
    const error = refusal('open');
    if (error) {
      this.emit('accessDenied');
      throw error;
    }
    const { videoSource, audioSource } = this.#properties;
    const video = videoSource instanceof MediaStreamTrack ? videoSource : await openCamera();
    this.#media.addTrack(video);
    if (audioSource instanceof MediaStreamTrack) this.#media.addTrack(audioSource);
    this.#hear();
    this.emit('mediaStreamAvailable', { mediaStream: this.#media });
    this.element = play(target, this.#media);
    this.emit('accessAllowed');
  }

  destroy = Object.assign(() => this.#destroy(), { promise: async () => void this.#destroy() });

  publishAudio = Object.assign((/** @type {boolean} */ value) => this.#publishAudio(value), {
    promise: async (/** @type {boolean} */ value) => void this.#publishAudio(value),
  });

  publishVideo = Object.assign((/** @type {boolean} */ value) => {
    void this.#publishVideo(value);
    return real(this);
  }, { promise: (/** @type {boolean} */ value) => this.#publishVideo(value) });

  /** @param {string | MediaStreamTrack} source @returns {Promise<undefined>} */
  async setAudioSource(source) {
    const [before] = this.#media.getAudioTracks();
    if (!before) throw new Error('setAudioSource cannot add audio where there was none');
    if (!(source instanceof MediaStreamTrack)) throw new Error('the fake has no microphones');
    if (source === before) return;
    this.#media.addTrack(source);
    this.#media.removeTrack(before);
    before.stop();
    this.#hear();
  }

  getAudioSource() {
    return /** @type {MediaStreamTrack} */ (this.#media.getAudioTracks()[0]);
  }

  /** @param {Connector} connector */
  async setVideoMediaProcessorConnector(connector) {
    const [camera] = this.#media.getVideoTracks();
    if (this.#connector) {
      this.#replace(await openCamera(), true);
      this.#dropConnector();
      this.#connector = null;
    }
    if (!connector || !camera) return;
    this.#connector = connector;
    const filtered = await connector.setTrack(camera);
    this.#original = camera;
    this.#replace(filtered, false);
  }

  /** A device of the camera's kind was chosen: what `setVideoSource` comes to. */
  async switchCamera() {
    await this.#takeCamera();
  }

  async #takeCamera() {
    const camera = await openCamera();
    const before = this.#original;
    const next = this.#connector ? await this.#connector.setTrack(camera) : camera;
    if (this.#connector) this.#original = camera;
    this.#replace(next, true);
    before?.stop();
  }

  /** @param {boolean} value */
  async #publishVideo(value) {
    vonage.change(this.stream, 'hasVideo', value);
    if (this.#custom) {
      for (const track of this.#media.getVideoTracks()) track.enabled = value;
    } else if (value) {
      await this.#takeCamera();
    } else {
      this.#dropConnector();
      this.#replace(blank(), true);
    }
  }

  #dropConnector() {
    void this.#connector?.destroy();
    this.#original?.stop();
    this.#original = null;
  }

  /** @param {MediaStreamTrack} track @param {boolean} stopping */
  #replace(track, stopping) {
    for (const old of this.#media.getVideoTracks()) {
      this.#media.removeTrack(old);
      if (stopping) old.stop();
    }
    this.#media.addTrack(track);
  }

  /** @param {boolean} value */
  #publishAudio(value) {
    this.#properties = { ...this.#properties, publishAudio: value };
    this.#hear();
    vonage.change(this.stream, 'hasAudio', value);
    return real(this);
  }

  #hear() {
    const { publishAudio: enabled = true } = this.#properties;
    for (const track of this.#media.getAudioTracks()) track.enabled = enabled;
  }

  #destroy() {
    for (const track of this.#media.getTracks()) track.stop();
    this.#dropConnector();
    this.element.remove();
    this.emit('destroyed');
    return real(this);
  }
}

async function openCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  return /** @type {MediaStreamTrack} */ (stream.getVideoTracks()[0]);
}

/** A picture that moves without a camera. */
function blank() {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  return /** @type {MediaStreamTrack} */ (canvas.captureStream().getVideoTracks()[0]);
}

/** @implements {Pick<OT.Subscriber, 'on' | 'off' | 'stream' | 'element'>} */
class FakeSubscriber extends FakeEvents {
  /** @param {OT.Stream} stream @param {HTMLElement} element */
  constructor(stream, element) {
    super();
    this.stream = stream;
    this.element = element;
  }
}

/**
 * @implements {Pick<OT.Session, 'on' | 'off' | 'sessionId' | 'connect' | 'disconnect' | 'publish'
 *   | 'subscribe' | 'signal'>}
 */
class FakeSession extends FakeEvents {
  connected = false;
  /** @type {FakePublisher[]} */
  publishers = [];
  /** @type {Map<string, FakeSubscriber>} */
  subscribers = new Map();
  token = '';

  /** @param {string} application @param {string} sessionId */
  constructor(application, sessionId) {
    super();
    this.application = application;
    this.sessionId = sessionId;
  }

  connect = Object.assign(
    (/** @type {string} */ token, /** @type {(error?: OT.OTError) => void} */ callback) => {
      void this.#connect(token).then(() => callback(), callback);
      return realSession(this);
    },
    {
      promise: async (/** @type {string} */ token) => {
        await this.#connect(token);
        return realSession(this);
      },
    },
  );

  publish = /** @type {OT.Session['publish']} */ (
    Object.assign(
      (
        /** @type {OT.Publisher} */ publisher,
        /** @type {(error?: OT.OTError) => void} */ callback,
      ) => {
        void this.#publish(fakeOf(publisher)).then(() => callback(), callback);
        return publisher;
      },
      {
        promise: async (/** @type {OT.Publisher} */ publisher) => {
          await this.#publish(fakeOf(publisher));
          return publisher;
        },
      },
    )
  );

  subscribe = /** @type {OT.Session['subscribe']} */ (
    (
      /** @type {OT.Stream} */ stream,
      /** @type {string | HTMLElement} */ target,
      /** @type {unknown} */ _properties,
      /** @type {((error?: OT.OTError) => void) | undefined} */ callback,
    ) => {
      const subscriber = new FakeSubscriber(stream, play(target, new MediaStream([blank()])));
      this.subscribers.set(stream.streamId, subscriber);
      void later().then(() => callback?.(refusal('subscribe')));
      return realSubscriber(subscriber);
    }
  );

  /** @param {Parameters<OT.Session['signal']>[0]} signal */
  async signal({ type = '', data = '', to }) {
    if (!this.connected) throw new Error('Unable to send signal - not connected');
    signals.push({ type, data, to: to?.connectionId ?? null });
  }

  async disconnect() {
    await this.end('clientDisconnected');
  }

  /** @param {string} reason */
  async end(reason) {
    if (!this.connected) return;
    this.connected = false;
    await later();
    this.emit('sessionDisconnected', { reason });
    for (const publisher of this.publishers) {
      const prevented = publisher.emit('streamDestroyed', { stream: publisher.stream, reason });
      if (!prevented) publisher.destroy();
    }
  }

  /** @param {string} token */
  async #connect(token) {
    await later();
    const error = refusal('connect');
    if (error) throw error;
    this.token = token;
    this.connected = true;
    this.emit('sessionConnected');
    for (const stream of vonage.streams.values()) this.arrived(stream);
  }

  /** @param {OT.Stream} stream */
  arrived(stream) {
    this.emit('connectionCreated', { connection: stream.connection });
    this.emit('streamCreated', { stream });
  }

  /** @param {FakePublisher} publisher */
  async #publish(publisher) {
    await later();
    const error = refusal('publish');
    if (error) throw error;
    this.publishers.push(publisher);
    publisher.emit('streamCreated', { stream: publisher.stream });
  }
}

// The fakes have what is used of the SDK's classes, which their `implements` checks.
const real = (/** @type {FakePublisher} */ fake) => /** @type {OT.Publisher} */ (/** @type {unknown} */ (fake));
const realSession = (/** @type {FakeSession} */ fake) => /** @type {OT.Session} */ (/** @type {unknown} */ (fake));
const realSubscriber = (/** @type {FakeSubscriber} */ fake) =>
  /** @type {OT.Subscriber} */ (/** @type {unknown} */ (fake));
const fakeOf = (/** @type {OT.Publisher} */ publisher) =>
  /** @type {FakePublisher} */ (/** @type {unknown} */ (publisher));

/** The service, as a test plays it. */
const vonage = {
  refusals,
  signals,
  speakers,
  /** @type {FakeSession | null} */
  session: null,
  /** @type {Map<string, OT.Stream>} */
  streams: new Map(),

  /** Somebody publishes. @param {StreamInit} init */
  arrive(init) {
    const stream = new FakeStream(init);
    this.streams.set(stream.streamId, stream);
    if (this.session?.connected) this.session.arrived(stream);
    return stream.streamId;
  },

  /** @param {string} streamId @param {string} reason */
  depart(streamId, reason) {
    const stream = this.streams.get(streamId);
    this.streams.delete(streamId);
    this.session?.emit('streamDestroyed', { stream, reason });
  },

  /** @param {string} streamId Named again, as after a lost connection. */
  repeat(streamId) {
    this.session?.emit('streamCreated', { stream: this.streams.get(streamId) });
  },

  /**
   * @param {OT.Stream | string} which
   * @param {'hasAudio' | 'hasVideo'} changedProperty
   * @param {boolean} newValue
   */
  change(which, changedProperty, newValue) {
    const stream = typeof which === 'string' ? this.streams.get(which) : which;
    if (!stream || stream[changedProperty] === newValue) return;
    stream[changedProperty] = newValue;
    const change = { stream, changedProperty, oldValue: !newValue, newValue };
    this.session?.emit('streamPropertyChanged', change);
  },

  /** @param {string} streamId @param {number} audioLevel */
  speak(streamId, audioLevel) {
    this.session?.subscribers.get(streamId)?.emit('audioLevelUpdated', { audioLevel });
  },

  /** @param {string} streamId whose @param {string} type @param {string} data */
  signal(streamId, type, data) {
    const from = this.streams.get(streamId)?.connection ?? null;
    this.session?.emit(`signal:${type}`, { from, type, data });
  },

  /** @param {boolean} lost */
  connection(lost) {
    this.session?.emit(lost ? 'sessionReconnecting' : 'sessionReconnected');
  },

  /** @param {string} reason */
  async disconnect(reason) {
    await this.session?.end(reason);
  },

  /** A moderator's doing. @param {'mute' | 'unpublish'} what */
  force(what) {
    for (const publisher of this.session?.publishers ?? []) {
      const { stream } = publisher;
      if (what === 'mute') publisher.publishAudio(false);
      else if (!publisher.emit('streamDestroyed', { stream, reason: 'forceUnpublished' })) {
        publisher.destroy();
      }
    }
    if (what === 'mute') this.session?.emit('muteForced');
  },
};

/** @param {Parameters<typeof OT.initPublisher>} given */
function initPublisher(...given) {
  const [target, properties = {}, callback] = given;
  const publisher = new FakePublisher(properties);
  void publisher.open(target).then(() => callback?.(), callback);
  return real(publisher);
}

initPublisher.promise = async (/** @type {Parameters<typeof OT.initPublisher>} */ ...[target, properties = {}]) => {
  const publisher = new FakePublisher(properties);
  await publisher.open(target);
  return real(publisher);
};

/** @satisfies {Pick<typeof OT, 'initPublisher' | 'initSession' | 'setAudioOutputDevice'>} */
const fake = {
  initPublisher,
  initSession(/** @type {string} */ application, /** @type {string} */ id) {
    vonage.session = new FakeSession(application, id);
    return realSession(vonage.session);
  },
  async setAudioOutputDevice(/** @type {string} */ deviceId) {
    const error = refusal('speaker');
    if (error) throw error;
    speakers.push(deviceId);
  },
};

Object.assign(globalThis, { OT: fake, vonage });
