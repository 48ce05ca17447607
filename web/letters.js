/** Pixels of the font's size; py/cyclorama/sign.py. */
const EM = 96;
/** In that size. */
const LINE_HEIGHT = 1.18;
/** A line that is wider is broken, at one of its spaces. */
const WIDE = 5 * EM;
/** Of a name; more is cut off. */
const LONGEST = 60;

/**
 * The shape of a name's letters, for Python to paint: opaque where they are, in one line or two.
 * The browser has the fonts.
 *
 * @param {string} name
 * @returns {ImageBitmap | null} null where there is nothing to see
 */
export function drawLetters(name) {
  const canvas = new OffscreenCanvas(1, 1);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  setFont(context);
  const lines = breakLine(context, tidy(name));
  const measures = lines.map((line) => context.measureText(line));
  const [first, last] = [measures[0], measures.at(-1)];
  if (!first || !last) return null;
  const left = Math.ceil(Math.max(...measures.map((each) => each.actualBoundingBoxLeft)));
  const right = Math.ceil(Math.max(...measures.map((each) => each.actualBoundingBoxRight)));
  const up = Math.ceil(first.actualBoundingBoxAscent);
  const between = (lines.length - 1) * EM * LINE_HEIGHT;
  const down = Math.ceil(between + last.actualBoundingBoxDescent);
  if (left + right < 1 || up + down < 1) return null;
  canvas.width = left + right;
  canvas.height = up + down;
  // Forgotten with the size.
  setFont(context);
  lines.forEach((line, number) => context.fillText(line, left, up + number * EM * LINE_HEIGHT));
  return canvas.transferToImageBitmap();
}

/** @param {OffscreenCanvasRenderingContext2D} context */
function setFont(context) {
  context.font = `600 ${EM}px system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif`;
  context.letterSpacing = '0.01em';
}

/** @param {string} name */
function tidy(name) {
  const letters = [...name.replaceAll(/\s+/g, ' ').trim()];
  return letters.length <= LONGEST ? letters.join('') : `${letters.slice(0, LONGEST - 1).join('')}…`;
}

/**
 * Breaks where the longer of two lines is shortest.
 * @param {OffscreenCanvasRenderingContext2D} context
 * @param {string} text
 * @returns {string[]}
 */
function breakLine(context, text) {
  const width = (/** @type {string} */ line) => context.measureText(line).width;
  const whole = [text];
  if (width(text) <= WIDE) return whole;
  const words = text.split(' ');
  const breaks = words.slice(1).map((_, at) => [
    words.slice(0, at + 1).join(' '),
    words.slice(at + 1).join(' '),
  ]);
  const longer = (/** @type {string[]} */ lines) => Math.max(...lines.map(width));
  return breaks.reduce((best, lines) => (longer(lines) < longer(best) ? lines : best), whole);
}
