/**
 * What is before the camera and behind the person: the same for every page that is measured.
 *
 * `?width=` and `?height=` are those of the camera's clip, where they are not 640×480. `?color=`, as
 * `#rrggbb`, puts a plain colour behind the person, so that alpha can be read back from the output.
 *
 * @typedef {{ type: 'image', source: ImageBitmap } | { type: 'color', color: string }} SceneBackground
 */

const query = new URL(location.href).searchParams;

export const SIZE = {
  width: Number(query.get('width') ?? 640),
  height: Number(query.get('height') ?? 480),
};

const BACKGROUND = new URL('../../background.jpg', import.meta.url);

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

/** @returns {Promise<SceneBackground>} which is also how Cyclorama takes it */
export async function loadBackground() {
  const color = query.get('color');
  if (color) return { type: 'color', color };
  const response = await fetch(BACKGROUND);
  return { type: 'image', source: await createImageBitmap(await response.blob()) };
}

/** @returns {Promise<HTMLImageElement>} the same picture, for those who want an element */
export async function loadBackgroundImage() {
  const image = new Image();
  image.src = String(BACKGROUND);
  await image.decode();
  return image;
}
