/**
 * What the person stands before: the background and its plate, which outlive the compositor that
 * they are sent to, and what is shared in their place.
 *
 * @typedef {import('./api').Background} Background
 * @typedef {import('../worker/protocol').Plate} Plate
 * @typedef {import('../worker/protocol').ToCompositor} ToCompositor
 * @typedef {import('./source.js').Source} Source
 *
 * @typedef {object} Slides What is shared, and what stood behind the person before.
 * @property {MediaStreamTrack} track that the caller stops
 * @property {Source} source
 * @property {{ background: Background, plate: Plate }} before
 *
 * @typedef {object} Stagehands Whom a backdrop needs.
 * @property {(message: ToCompositor, transfer?: Transferable[]) => void} send
 * @property {(background: Background) => void} standing another one stands behind the person
 * @property {(shared: boolean) => void} sharing whether slides are behind the person
 * @property {(error: import('./errors.js').CycloramaError) => void} failed where nobody waits
 */
import { bitmapsOf, closePlate, copyPlate, toPlate } from './background.js';
import { openSource } from './source.js';

export class Backdrop {
  #background;
  /** The background as it is sent, to have it when a compositor is started again. */
  #plate;
  #hands;
  /** @type {Slides | null} */
  #slides = null;
  /** Plates under way by message id. @type {Map<number, PromiseWithResolvers<void>>} */
  #sent = new Map();
  #id = 0;
  /** Of the newest call of `set`. */
  #turn = 0;
  #closed = false;

  /**
   * @param {Background} background
   * @param {Plate} plate the same, decoded
   * @param {Stagehands} hands
   */
  constructor(background, plate, hands) {
    this.#background = background;
    this.#plate = plate;
    this.#hands = hands;
  }

  get background() {
    return this.#background;
  }

  /** Where slides come from, while some are shared. */
  get slides() {
    return this.#slides?.source ?? null;
  }

  /**
   * Of concurrent calls the last wins.
   * @param {Background} background
   * @throws {Error} it cannot be had, and the one before stays
   */
  async set(background) {
    const turn = ++this.#turn;
    const plate = await toPlate(background);
    // Another one was asked for while this one was decoded: that is the one to show.
    if (turn !== this.#turn || this.#closed) return closePlate(plate);
    await this.#stand(background, plate);
  }

  /** To a compositor that has none yet. */
  async send() {
    await this.#send(this.#plate);
  }

  /**
   * The compositor has it, or not.
   * @param {number} id
   * @param {Error | null} failure
   */
  settle(id, failure) {
    const waiting = this.#sent.get(id);
    this.#sent.delete(id);
    if (failure) waiting?.reject(failure);
    else waiting?.resolve();
  }

  /** Nobody will settle what is under way. @param {Error} reason */
  abandon(reason) {
    for (const { reject } of this.#sent.values()) reject(reason);
    this.#sent.clear();
  }

  close() {
    this.#closed = true;
    this.#slides?.source.close();
    closePlate(this.#plate);
    if (this.#slides) closePlate(this.#slides.before.plate);
  }

  /** @param {Background} background @param {Plate} plate which is kept */
  async #stand(background, plate) {
    if (background.type === 'screen') this.#openSlides(background.track);
    try {
      await this.#send(plate);
    } catch (error) {
      if (this.#background.type !== 'screen') this.#closeSlides();
      this.#release(plate);
      throw error;
    }
    const old = this.#plate;
    this.#background = background;
    this.#plate = plate;
    if (background.type !== 'screen') this.#closeSlides();
    this.#release(old);
    this.#hands.standing(background);
  }

  /** @param {Plate} plate */
  async #send(plate) {
    const copy = await copyPlate(plate);
    const id = ++this.#id;
    /** @type {PromiseWithResolvers<void>} */
    const done = Promise.withResolvers();
    this.#sent.set(id, done);
    this.#hands.send({ type: 'plate', id, plate: copy }, bitmapsOf(copy));
    await done.promise;
  }

  /** @param {MediaStreamTrack} track */
  #openSlides(track) {
    if (this.#slides?.track === track) return;
    const before = this.#slides?.before ?? { background: this.#background, plate: this.#plate };
    this.#slides?.source.close();
    const lost = () => {
      if (this.#slides?.track !== track || this.#closed) return;
      this.#turn += 1;
      this.#stand(before.background, before.plate).catch(this.#hands.failed);
    };
    this.#slides = { track, before, source: openSource(track, lost) };
    this.#hands.sharing(true);
  }

  #closeSlides() {
    if (!this.#slides) return;
    const { source, before } = this.#slides;
    source.close();
    this.#slides = null;
    this.#hands.sharing(false);
    this.#release(before.plate);
  }

  /** @param {Plate} plate that is perhaps not needed any more */
  #release(plate) {
    if (plate === this.#plate || plate === this.#slides?.before.plate) return;
    closePlate(plate);
  }
}
