/** Before worker/segmenter.js: its GPU is lost as soon as somebody says so. */
/** @type {(() => void)[]} */
const losses = [];
new BroadcastChannel('lose-gpu').onmessage = () => losses.forEach((lose) => lose());

const { getContext } = OffscreenCanvas.prototype;
OffscreenCanvas.prototype.getContext = /** @type {*} */ (
  /** @this {OffscreenCanvas} @param {...*} options */
  function (...options) {
    const context = Reflect.apply(getContext, this, options);
    if (context instanceof WebGL2RenderingContext) {
      const extension = context.getExtension('WEBGL_lose_context');
      losses.push(() => extension?.loseContext());
    }
    return context;
  }
);

if ('GPUAdapter' in self) {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (/** @type {*} */ descriptor) {
    const device = await requestDevice.call(this, descriptor);
    losses.push(() => device.destroy());
    return device;
  };
}
