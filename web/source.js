/**
 * A camera track as something that can be asked for its newest frame at any moment, hidden or not.
 *
 * @typedef {object} Source
 * @property {(after: number) => VideoFrame | null} take
 *   The newest frame, to be closed by the caller; null where there is none newer than `after`.
 * @property {() => void} close Leaves the track running: it is the caller's.
 */

/**
 * @param {MediaStreamTrack} track
 * @param {(cause: unknown) => void} onLost the track ended, or cannot be played
 * @returns {Source}
 */
export function openSource(track, onLost) {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  // `autoplay` does nothing for an element outside the document.
  video.play().catch((error) => {
    if (video.srcObject) onLost(error);
  });
  const ended = () => onLost('the track ended');
  track.addEventListener('ended', ended);
  return {
    take(after) {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
      const frame = new VideoFrame(video);
      if (frame.timestamp !== after) return frame;
      frame.close();
      return null;
    },
    close() {
      track.removeEventListener('ended', ended);
      video.srcObject = null;
    },
  };
}
