/**
 * A video element that plays tracks in a participant's tile.
 * @param {MediaStream} stream
 * @param {boolean} muted
 */
export function playing(stream, muted) {
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  video.muted = muted;
  video.srcObject = stream;
  return video;
}
