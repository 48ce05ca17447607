/**
 * In place of worker/segmenter.js: everything is a person, until somebody names on the channel what
 * garbage to answer instead.
 */
let garbage = '';
new BroadcastChannel('garbage').onmessage = ({ data }) => {
  garbage = data;
};

const WHOLE = { x: 0.25, y: 0.25, dx: 0.5, dy: 0.5 };

self.onmessage = async ({ data }) => {
  if (data.type === 'load') return self.postMessage({ type: 'ready', backend: 'wasm' });
  const { epoch, timestamp } = data;
  const [width, height] = garbage === 'huge' ? [4000, 3000] : [2, 2];
  const grid = garbage === 'nowhere' ? { x: NaN, y: NaN, dx: NaN, dy: NaN } : WHOLE;
  for (let left = garbage === 'flood' ? 3000 : 1; left > 0; left--) {
    const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
    const bitmap = await createImageBitmap(new ImageData(pixels, width, height));
    self.postMessage({ type: 'mask', epoch, timestamp, bitmap, grid }, { transfer: [bitmap] });
  }
};
