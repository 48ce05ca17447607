/**
 * One small plot of the last minute: some lines over a common scale, the time when the page was
 * hidden shaded.
 *
 * @typedef {object} Line
 * @property {string} name in the legend
 * @property {string} latest in the legend too
 * @property {(number | null)[]} values a gap where there is none
 *
 * @typedef {object} Picture
 * @property {number[]} times of the values, in seconds before now
 * @property {Line[]} lines always the same ones
 * @property {[from: number, to: number][]} hidden in seconds before now
 * @property {string} description the same in words
 */

const SVG = 'http://www.w3.org/2000/svg';
/** Seconds that are shown. */
export const SPAN_S = 60;
/** Of the coordinates, whatever the size on the screen. */
const HEIGHT = 100;
/** Narrower shading has no room for its label. */
const LABEL_S = 8;
/** What a scale may end at, times a power of ten. */
const ENDS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
/** Of the scale, to the values that it is made for. */
const ROOM = 1.25;

/**
 * @param {HTMLElement} parent
 * @param {string} title with the unit
 * @returns {(picture: Picture) => void} draws
 */
export function createPlot(parent, title) {
  const figure = document.createElement('figure');
  figure.className = 'plot';
  const caption = document.createElement('figcaption');
  const heading = document.createElement('strong');
  heading.textContent = title;
  caption.append(heading);
  const plane = document.createElement('div');
  plane.className = 'plane';
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${SPAN_S} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  const shades = document.createElementNS(SVG, 'g');
  const middle = document.createElementNS(SVG, 'path');
  middle.setAttribute('class', 'middle');
  middle.setAttribute('d', `M0 ${HEIGHT / 2}H${SPAN_S}`);
  svg.append(shades, middle);
  const labels = document.createElement('div');
  const end = document.createElement('span');
  end.className = 'end';
  plane.append(svg, labels, end);
  figure.append(caption, plane);
  parent.append(figure);

  /** @type {{ path: SVGPathElement, latest: HTMLElement }[]} */
  const drawn = [];

  /** @param {Line} line */
  function add({ name }) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', `line line-${drawn.length}`);
    svg.append(path);
    const key = document.createElement('span');
    key.className = `key key-${drawn.length}`;
    const latest = document.createElement('b');
    key.append(name, ' ', latest);
    caption.append(key);
    const added = { path, latest };
    drawn.push(added);
    return added;
  }

  return ({ times, lines, hidden, description }) => {
    const top = scaleEnd(lines.flatMap(({ values }) => values));
    lines.forEach((line, index) => {
      const { path, latest } = drawn[index] ?? add(line);
      path.setAttribute('d', outline(times, line.values, top));
      latest.textContent = line.latest;
    });
    shades.replaceChildren(...hidden.map(([from, to]) => shade(from, to)));
    labels.replaceChildren(
      ...hidden.filter(([from, to]) => from - to >= LABEL_S).map(([from, to]) => label(from, to)),
    );
    end.textContent = String(top);
    svg.setAttribute('aria-label', `${title}: ${description}`);
  };
}

/**
 * The end of a scale, a round number: nine tenths of the values have room below it. What is far
 * above them, as at the start, would make a flat line of everything else.
 * @param {(number | null)[]} values
 */
export function scaleEnd(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const high = ROOM * (known[Math.ceil(0.9 * known.length) - 1] ?? 0);
  if (high === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(high));
  const end = ENDS.find((each) => high <= each * unit) ?? 10;
  // Not 0.30000000000000004.
  return Number((end * unit).toPrecision(2));
}

/**
 * The path of a line, with a hole at each gap; what is above the scale runs along its end.
 * @param {number[]} times seconds before now
 * @param {(number | null)[]} values
 * @param {number} top of the scale
 */
export function outline(times, values, top) {
  let pen = 'M';
  let path = '';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = SPAN_S - (times[index] ?? 0);
    const y = HEIGHT * (1 - Math.min(value / top, 1));
    path += `${pen}${x.toFixed(2)} ${y.toFixed(2)}`;
    pen = 'L';
  });
  return path;
}

/** @param {number} from @param {number} to */
function shade(from, to) {
  const rect = document.createElementNS(SVG, 'rect');
  rect.setAttribute('class', 'hidden-time');
  rect.setAttribute('x', String(SPAN_S - from));
  rect.setAttribute('width', String(from - to));
  rect.setAttribute('height', String(HEIGHT));
  return rect;
}

/** @param {number} from @param {number} to */
function label(from, to) {
  const span = document.createElement('span');
  span.className = 'hidden-label';
  span.textContent = 'hidden';
  span.style.insetInlineStart = `${(100 * (SPAN_S - from)) / SPAN_S}%`;
  span.style.inlineSize = `${(100 * (from - to)) / SPAN_S}%`;
  return span;
}
