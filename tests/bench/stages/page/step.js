/**
 * What a usual virtual background does for each frame once it has a mask, from the first drawImage
 * to the last, on canvases that are willing to be read.
 */
import { blend } from '../../article/blend.js';
import { SIZE } from '../../speed/page/scene.js';

const { width, height } = SIZE;

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLCanvasElement} output
 * @param {import('../../speed/page/scene.js').SceneBackground} background an image
 * @param {Uint8Array} person 0 or 1 for each pixel
 * @returns {() => number} composites the frame that the video shows; gives the milliseconds it took
 */
export function createStep(video, output, background, person) {
  const [camera, plate] = [createCanvas(), createCanvas()].map(readable);
  const shown = readable(output);
  if (!camera || !plate || background.type !== 'image') throw new Error('nothing to draw on');
  plate.drawImage(background.source, 0, 0, width, height);
  return () => {
    const start = performance.now();
    camera.drawImage(video, 0, 0, width, height);
    const picture = camera.getImageData(0, 0, width, height);
    blend(picture.data, plate.getImageData(0, 0, width, height).data, person);
    camera.putImageData(picture, 0, 0);
    shown.drawImage(camera.canvas, 0, 0);
    return performance.now() - start;
  };
}

function createCanvas() {
  return Object.assign(document.createElement('canvas'), SIZE);
}

/** @param {HTMLCanvasElement} canvas */
function readable(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gave no 2d context');
  return context;
}
