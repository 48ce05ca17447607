import { CycloramaError } from './errors.js';

/** @import { Device, Devices } from './devices.js' */
/** @import { ErrorId } from './errors.js' */

/** A device that pauses for less than this has a hiccup, of which nobody needs to hear. */
const PATIENCE_MS = 2000;

/**
 * Watches the device of an open track: says why it gives nothing any more, and tells when it is
 * there again after it was unplugged.
 *
 * @param {MediaStreamTrack} track
 * @param {Devices} devices
 * @param {object} handlers
 * @param {{ unplugged: ErrorId, ended: ErrorId, muted: ErrorId }} handlers.errors
 * @param {() => void} handlers.ended the track is dead
 * @param {(error: CycloramaError) => void} handlers.failed the reason, which may become better known
 * @param {() => void} handlers.delivering the system gives its picture or sound again
 * @param {(device: Device) => void} handlers.back the device can be opened again
 * @returns {() => void} watches no longer
 */
export function keepVigil(track, devices, { errors, ended, failed, delivering, back }) {
  const watching = new AbortController();
  const { signal } = watching;
  let device = devices.of(track);
  // With the permission that opened it, the browser may only now tell which device it is.
  void devices.refresh().then(() => {
    if (track.readyState === 'live') device = devices.of(track);
  });

  let patience = 0;
  const muted = () => {
    patience = window.setTimeout(() => failed(new CycloramaError(errors.muted)), PATIENCE_MS);
  };
  track.addEventListener('mute', muted, { signal });
  track.addEventListener(
    'unmute',
    () => {
      clearTimeout(patience);
      delivering();
    },
    { signal },
  );
  if (track.muted) muted();
  track.addEventListener('ended', () => void lost(), { signal });

  async function lost() {
    clearTimeout(patience);
    ended();
    signal.addEventListener('abort', devices.awaitReturn(device, back));
    await devices.refresh();
    if (signal.aborted) return;
    failed(new CycloramaError(isGone() ? errors.unplugged : errors.ended));
    if (isGone()) return;
    // A track may end before its device has left the list.
    const explain = () => {
      if (!isGone()) return;
      devices.removeEventListener('change', explain);
      failed(new CycloramaError(errors.unplugged));
    };
    devices.addEventListener('change', explain);
    signal.addEventListener('abort', () => devices.removeEventListener('change', explain));
  }

  function isGone() {
    const { kind, deviceId } = device;
    if (deviceId === '' || devices.withheld(kind)) return false;
    return !devices.list(kind).some((listed) => listed.deviceId === deviceId);
  }

  return () => {
    clearTimeout(patience);
    watching.abort();
  };
}
