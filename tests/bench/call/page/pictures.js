/**
 * Loaded first in a thread: counts the ImageBitmaps and VideoFrames that are opened and closed in it
 * from then on. One that is sent from thread to thread is opened in one and closed in another, so
 * that only the sum over all threads says how many are open.
 */
(() => {
  const COUNT = 'count';
  const pictures = { opened: 0, closed: 0 };

  /** @template T @param {T} picture */
  function opened(picture) {
    pictures.opened += 1;
    return picture;
  }

  const create = globalThis.createImageBitmap;
  globalThis.createImageBitmap = async (/** @type {any[]} */ ...given) =>
    opened(await Reflect.apply(create, globalThis, given));

  const { transferToImageBitmap } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.transferToImageBitmap = function () {
    return opened(transferToImageBitmap.call(this));
  };

  globalThis.VideoFrame = new Proxy(VideoFrame, {
    construct: (target, given) => opened(Reflect.construct(target, given)),
  });
  const { clone } = VideoFrame.prototype;
  VideoFrame.prototype.clone = function () {
    return opened(clone.call(this));
  };

  // What was sent away or is closed already has no size, and is not closed once more.
  const closeBitmap = ImageBitmap.prototype.close;
  ImageBitmap.prototype.close = function () {
    if (this.width > 0) pictures.closed += 1;
    closeBitmap.call(this);
  };
  const closeFrame = VideoFrame.prototype.close;
  VideoFrame.prototype.close = function () {
    if (this.codedWidth > 0) pictures.closed += 1;
    closeFrame.call(this);
  };

  // A track closes what is written onto it, and calls nothing for that.
  const { write } = WritableStreamDefaultWriter.prototype;
  WritableStreamDefaultWriter.prototype.write = async function (/** @type {unknown} */ chunk) {
    const frame = chunk instanceof VideoFrame && chunk.codedWidth > 0 ? chunk : null;
    await write.call(this, chunk);
    if (frame?.codedWidth === 0) pictures.closed += 1;
  };

  const channel = new BroadcastChannel('bench-pictures');
  channel.onmessage = ({ data }) => {
    if (data === COUNT) channel.postMessage(pictures);
  };

  /**
   * What all threads count at almost the same time.
   * @param {number} others threads beside this one
   */
  async function countPictures(others) {
    const answers = new BroadcastChannel('bench-pictures');
    const sum = await new Promise((resolve) => {
      const counted = { opened: 0, closed: 0 };
      let missing = others;
      answers.onmessage = ({ data }) => {
        if (data === COUNT) return;
        counted.opened += data.opened;
        counted.closed += data.closed;
        missing -= 1;
        if (missing === 0) resolve(counted);
      };
      channel.postMessage(COUNT);
    });
    answers.close();
    return { opened: sum.opened + pictures.opened, closed: sum.closed + pictures.closed };
  }

  Object.assign(globalThis, { countPictures });
})();
