/**
 * Twilio's processor as its documentation says for Chromium, `inputFrameBufferType: 'videoframe'`
 * and `outputFrameBufferContextType: 'bitmaprenderer'`, with the options' default values: camera
 * frames are processed one after the other and shown on a canvas, whose stream is the output.
 */
import { createTally } from '../article/tally.js';
import { loadBackgroundImage, openCamera, SIZE } from '../speed/page/scene.js';

/** @typedef {typeof import('@twilio/video-processors')} VideoProcessors */

/** @returns {Promise<import('../speed/page/subject').Subject>} */
async function start() {
  /** @type {{ VideoProcessors: VideoProcessors }} */
  const { VideoProcessors } = Reflect.get(globalThis, 'Twilio');
  const processor = new VideoProcessors.VirtualBackgroundProcessor({
    assetsPath: String(new URL('twilio/', import.meta.url)),
    backgroundImage: await loadBackgroundImage(),
  });
  await processor.loadModel();
  const camera = await openCamera();
  const output = Object.assign(document.createElement('canvas'), SIZE);
  output.getContext('bitmaprenderer');
  const [track] = output.captureStream().getVideoTracks();
  if (!track) throw new Error('captureStream gave no video track');
  const tally = createTally();

  const { readable } = new MediaStreamTrackProcessor({ track: camera });
  /** @type {Promise<number>} */
  const firstCompositeMs = new Promise((resolve, reject) => {
    readable
      .pipeTo(
        new WritableStream({
          async write(frame) {
            const started = performance.now();
            await processor.processFrame(frame, output);
            const shown = performance.now();
            // It waits for the mask of the very frame that it shows.
            tally.mask(0);
            tally.stages({ process: shown - started });
            resolve(shown);
          },
        }),
      )
      .catch(reject);
  });
  return { camera, track, firstCompositeMs: await firstCompositeMs, stats: tally.take };
}

Object.assign(globalThis, { subject: start() });
