import { mediaDevices } from './devices.js';
import { CycloramaError } from './errors.js';

/**
 * What to ask of a camera. The browser gives the nearest that the camera can do.
 * @typedef {{ deviceId: string | null, width: number, height: number, frameRate: number }} CameraChoice
 */

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
      return new CycloramaError(gone ? 'camera-absent' : 'camera-settings', error);
    }
    default:
      return new CycloramaError('camera-busy', error);
  }
}

/** @param {Pick<CameraChoice, 'width' | 'height' | 'frameRate'>} choice @returns {MediaTrackConstraints} */
export function wishes({ width, height, frameRate }) {
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } };
}

/**
 * Opens a camera. The caller stops the track.
 * @param {CameraChoice} choice
 * @returns {Promise<MediaStreamTrack>} rejects with a CycloramaError
 */
export async function openCamera({ deviceId, ...choice }) {
  const video = wishes(choice);
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
