import { CycloramaError } from './errors.js';

/**
 * What to ask of a camera. The browser gives the nearest that the camera can do.
 * @typedef {{ deviceId: string | null, width: number, height: number, frameRate: number }} CameraChoice
 */

/** Capture devices, or a CycloramaError that says why there can be none here. */
function mediaDevices() {
  if (!isSecureContext) throw new CycloramaError('insecure-origin');
  // Typed as always there; absent where a policy or an old browser withholds it.
  const devices = /** @type {MediaDevices | undefined} */ (navigator.mediaDevices);
  if (!devices) throw new CycloramaError('browser-unsupported', 'no navigator.mediaDevices');
  return devices;
}

/**
 * @param {unknown} error from getUserMedia
 * @returns {CycloramaError}
 */
function cameraError(error) {
  if (error instanceof CycloramaError) return error;
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return new CycloramaError('camera-refused', error);
    case 'NotFoundError':
      return new CycloramaError('camera-missing', error);
    case 'OverconstrainedError': {
      const { constraint } = /** @type {OverconstrainedError} */ (error);
      const gone = constraint === 'deviceId';
      return new CycloramaError(gone ? 'camera-missing' : 'camera-settings', error);
    }
    default:
      return new CycloramaError('camera-busy', error);
  }
}

/**
 * Opens a camera. The caller stops the track.
 * @param {CameraChoice} choice
 * @returns {Promise<MediaStreamTrack>} rejects with a CycloramaError
 */
export async function openCamera({ deviceId, width, height, frameRate }) {
  /** @type {MediaTrackConstraints} */
  const video = {
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: frameRate },
  };
  if (deviceId !== null) video.deviceId = { exact: deviceId };
  try {
    const stream = await mediaDevices().getUserMedia({ video });
    const [track] = stream.getVideoTracks();
    if (!track) throw new CycloramaError('camera-missing');
    return track;
  } catch (error) {
    throw cameraError(error);
  }
}

/**
 * Cameras by name. Before the camera was allowed, browsers tell neither names nor ids.
 * @returns {Promise<MediaDeviceInfo[]>}
 */
export async function listCameras() {
  const devices = await mediaDevices().enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
}

/** @param {() => void} listener called when a device was plugged in or out */
export function onDevicesChanged(listener) {
  mediaDevices().addEventListener('devicechange', listener);
}
