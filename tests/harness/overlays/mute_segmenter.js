/** In place of worker/segmenter.js: loads at once and never answers with a mask. */
self.onmessage = ({ data }) => {
  if (data.type === 'load') self.postMessage({ type: 'ready', backend: 'wasm' });
};
