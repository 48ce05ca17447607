/**
 * Reads every frame of one track or more in one worker, where a hidden page slows nothing. In
 * browsers without a track processor it looks at the track so often that it meets every frame,
 * most of them twice.
 *
 * @typedef {import('./recording').RecordOptions} RecordOptions
 * @typedef {import('./recording').SeenFrame} SeenFrame
 * @typedef {import('./recording').ToRecorder} ToRecorder
 */

/** Frames that may wait for the reader before some are lost. */
const BUFFER = 60;

/**
 * @param {MediaStreamTrack[]} tracks are cloned, so that their owners may do with them as before
 * @param {RecordOptions} options
 */
export function record(tracks, options) {
  const own = tracks.map((track) => track.clone());
  const canProcess = 'MediaStreamTrackProcessor' in globalThis;
  const frames = own.map((track) => (canProcess ? process(track) : sample(track)));
  const worker = new Worker(new URL('recorder.js', import.meta.url));
  const failed = new Promise((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  failed.catch(() => {});

  /**
   * @template T
   * @param {ToRecorder} message @param {Transferable[]} [transfer]
   * @returns {Promise<T>}
   */
  function ask(message, transfer = []) {
    const channel = new MessageChannel();
    worker.postMessage(message, [channel.port2, ...transfer]);
    const answered = new Promise((resolve) => {
      channel.port1.onmessage = ({ data }) => resolve(data);
    });
    return Promise.race([answered, failed]);
  }

  void ask({ type: 'start', frames, options }, frames);
  return {
    /** @returns {Promise<number>} frames seen so far */
    count: () => ask({ type: 'count' }),
    /**
     * @param {string} upload where to POST the kept pixels
     * @returns {Promise<SeenFrame[]>}
     */
    async stop(upload) {
      for (const track of own) track.stop();
      /** @type {SeenFrame[]} */
      const seen = await ask({ type: 'stop', upload });
      worker.terminate();
      return seen;
    },
  };
}

/** @param {MediaStreamTrack} track */
function process(track) {
  return new MediaStreamTrackProcessor({ track, maxBufferSize: BUFFER }).readable;
}

/**
 * Answers each request for a frame with the newest, null before the first.
 * @param {MediaStreamTrack} track
 */
function sample(track) {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  void video.play();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const timestamp = Math.round(video.currentTime * 1e6);
    const shown = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    const frame = shown ? new VideoFrame(video, { timestamp }) : null;
    port1.postMessage(frame, frame ? [frame] : []);
  };
  return port2;
}
