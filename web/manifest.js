import { CycloramaError } from './errors.js';

/** @typedef {import('../worker/protocol').Manifest} Manifest */
/** @typedef {import('../worker/protocol').SegmenterAsset} SegmenterAsset */

/**
 * What the build shipped, with absolute URLs: found next to this module, wherever it is hosted.
 * @returns {Promise<Manifest>}
 */
export async function loadManifest() {
  const url = new URL('./manifest.json', import.meta.url);
  const response = await fetch(url).catch((error) => {
    throw new CycloramaError('file-missing', error);
  });
  if (!response.ok) throw new CycloramaError('file-missing', `${url}: HTTP ${response.status}`);
  return absolute(await response.json(), url);
}

/**
 * @param {Manifest} manifest with paths relative to `base`
 * @param {URL} base
 * @returns {Manifest}
 */
function absolute(manifest, base) {
  const at = (/** @type {string} */ path) => new URL(path, base).href;
  return {
    ...manifest,
    segmenters: manifest.segmenters.map((asset) =>
      asset.kind === 'selfie'
        ? { ...asset, model: at(asset.model) }
        : { ...asset, models: asset.models.map((model) => ({ ...model, url: at(model.url) })) },
    ),
    python: {
      pyodide: at(manifest.python.pyodide),
      core: at(manifest.python.core),
      wheels: manifest.python.wheels.map(at),
      source: at(manifest.python.source),
      bundle: {
        libraries: manifest.python.bundle.libraries.map(({ path, url, whole }) => ({
          path,
          url: at(url),
          whole: whole.map(at),
        })),
        snapshot: {
          ...manifest.python.bundle.snapshot,
          url: at(manifest.python.bundle.snapshot.url),
        },
      },
    },
    tfjs: {
      scripts: manifest.tfjs.scripts.map(at),
      wasm: at(manifest.tfjs.wasm),
      webgl: at(manifest.tfjs.webgl),
      webgpu: at(manifest.tfjs.webgpu),
    },
    opentok: at(manifest.opentok),
    sizes: Object.fromEntries(
      Object.entries(manifest.sizes).map(([path, size]) => [at(path), size]),
    ),
  };
}
