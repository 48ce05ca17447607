/** What is before the camera and behind the person: the same for every page that is measured. */

export const SIZE = { width: 640, height: 480 };

/** @returns {Promise<MediaStreamTrack>} */
export async function openCamera() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...SIZE, frameRate: 30 } });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('the camera gave no video track');
  const { width, height, frameRate } = track.getSettings();
  if (width !== SIZE.width || height !== SIZE.height || frameRate !== 30) {
    throw new Error(`the camera gives ${width}×${height} at ${frameRate} fps`);
  }
  return track;
}

/** @returns {Promise<ImageBitmap>} */
export async function loadBackground() {
  const response = await fetch(new URL('../../background.jpg', import.meta.url));
  return createImageBitmap(await response.blob());
}
