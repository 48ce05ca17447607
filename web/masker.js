/**
 * The segmenter in use, over all the workers that it has: it is changed, it is lost, and it gives
 * up its GPU, and its masks go to the compositor meanwhile as they come.
 *
 * @typedef {import('./api').Settings} Settings
 * @typedef {import('./segmenter.js').Segmenter} Segmenter
 * @typedef {import('../worker/protocol').Manifest} Manifest
 * @typedef {import('../worker/protocol').ToCompositor} ToCompositor
 *
 * @typedef {object} Client Whom the masks are for.
 * @property {(message: ToCompositor, transfer?: Transferable[]) => void} send
 * @property {() => Settings} settings that hold now
 * @property {() => number} epoch
 * @property {(progress: import('./api').Progress) => void} progress
 * @property {() => void} changed another one runs, or none
 * @property {(error: CycloramaError) => void} failed one mask could not be had
 * @property {(error: CycloramaError) => void} lost none will be had
 *
 * @typedef {Pick<Settings, 'segmenter' | 'stride' | 'backend'>} Choice
 */
import { CycloramaError } from './errors.js';
import { openSegmenter } from './segmenter.js';

export class Masker {
  #manifest;
  #client;
  #stopping;
  /** Before, it would only slow Python down. @type {Promise<void>} */
  #compiled;
  /** Only the newest change counts. */
  #loading = new AbortController();
  /** @type {Choice | null} */
  #awaited = null;
  /** @type {Segmenter | null} */
  #segmenter = null;

  /**
   * @param {Manifest} manifest
   * @param {Promise<void>} compiled until Python is as good as started
   * @param {AbortSignal} stopping
   * @param {Client} client
   */
  constructor(manifest, compiled, stopping, client) {
    this.#manifest = manifest;
    this.#compiled = compiled;
    this.#stopping = stopping;
    this.#client = client;
  }

  /** The one that runs. */
  get segmenter() {
    return this.#segmenter;
  }

  /** The one that is on its way, and will take the place of what runs. */
  get awaited() {
    return this.#awaited;
  }

  /**
   * @param {Choice} choice
   * @throws {Error} it cannot be had; the one before runs on. An AbortError where another was
   *   chosen before it was there.
   */
  async use({ segmenter, stride, backend }) {
    const asset = this.#manifest.segmenters.find(({ id }) => id === segmenter);
    if (!asset) throw new CycloramaError('setting-invalid', `no segmenter ${segmenter}`);
    this.#loading.abort(new DOMException('Another segmenter was chosen.', 'AbortError'));
    this.#loading = new AbortController();
    const awaited = { segmenter, stride, backend };
    this.#awaited = awaited;
    try {
      const next = await this.#open(asset, awaited, this.#loading.signal);
      this.#drop();
      this.#segmenter = next;
    } finally {
      if (this.#awaited === awaited) this.#awaited = null;
    }
    this.#client.changed();
  }

  /**
   * @param {import('../worker/protocol').SegmenterAsset} asset
   * @param {Choice} choice
   * @param {AbortSignal} superseded
   */
  async #open(asset, choice, superseded) {
    const signal = AbortSignal.any([superseded, this.#stopping]);
    await this.#compiled;
    signal.throwIfAborted();
    return openSegmenter(
      this.#manifest,
      asset,
      choice,
      {
        progress: this.#client.progress,
        mask: (mask) => this.#client.send(mask, [mask.bitmap]),
        nomask: this.#client.send,
        lost: ({ detail }) => this.#leaveGpu(detail),
        failed: this.#client.failed,
      },
      signal,
    );
  }

  /** @param {Omit<import('../worker/protocol').LookMessage, 'type'>} look */
  look(look) {
    if (this.#segmenter) this.#segmenter.segment(look);
    else this.#client.send({ type: 'nomask', epoch: look.epoch, timestamp: look.timestamp });
  }

  /** It does not answer any more. */
  restart() {
    this.#client.failed(new CycloramaError('segmenter-lost'));
    this.#replace({});
  }

  close() {
    this.#segmenter?.close();
  }

  /** WebAssembly needs no GPU, and takes over without a word to the user. @param {string} detail */
  #leaveGpu(detail) {
    if (this.#stopping.aborted) return;
    console.info(`The segmenter goes on in WebAssembly, as its GPU failed: ${detail}`);
    this.#replace({ backend: 'wasm' });
  }

  /** @param {Partial<Settings>} changes */
  #replace(changes) {
    this.#drop();
    this.#client.changed();
    this.use({ ...this.#client.settings(), ...changes }).catch(this.#client.lost);
  }

  /** The mask that it may owe will not come. */
  #drop() {
    this.#segmenter?.close();
    this.#segmenter = null;
    this.#client.send({ type: 'nomask', epoch: this.#client.epoch(), timestamp: -1 });
  }
}
