/** @import { Connector, Cyclorama } from './api' */

/**
 * What a publisher of the Vonage SDK asks of a media processor. The SDK stops each track that it
 * was given as soon as it needs another, and comes back after `destroy` when the camera is turned
 * on again: so it gets copies of the output, which itself goes on.
 * @param {Pick<Cyclorama, 'process' | 'pause' | 'resume'>} cyclorama
 * @returns {Connector}
 */
export function createConnector(cyclorama) {
  /** @type {MediaStreamTrack | null} */
  let given = null;
  return {
    async setTrack(camera) {
      const output = await cyclorama.process(camera);
      cyclorama.resume();
      given = output.clone();
      return given;
    },
    async destroy() {
      given?.stop();
      given = null;
      cyclorama.pause();
    },
  };
}
