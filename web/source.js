/**
 * A camera track as something that can be asked for its newest frame at any moment, hidden or not.
 *
 * @typedef {object} Source
 * @property {(after: number) => Taken | null} take
 *   The newest frame; null where there is none newer than `after`.
 * @property {() => void} close Leaves the track running: it is the caller's.
 *
 * @typedef {object} Taken
 * @property {VideoFrame} frame To be closed by the caller.
 * @property {boolean} untimed Whether its timestamp is only when it was taken.
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
  const play = () => {
    video.play().catch((error) => {
      // Paused meanwhile, it is played again.
      if (video.srcObject && error.name !== 'AbortError') onLost(error);
    });
  };
  // `autoplay` does nothing for an element outside the document.
  play();
  // Nobody but the browser can have paused it, which does so in a tab that it freezes.
  video.addEventListener('pause', play);
  const ended = () => onLost('the track ended');
  track.addEventListener('ended', ended);
  return {
    take(after) {
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
      const taken = newest(video);
      if (taken.frame.timestamp !== after) return taken;
      taken.frame.close();
      return null;
    },
    close() {
      track.removeEventListener('ended', ended);
      video.removeEventListener('pause', play);
      video.srcObject = null;
    },
  };
}

/** @param {HTMLVideoElement} video @returns {Taken} */
function newest(video) {
  const frame = new VideoFrame(video);
  const seconds = video.currentTime;
  // Where microseconds are meant, some browsers give the playing time in whole seconds.
  if (frame.timestamp !== Math.floor(seconds)) return { frame, untimed: false };
  const named = new VideoFrame(frame, { timestamp: Math.round(seconds * 1e6) });
  frame.close();
  return { frame: named, untimed: true };
}
