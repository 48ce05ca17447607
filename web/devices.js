import { CycloramaError } from './errors.js';

/** @import { TypedEventTarget } from './typed-events' */
/**
 * A camera, a microphone or a speaker.
 * @typedef {Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>} Device
 */

/** Beside the devices Chromium lists which of them the system prefers, under these ids. */
const ALIASES = new Set(['default', 'communications']);

/** Capture devices, or a CycloramaError that says why there can be none here. */
export function mediaDevices() {
  if (!isSecureContext) throw new CycloramaError('insecure-origin');
  // Typed as always there; absent where a policy or an old browser withholds it.
  const devices = /** @type {MediaDevices | undefined} */ (navigator.mediaDevices);
  if (!devices) throw new CycloramaError('browser-unsupported', 'cameras (navigator.mediaDevices)');
  return devices;
}

/**
 * The device that was lost, among those that arrived: the one with its id or, where the browser
 * made a new id for it, the one with its name that was never here before. Another device with
 * that name is another device.
 * @template {Device} T
 * @param {Device} lost
 * @param {readonly T[]} arrived
 * @param {ReadonlySet<string>} seen ids of all devices that were ever here before
 * @returns {T | undefined}
 */
export function recognise(lost, arrived, seen) {
  const candidates = arrived.filter(({ kind }) => kind === lost.kind);
  return (
    candidates.find(({ deviceId }) => deviceId === lost.deviceId) ??
    candidates.find(
      ({ deviceId, label }) => label !== '' && label === lost.label && !seen.has(deviceId),
    )
  );
}

/**
 * The cameras, microphones and speakers of this computer. Dispatches `change` when one was
 * plugged in or out, or when their names became known.
 */
export class Devices extends /** @type {TypedEventTarget<{ change: Event }>} */ (EventTarget) {
  /** As the browser lists them, anonymous ones included. @type {MediaDeviceInfo[]} */
  #listed = [];
  /** @type {Set<string>} */
  #seen = new Set();
  /** Those waiting for a device that was lost. @type {Set<(arrived: Device[]) => void>} */
  #waiting = new Set();
  /** Only the newest list counts. */
  #turn = 0;

  constructor() {
    super();
    // Absent on an insecure origin, which whoever opens a device will say.
    if (!('mediaDevices' in navigator)) return;
    navigator.mediaDevices.addEventListener('devicechange', () => void this.refresh());
    void this.refresh();
  }

  /**
   * Those with a name and an id. Before a camera or a microphone was allowed there are none.
   * @param {MediaDeviceKind} kind
   * @returns {Device[]}
   */
  list(kind) {
    return this.#listed.filter((device) => device.kind === kind && isNamed(device));
  }

  /**
   * Whether there are some of which the browser does not tell which they are.
   * @param {MediaDeviceKind} kind
   */
  withheld(kind) {
    return this.#listed.some((device) => device.kind === kind && device.deviceId === '');
  }

  /** Asks the browser anew: after a permission was given it knows more, and tells nobody. */
  async refresh() {
    const turn = ++this.#turn;
    const listed = await mediaDevices().enumerateDevices();
    if (turn !== this.#turn || same(listed, this.#listed)) return;
    const before = new Set(this.#listed.map(({ deviceId }) => deviceId));
    const arrived = listed.filter((device) => isNamed(device) && !before.has(device.deviceId));
    this.#listed = listed;
    for (const tell of [...this.#waiting]) tell(arrived);
    for (const { deviceId } of arrived) this.#seen.add(deviceId);
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Which device a track comes from.
   * @param {MediaStreamTrack} track of a camera or a microphone
   * @returns {Device}
   */
  of(track) {
    const kind = track.kind === 'video' ? 'videoinput' : 'audioinput';
    const { deviceId = '', groupId } = track.getSettings();
    const candidates = this.#listed.filter((device) => device.kind === kind && isNamed(device));
    return (
      candidates.find((device) => device.deviceId === deviceId) ??
      // Opened under an alias: the same hardware under its own id.
      candidates.find((device) => ALIASES.has(deviceId) && device.groupId === groupId) ?? {
        kind,
        deviceId,
        label: track.label,
      }
    );
  }

  /**
   * Waits for a device that was lost.
   * @param {Device} lost
   * @param {(device: Device) => void} found called once; its id may be another now
   * @returns {() => void} waits no longer
   */
  awaitReturn(lost, found) {
    /** @param {Device[]} arrived */
    const tell = (arrived) => {
      const device = recognise(lost, arrived, this.#seen);
      if (!device) return;
      this.#waiting.delete(tell);
      found(device);
    };
    this.#waiting.add(tell);
    return () => this.#waiting.delete(tell);
  }
}

/** @param {MediaDeviceInfo} device */
function isNamed({ deviceId }) {
  return deviceId !== '' && !ALIASES.has(deviceId);
}

/** @param {MediaDeviceInfo[]} one @param {MediaDeviceInfo[]} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
