/**
 * A virtual background as it is usually published: BodyPix on the main thread, pixels by way of
 * canvases, blended by a loop in JavaScript, streamed from the canvas on the page. Its timer runs
 * in a worker, which is the remedy usually given for hidden tabs.
 *
 * `?backend=` says which backend of tfjs computes: `webgl`, its default, or `wasm`. `?wait=rest`
 * takes the time that a frame took off the wait for the next, which published loops do not: then
 * this is as fast as such a loop can be.
 */
import { loadBackground, openCamera, SIZE } from '../speed/page/scene.js';
import { blend } from './blend.js';
import { loadBodyPix } from './bodypix.js';
import { createTally } from './tally.js';

const FRAME_MS = 1000 / 30;
const query = new URL(location.href).searchParams;
const { width, height } = SIZE;

/** @returns {Promise<import('../speed/page/subject').Subject>} */
async function start() {
  const net = await loadBodyPix(query.get('backend') ?? 'webgl');
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#camera'));
  // BodyPix takes a video's size from its attributes.
  Object.assign(video, SIZE);
  const camera = await openCamera();
  video.srcObject = new MediaStream([camera]);
  await video.play();

  const output = /** @type {HTMLCanvasElement} */ (document.querySelector('#output'));
  Object.assign(output, SIZE);
  const outputContext = context(output);
  const cameraContext = context(createCanvas());
  const plateContext = context(createCanvas());
  paint(plateContext, await loadBackground());
  const tally = createTally();

  async function compose() {
    const started = performance.now();
    const segmentedAt = cameraTime(video);
    const { data: person } = await net.segmentPerson(video, {
      internalResolution: 'medium',
      segmentationThreshold: 0.7,
    });
    const segmented = performance.now();
    const drawnAt = cameraTime(video);
    cameraContext.drawImage(video, 0, 0, width, height);
    const picture = cameraContext.getImageData(0, 0, width, height);
    const plate = plateContext.getImageData(0, 0, width, height);
    const read = performance.now();
    blend(picture.data, plate.data, person);
    const blended = performance.now();
    outputContext.putImageData(picture, 0, 0);
    const shown = performance.now();
    tally.mask(drawnAt - segmentedAt);
    tally.stages({
      segment: segmented - started,
      pixels: read - segmented,
      composite: blended - read,
      show: shown - blended,
    });
    return shown - started;
  }

  await compose();
  const firstCompositeMs = performance.now();
  const [track] = output.captureStream().getVideoTracks();
  if (!track) throw new Error('captureStream gave no video track');

  const ticker = new Worker(new URL('ticker.js', import.meta.url));
  ticker.onmessage = async () => ticker.postMessage(wait(await compose()));
  ticker.postMessage(0);
  return { camera, track, firstCompositeMs, stats: tally.take };
}

/**
 * @param {CanvasRenderingContext2D} plate
 * @param {import('../speed/page/scene.js').SceneBackground} background
 */
function paint(plate, background) {
  if (background.type === 'image') {
    plate.drawImage(background.source, 0, 0, width, height);
  } else {
    plate.fillStyle = background.color;
    plate.fillRect(0, 0, width, height);
  }
}

/** Milliseconds until the next frame. @param {number} spentMs on the last */
function wait(spentMs) {
  return query.get('wait') === 'rest' ? Math.max(0, FRAME_MS - spentMs) : FRAME_MS;
}

/** Milliseconds that the camera gave to the frame now shown. @param {HTMLVideoElement} video */
function cameraTime(video) {
  const frame = new VideoFrame(video);
  const { timestamp } = frame;
  frame.close();
  return timestamp / 1000;
}

function createCanvas() {
  return Object.assign(document.createElement('canvas'), SIZE);
}

/** @param {HTMLCanvasElement} canvas */
function context(canvas) {
  const result = canvas.getContext('2d');
  if (!result) throw new Error('this browser gave no 2d context');
  return result;
}

Object.assign(globalThis, { subject: start() });
