/**
 * A camera that plays a clip, where the browser's own fake camera shows no person: in place of what
 * `getUserMedia` gives, the captured stream of a video element. Runs before the page's own scripts.
 */

// Typed as always there; a blank page has none.
const devices = /** @type {MediaDevices | undefined} */ (navigator.mediaDevices);
const getUserMedia = devices?.getUserMedia.bind(devices);
if (devices && getUserMedia) devices.getUserMedia = (constraints = {}) => play(constraints);

/** @param {MediaStreamConstraints} constraints @returns {Promise<MediaStream>} */
async function play(constraints) {
  if (!getUserMedia) throw new TypeError('a page without cameras');
  if (!constraints.video) return getUserMedia(constraints);
  const video = /** @type {HTMLVideoElement & { captureStream(): MediaStream }} */ (
    document.createElement('video')
  );
  video.muted = true;
  video.loop = true;
  video.src = '/__test__/camera.webm';
  await video.play();
  const sound = constraints.audio ? await getUserMedia({ audio: constraints.audio }) : null;
  const stream = video.captureStream();
  for (const track of stream.getVideoTracks()) {
    const { videoWidth: width, videoHeight: height } = video;
    // As a camera's track says; that of an element says nothing.
    track.getSettings = () => ({ width, height, frameRate: 30 });
  }
  return new MediaStream([...stream.getVideoTracks(), ...(sound?.getAudioTracks() ?? [])]);
}
