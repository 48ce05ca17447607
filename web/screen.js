import { CycloramaError } from './errors.js';

/** Phones have cameras but no screen capture. */
export const canShareScreen =
  'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;

/**
 * Larger is nowhere shown. Newer than their types are: that the user can go over to another tab
 * without stopping, and that this page, which would show itself for ever, is not offered.
 * @type {DisplayMediaStreamOptions & Record<string, unknown>}
 */
const OPTIONS = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 30 } },
  // Given for tabs, by some systems for screens, and otherwise left out.
  audio: true,
  surfaceSwitching: 'include',
  selfBrowserSurface: 'exclude',
};

/**
 * Lets the user pick a tab, window or screen, with its sound where the browser gives it. Must be
 * called from a click. The video track ends when the user stops sharing in the browser's own bar;
 * otherwise the caller stops the tracks.
 * @returns {Promise<MediaStream>} rejects with `share-refused`
 */
export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(OPTIONS);
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('a stream without a track');
    // Text must stay legible: prefer sharpness to frame rate when bandwidth is short.
    track.contentHint = 'detail';
    return stream;
  } catch (error) {
    throw new CycloramaError('share-refused', error);
  }
}
