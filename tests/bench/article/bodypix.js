/**
 * BodyPix with tfjs on the main thread, from the scripts of dist/ and, for WebGL, one beside them.
 *
 * @typedef {typeof import('@tensorflow/tfjs-core')} Core
 * @typedef {Core & { wasm?: Pick<typeof import('@tensorflow/tfjs-backend-wasm'), 'setWasmPaths'> }} Tfjs
 * @typedef {typeof import('@tensorflow-models/body-pix')} BodyPix
 * @typedef {import('../../../worker/protocol').Manifest} Manifest
 */
const ROOT = new URL('../../', import.meta.url);
const WASM_SCRIPT = 'tf-backend-wasm';
const WEBGL_SCRIPT = '__bench__/tf-backend-webgl.js';

/** @param {string} backend `webgl` or `wasm` */
export async function loadBodyPix(backend) {
  /** @type {Manifest} */
  const { segmenters, tfjs } = await (await fetch(new URL('manifest.json', ROOT))).json();
  const asset = segmenters.find(({ id }) => id === 'bodypix-mobilenet-050-quant2');
  if (asset?.kind !== 'bodypix') throw new Error('dist/ has no BodyPix ×0.50');
  for (const path of tfjs.scripts) {
    await loadScript(backend === 'webgl' && path.includes(WASM_SCRIPT) ? WEBGL_SCRIPT : path);
  }
  /** @type {Tfjs} */
  const tf = Reflect.get(globalThis, 'tf');
  tf.wasm?.setWasmPaths(String(new URL(tfjs.wasm, ROOT)));
  await tf.setBackend(backend);
  await tf.ready();
  if (tf.getBackend() !== backend) throw new Error(`tfjs has no ${backend} backend here`);
  /** @type {BodyPix} */
  const bodyPix = Reflect.get(globalThis, 'body-pix');
  const model = asset.models.find(({ stride }) => stride === 16);
  if (!model) throw new Error('dist/ has no BodyPix of stride 16');
  return bodyPix.load({
    architecture: asset.architecture,
    multiplier: asset.multiplier,
    quantBytes: asset.quantBytes,
    outputStride: 16,
    modelUrl: String(new URL(model.url, ROOT)),
  });
}

/** @param {string} path in dist/ */
function loadScript(path) {
  const script = document.createElement('script');
  script.src = String(new URL(path, ROOT));
  document.head.append(script);
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
  });
}
