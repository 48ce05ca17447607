/** Small pictures of backgrounds, to choose from. */
import { sleep } from './clock.js';
import { lend } from './runtime.js';

const WIDTH = 192;
const HEIGHT = 108;
const PAUSE_MS = 20;

/**
 * Small pictures of what Python can paint. One after the other, so that frames need not wait for
 * all of them.
 * @param {import('./bridge').Bridge} bridge
 * @param {() => boolean} isPressed whether there is something better to do
 * @returns {Promise<import('./protocol').Scene[]>}
 */
export async function paintScenes(bridge, isPressed) {
  const scenes = [];
  /** @type {string[]} */
  const names = JSON.parse(bridge.scenes());
  for (const name of names) {
    do await sleep(PAUSE_MS);
    while (isPressed());
    const picture = await sample(bridge.scene(name, WIDTH, HEIGHT));
    scenes.push({ name, picture });
  }
  return scenes;
}

/**
 * The room at that blur.
 * @param {import('./bridge').Bridge} bridge
 * @param {number} strength
 * @returns {Promise<ImageBitmap | null>} null before the first composite
 */
export async function paintGlimpse(bridge, strength) {
  const painted = bridge.glimpse_blur(strength, WIDTH, HEIGHT);
  return painted ? sample(painted) : null;
}

/**
 * @param {import('./bridge').NumpyArray} painted of the size of a sample; destroyed
 * @returns {Promise<ImageBitmap>}
 */
function sample(painted) {
  const image = new ImageData(WIDTH, HEIGHT);
  lend(painted, (pixels) => image.data.set(pixels));
  painted.destroy();
  return createImageBitmap(image);
}
