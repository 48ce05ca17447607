/**
 * The stage: holds the output canvas, writes its pictures onto the track (or hands them to the page,
 * where browsers give a worker no track and capture no canvas of one), shows what the compositor sends, and the card whenever it
 * sends nothing. It knows no Python and computes no pixel, so that it outlives everything that
 * does: the track that is captured from this canvas can never be replaced in a call.
 *
 * @typedef {import('./protocol').ToStage} ToStage
 * @typedef {import('./protocol').FromStage} FromStage
 * @typedef {import('./protocol').CompositorToStage} CompositorToStage
 * @typedef {import('./protocol').StageToCompositor} StageToCompositor
 */
import { refusal } from './checked.js';
import { watchForFreeze } from './freeze.js';

/** Without a composite for this long, the card. */
const HOLD_MS = 500;
/** Repeated this often, or the browser takes the track for muted. */
const REFRESH_MS = 500;
/** A compositor that was alive and says nothing for this long has died or hangs. */
const SILENT_MS = 4000;
const CHECK_MS = 100;
/** A check so late was held up together with everything else: it tells nothing of the others. */
const LAPSE_MS = 500;

/** @type {OffscreenCanvasRenderingContext2D | null} */
let context = null;
/** Of the track; null where the canvas is captured. @type {WritableStreamDefaultWriter<VideoFrame> | null} */
let frames = null;
/** Whether the page shows the pictures: the canvas is then only where they are drawn. */
let sending = false;
/** @type {MessagePort | null} */
let compositor = null;
let epoch = 0;
let curtain = false;
/** @type {'card' | 'composite' | null} */
let showing = null;
let drawnAt = -Infinity;
/** When the compositor last said anything; null until it first does. @type {number | null} */
let heardAt = null;
let checkedAt = 0;
let isFrozen = watchForFreeze();

self.onmessage = (/** @type {MessageEvent<ToStage>} */ { data }) => {
  const refused = refusal('toStage', data);
  if (refused) return post({ type: 'failed', failure: refused });
  switch (data.type) {
    case 'open':
      context = data.canvas.getContext('2d', { alpha: false });
      frames = data.frames?.getWriter() ?? null;
      sending = data.send;
      drawCard();
      setInterval(check, CHECK_MS);
      return;
    case 'connect':
      compositor?.close();
      compositor = data.port;
      compositor.onmessage = receive;
      epoch = data.epoch;
      heardAt = null;
      isFrozen = watchForFreeze();
      return;
    case 'epoch':
      epoch = data.epoch;
      return;
    case 'curtain':
      curtain = data.closed;
      if (curtain) drawCard();
  }
};

/** @param {MessageEvent<CompositorToStage>} event */
function receive({ data }) {
  const refused = refusal('compositorToStage', data);
  if (refused) return post({ type: 'failed', failure: refused });
  heardAt = performance.now();
  if (data.type === 'show') {
    const { pixels, moved } = data;
    if (data.epoch === epoch && !curtain) drawComposite(pixels);
    if (isFrozen(pixels, moved, heardAt)) post({ type: 'lost', epoch, cause: 'frozen' });
    giveBack(pixels);
  } else if (data.type === 'card' && data.epoch === epoch && showing !== 'card') {
    drawCard();
  }
}

function check() {
  const now = performance.now();
  const lapse = now - checkedAt;
  checkedAt = now;
  const patience = showing === 'card' ? REFRESH_MS : HOLD_MS;
  if (now - drawnAt >= patience) drawCard();
  if (heardAt !== null && lapse > LAPSE_MS) heardAt += lapse;
  if (heardAt !== null && now - heardAt >= SILENT_MS) {
    heardAt = null;
    post({ type: 'lost', epoch, cause: 'silent' });
  }
}

/** @param {import('./protocol').Pixels} pixels */
function drawComposite({ data, columns, width, height }) {
  if (!context) return;
  const { canvas } = context;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  // What stands over on the right and below falls off the canvas.
  context.putImageData(new ImageData(data, columns), 0, 0);
  drawn('composite');
}

/** @param {import('./protocol').Pixels} pixels */
function giveBack({ data }) {
  /** @type {StageToCompositor} */
  const spent = { type: 'spent', data };
  compositor?.postMessage(spent, [data.buffer]);
}

/** A neutral picture: somebody is there, and not to be seen. */
function drawCard() {
  if (!context) return;
  const { width, height } = context.canvas;
  const unit = height / 100;
  context.fillStyle = '#2a2f37';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#47505c';
  const head = new Path2D();
  head.arc(width / 2, 40 * unit, 13 * unit, 0, 2 * Math.PI);
  const shoulders = new Path2D();
  shoulders.ellipse(width / 2, 100 * unit, 30 * unit, 40 * unit, 0, Math.PI, 2 * Math.PI);
  context.fill(head);
  context.fill(shoulders);
  drawn('card');
}

/** @param {'card' | 'composite'} picture */
function drawn(picture) {
  const now = performance.now();
  // Not taken, the picture counts as not drawn, so that the card comes when it is due.
  if (frames && !write(frames, now)) return;
  drawnAt = now;
  if (sending) send();
  if (picture === showing) return;
  showing = picture;
  post({ type: 'showing', picture });
}

/**
 * @param {WritableStreamDefaultWriter<VideoFrame>} writer
 * @param {number} now
 * @returns {boolean} whether the track took a picture of the canvas, which it closes then
 */
function write(writer, now) {
  // 0: it has one that it did not show yet. null: it was stopped, and so was every clone.
  if (!context || !writer.desiredSize) return false;
  const frame = new VideoFrame(context.canvas, { timestamp: Math.round(now * 1000) });
  // It is stopped at this moment.
  writer.write(frame).catch(() => frame.close());
  return true;
}

/** Leaves the canvas empty; everything that is drawn covers all of it. */
function send() {
  if (!context) return;
  const bitmap = context.canvas.transferToImageBitmap();
  post({ type: 'picture', bitmap }, [bitmap]);
}

/** @param {FromStage} message @param {Transferable[]} [transfer] */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}
