/**
 * What messages must hold, and which field of one does not: looked at once, where a worker takes it
 * in, so that nothing after that need doubt it. Here it is what kind of thing a field is; what its
 * numbers may be, Python says, whose numbers they are.
 *
 * @typedef {import('./protocol').ToCompositor} ToCompositor
 * @typedef {import('./protocol').ToSegmenter} ToSegmenter
 * @typedef {import('./protocol').ToStage} ToStage
 * @typedef {import('./protocol').CompositorToStage} CompositorToStage
 * @typedef {import('./protocol').StageToCompositor} StageToCompositor
 * @typedef {import('./protocol').ToPicture} ToPicture
 * @typedef {import('./protocol').Plate} Plate
 *
 * @typedef {(value: any) => string | null} Check
 *   The path of what is wrong within a value, '' for the value itself; null where nothing is.
 */

/** @param {(value: any) => boolean} holds @returns {Check} */
const is = (holds) => (value) => (holds(value) ? null : '');

/** @param {Record<string, Check>} checks by field @returns {Check} */
const fields = (checks) => {
  const entries = Object.entries(checks);
  return (value) => {
    if (typeof value !== 'object' || value === null) return '';
    for (const [name, check] of entries) {
      const wrong = check(value[name]);
      if (wrong !== null) return wrong ? `${name}.${wrong}` : name;
    }
    return null;
  };
};

/** @param {Record<string, Check>} checks by `type` @returns {Check} */
const oneOf = (checks) => (value) => {
  const check = Object.hasOwn(checks, value?.type) ? checks[value.type] : undefined;
  return check ? check(value) : 'type';
};

/** @param {Check} check @returns {Check} */
const orNull = (check) => (value) => (value === null ? null : check(value));

const number = is(Number.isFinite);
const whole = is((value) => Number.isInteger(value) && value >= 0);
const positive = is((value) => Number.isInteger(value) && value > 0);
const flag = is((value) => typeof value === 'boolean');
const text = is((value) => typeof value === 'string');
const list = is(Array.isArray);
const object = fields({});
const bytes = is((value) => value instanceof Uint8ClampedArray);
const port = is((value) => value instanceof MessagePort);
/** Closed ones have no size. */
const bitmap = is((value) => value instanceof ImageBitmap && value.width > 0);
const picture = is((value) =>
  value instanceof VideoFrame
    ? value.displayWidth > 0
    : value instanceof ImageBitmap && value.width > 0,
);
const size = { width: positive, height: positive };
const color = is((value) => Array.isArray(value) && value.length === 3 && value.every(Number.isFinite));

/** Whole rows of RGBA, and enough of them. @param {Record<string, Check>} checks @returns {Check} */
const pixelsOf = (checks) => {
  const check = fields(checks);
  return (value) => {
    const wrong = check(value);
    if (wrong !== null) return wrong;
    const { data, pixels = data, width, columns = width, height } = value;
    const row = 4 * columns;
    const fits = columns >= width && pixels.length % row === 0 && pixels.length >= row * height;
    return fits ? null : 'pixels';
  };
};

const settings = fields({ frameRate: number, threshold: number, quality: text, resolution: number });

const tuning = fields({
  budget: text,
  segmenters: object,
  backend: text,
  frameRate: number,
  pins: object,
  current: object,
  machine: text,
  kept: orNull(text),
});

/** @satisfies {Record<Plate['type'], Check>} */
const PLATES = {
  color: fields({ color }),
  blur: fields({ strength: number }),
  scene: fields({ name: text }),
  image: fields({ bitmap }),
  slides: fields({ place: text, size: number }),
  brand: fields({ color, name: orNull(bitmap), logo: orNull(bitmap) }),
};

/** @satisfies {Record<ToCompositor['type'], Check>} */
const TO_COMPOSITOR = {
  start: fields({
    epoch: whole,
    manifest: object,
    settings,
    tuning: orNull(tuning),
    carriers: list,
    stage: port,
    libraries: port,
  }),
  frame: fields({
    epoch: whole,
    timestamp: number,
    untimed: flag,
    picture,
    look: orNull(fields(size)),
    tookMs: number,
    slide: orNull(fields({ timestamp: number, picture })),
  }),
  repeat: fields({ epoch: whole }),
  mask: fields({
    epoch: whole,
    timestamp: number,
    bitmap,
    grid: fields({ x: number, y: number, dx: number, dy: number }),
  }),
  nomask: fields({ epoch: whole }),
  glimpse: fields({ strength: number }),
  plate: fields({ id: whole, plate: oneOf(PLATES) }),
  settings: fields({ settings }),
  tune: fields({ tuning: orNull(tuning) }),
  epoch: fields({ epoch: whole }),
  pause: fields({ paused: flag }),
};

/** @satisfies {Record<ToSegmenter['type'], Check>} */
const TO_SEGMENTER = {
  load: fields({ manifest: object, asset: object, stride: number }),
  segment: pixelsOf({ epoch: whole, timestamp: number, pixels: bytes, ...size }),
};

/** @satisfies {Record<ToStage['type'], Check>} */
const TO_STAGE = {
  open: fields({
    canvas: is((value) => value instanceof OffscreenCanvas),
    frames: orNull(is((value) => value instanceof WritableStream)),
    send: flag,
  }),
  connect: fields({ epoch: whole, port }),
  epoch: fields({ epoch: whole }),
  curtain: fields({ closed: flag }),
};

/** @satisfies {Record<CompositorToStage['type'], Check>} */
const COMPOSITOR_TO_STAGE = {
  show: fields({
    epoch: whole,
    pixels: pixelsOf({ data: bytes, columns: positive, ...size }),
    moved: flag,
  }),
  card: fields({ epoch: whole }),
  alive: object,
};

/** What a worker takes in, by who sends it. */
const CHECKS = {
  toCompositor: oneOf(TO_COMPOSITOR),
  toSegmenter: oneOf(TO_SEGMENTER),
  toStage: oneOf(TO_STAGE),
  compositorToStage: oneOf(COMPOSITOR_TO_STAGE),
  stageToCompositor: oneOf({ spent: fields({ data: bytes }) }),
  toPicture: oneOf({ prepare: fields({ file: is((value) => value instanceof Blob) }) }),
};

/**
 * @param {keyof typeof CHECKS} way
 * @param {unknown} message of any shape
 * @returns {import('./protocol').Failure | null} which names the field that is wrong; null where
 *   none is
 */
export function refusal(way, message) {
  const wrong = CHECKS[way](message);
  if (wrong === null) return null;
  const type = /** @type {{ type?: unknown } | null} */ (message)?.type;
  const known = typeof type === 'string' ? type.slice(0, 20) : typeof message;
  return { id: 'message-invalid', detail: `${known}: ${wrong || 'all of it'} is missing or wrong` };
}
