/**
 * Reads every frame of one track or more in one worker, where a hidden page slows nothing.
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
  const frames = own.map(
    (track) => new MediaStreamTrackProcessor({ track, maxBufferSize: BUFFER }).readable,
  );
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
      /** @type {SeenFrame[]} */
      const seen = await ask({ type: 'stop', upload });
      for (const track of own) track.stop();
      worker.terminate();
      return seen;
    },
  };
}
