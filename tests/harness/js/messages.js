/**
 * Messages that no worker should get, by the thousand and by their number always the same.
 * @typedef {'compositor' | 'segmenter' | 'stage' | 'port'} Receiver
 * @typedef {Record<string, any>} Message
 */

/** None of them is ever right where a number, a flag, an object or a picture belongs. */
const JUNK = [undefined, null, NaN, Infinity, -1, 0.5, 'x', {}, [], 1n, new Map()];
/** Of no camera, so that what happens to be right changes nothing. */
const STALE = 999_999;

const bitmap = await createImageBitmap(new ImageData(2, 2));
const grid = { x: 0.1, y: 0.1, dx: 0.2, dy: 0.2 };
const settings = { frameRate: 30, threshold: 0.5, quality: 'fine', resolution: 0.475 };
const slide = { timestamp: 1, picture: bitmap };
const size = { width: 2, height: 2 };
const plates = [
  { type: 'color', color: [1, 2, 3] },
  { type: 'blur', strength: 0.5 },
  { type: 'scene', name: 'studio' },
  { type: 'image', bitmap },
  { type: 'brand', color: [1, 2, 3], name: bitmap, logo: bitmap },
];

/**
 * What each worker is sent, without what a page can give away only once.
 * @type {Record<Receiver, Message[]>}
 */
const MESSAGES = {
  compositor: [
    { type: 'start', epoch: 1, manifest: {}, settings, carriers: [] },
    {
      type: 'frame',
      epoch: STALE,
      timestamp: 1,
      untimed: false,
      picture: bitmap,
      look: size,
      tookMs: 1,
      slide,
    },
    { type: 'mask', epoch: STALE, timestamp: 1, bitmap, grid },
    { type: 'repeat', epoch: STALE },
    { type: 'nomask', epoch: STALE, timestamp: 1 },
    { type: 'glimpse', strength: 0.5 },
    { type: 'settings', settings },
    ...plates.map((plate) => ({ type: 'plate', id: 1e6, plate })),
  ],
  segmenter: [
    { type: 'load', asset: {}, stride: 16 },
    { type: 'segment', epoch: STALE, timestamp: 1, pixels: new Uint8ClampedArray(16), ...size },
  ],
  stage: [
    { type: 'open', frames: null, send: false },
    { type: 'connect', epoch: STALE },
  ],
  // Between compositor and stage, which answer each other.
  port: [
    { type: 'show', epoch: 1, moved: false, pixels: { data: new Uint8ClampedArray(16), columns: 2, ...size } },
    { type: 'card', epoch: STALE },
  ],
};
/**
 * That are harmful where they are right: one field of these is always junk.
 * @type {Record<Receiver, Message[]>}
 */
const CONTROLS = {
  compositor: [{ type: 'epoch' }, { type: 'pause' }],
  segmenter: [{ type: 'load' }],
  stage: [{ type: 'epoch' }, { type: 'curtain' }, { type: 'open' }, { type: 'connect' }],
  port: [{ type: 'show' }],
};

/** @param {number} seed @returns {() => number} 0 to 1, always the same numbers */
function chances(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {Receiver} worker
 * @param {number} count
 */
export function* generate(worker, count) {
  const chance = chances(count);
  /** @param {any[]} list */
  const one = (list) => list[Math.floor(chance() * list.length)];
  /**
   * With something else in place of a field, at some depth.
   * @param {Message} message
   * @returns {Message}
   */
  const spoilt = (message) => {
    const name = one(Object.keys(message));
    const value = message[name];
    const deeper = Object.getPrototypeOf(value ?? 0) === Object.prototype && chance() < 0.6;
    return { ...message, [name]: deeper && Object.keys(value).length ? spoilt(value) : one(JUNK) };
  };
  for (let made = 0; made < count; made += 1) {
    const kind = chance();
    if (kind < 0.1) yield one(JUNK);
    else if (kind < 0.2) yield { ...one(MESSAGES[worker]), type: one([...JUNK, 'toString', '__proto__']) };
    else if (kind < 0.3) yield { ...one(CONTROLS[worker]), [one(['epoch', 'paused', 'closed'])]: one(JUNK) };
    else yield spoilt(one(MESSAGES[worker]));
  }
}
