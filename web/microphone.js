import { CycloramaError } from './errors.js';

/**
 * Asks for the microphone. The caller stops the track.
 * @returns {Promise<MediaStreamTrack>} rejects with `microphone-unavailable`
 */
export async function openMicrophone() {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getAudioTracks();
    if (!track) throw new Error('a stream without a track');
    return track;
  } catch (error) {
    throw new CycloramaError('microphone-unavailable', error);
  }
}
