import { element } from './element.js';
import { onPictureDropped } from './drop.js';

/** @typedef {import('../api').Background} Background */

/**
 * The choice of background. A new choice shows at once and goes back when it fails.
 * @param {import('../studio.js').Studio} studio
 * @param {(error: unknown) => void} report
 */
export function createBackgrounds(studio, report) {
  const panel = element('background', HTMLFieldSetElement);
  const tiles = element('tiles', HTMLDivElement);
  const hint = element('background-hint', HTMLParagraphElement);
  const blur = element('blur', HTMLButtonElement);
  const blurRow = element('blur-row', HTMLLabelElement);
  const strength = element('blur-strength', HTMLInputElement);
  const color = element('color', HTMLButtonElement);
  const colorRow = element('color-row', HTMLLabelElement);
  const colorValue = element('color-value', HTMLInputElement);
  const colorSample = element('color-sample', HTMLSpanElement);
  const picture = element('picture', HTMLButtonElement);
  const pictureFile = element('picture-file', HTMLInputElement);
  const pictureSample = element('picture-sample', HTMLImageElement);
  /** @type {Map<string, HTMLButtonElement>} */
  const scenes = new Map();

  /** The newest choice not carried out yet: a slider makes them faster than Python paints. */
  /** @type {Background | null} */
  let next = null;
  let busy = false;

  const chooseBlur = () => choose({ type: 'blur', strength: strength.valueAsNumber });
  const chooseColor = () => choose({ type: 'color', color: colorValue.value });
  blur.addEventListener('click', chooseBlur);
  strength.addEventListener('input', chooseBlur);
  color.addEventListener('click', chooseColor);
  colorValue.addEventListener('input', chooseColor);
  picture.addEventListener('click', () => pictureFile.click());
  pictureFile.addEventListener('change', () => {
    const [file] = pictureFile.files ?? [];
    if (file) choose({ type: 'image', source: file });
    // So that the same file can be chosen again.
    pictureFile.value = '';
  });
  onPictureDropped((file) => {
    if (!panel.disabled) choose({ type: 'image', source: file });
  });
  studio.addEventListener('change', () => {
    const { cyclorama } = studio;
    panel.disabled = cyclorama === null;
    hint.hidden = cyclorama !== null;
    if (!cyclorama) return;
    for (const scene of cyclorama.scenes) addScene(scene);
    if (!busy) render(cyclorama.background);
  });

  /** @param {Background} background */
  function choose(background) {
    next = background;
    render(background);
    if (!busy) void work();
  }

  async function work() {
    busy = true;
    while (next && studio.cyclorama) {
      const background = next;
      next = null;
      try {
        await studio.cyclorama.setBackground(background);
      } catch (error) {
        report(error);
      }
    }
    next = null;
    busy = false;
    if (studio.cyclorama) render(studio.cyclorama.background);
  }

  /** @param {import('../api').Scene} scene */
  function addScene({ name, picture: painted }) {
    if (scenes.has(name)) return;
    const tile = document.createElement('button');
    tile.type = 'button';
    tile.className = 'swatch';
    tile.dataset.scene = name;
    const sample = document.createElement('canvas');
    sample.className = 'sample';
    sample.width = painted.width;
    sample.height = painted.height;
    sample.getContext('2d')?.drawImage(painted, 0, 0);
    tile.append(sample, title(name));
    tile.addEventListener('click', () => choose({ type: 'scene', name }));
    scenes.set(name, tile);
    tiles.insertBefore(tile, picture);
  }

  /** @param {Background} background */
  function render(background) {
    press(blur, background.type === 'blur');
    press(color, background.type === 'color');
    press(picture, background.type === 'image');
    for (const [name, tile] of scenes) {
      press(tile, background.type === 'scene' && background.name === name);
    }
    blurRow.hidden = background.type !== 'blur';
    colorRow.hidden = background.type !== 'color';
    if (background.type === 'blur') strength.valueAsNumber = background.strength;
    if (background.type === 'color') colorValue.value = background.color;
    if (background.type === 'image' && background.source instanceof Blob) sample(background.source);
    colorSample.style.backgroundColor = colorValue.value;
  }

  /** @type {Blob | null} */
  let sampled = null;
  /** @param {Blob} blob */
  function sample(blob) {
    if (blob === sampled) return;
    URL.revokeObjectURL(pictureSample.src);
    sampled = blob;
    pictureSample.src = URL.createObjectURL(blob);
    pictureSample.hidden = false;
  }
  pictureSample.addEventListener('error', () => {
    pictureSample.hidden = true;
  });
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} pressed
 */
function press(button, pressed) {
  button.setAttribute('aria-pressed', String(pressed));
}

/** @param {string} name of a scene, in Python's spelling */
function title(name) {
  const words = name.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
