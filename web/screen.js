import { CycloramaError } from './errors.js';

/** Phones have cameras but no screen capture. */
export const canShareScreen =
  'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;

/**
 * Lets the user pick a tab, window or screen. Must be called from a click. The track ends
 * when the user stops sharing in the browser's own bar; otherwise the caller stops it.
 * @returns {Promise<MediaStreamTrack>} rejects with `share-refused`
 */
export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('a stream without a track');
    // Text must stay legible: prefer sharpness to frame rate when bandwidth is short.
    track.contentHint = 'detail';
    return track;
  } catch (error) {
    throw new CycloramaError('share-refused', error);
  }
}
