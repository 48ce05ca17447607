import { keepBackground, recallBackground } from '../choices.js';
import { createBackdrop } from './backdrop.js';
import { createBlurSample } from './blur_sample.js';
import { createBrand } from './brand.js';
import { element } from './element.js';
import { createPictures } from './pictures.js';
import { createRadios } from './radios.js';

/**
 * @typedef {import('../api').Background} Background
 * @typedef {import('../pictures.js').OwnPicture} OwnPicture
 */

/**
 * The gallery of backgrounds. A new choice shows at once and goes back when it fails; the last one
 * that was carried out is there again on the next visit.
 * @param {import('../studio.js').Studio} studio
 * @param {(error: unknown) => void} report
 */
export function createBackgrounds(studio, report) {
  const group = element('tiles', HTMLDivElement);
  const blur = element('blur', HTMLButtonElement);
  const blurRow = element('blur-row', HTMLLabelElement);
  const strength = element('blur-strength', HTMLInputElement);
  const color = element('color', HTMLButtonElement);
  const colorRow = element('color-row', HTMLLabelElement);
  const colorValue = element('color-value', HTMLInputElement);
  const colorSample = element('color-sample', HTMLSpanElement);
  const radios = createRadios(group);
  const backdrop = createBackdrop();
  const brand = createBrand({ choose, report });
  const pictures = createPictures(group, { choose: choosePicture, removed, report });
  /** @type {Map<string, { tile: HTMLButtonElement, painted: ImageBitmap }>} */
  const scenes = new Map();

  /** The newest choice not carried out yet: a slider makes them faster than Python paints. */
  /** @type {Background | null} */
  let next = null;
  /** The choice that is being carried out. @type {Background | null} */
  let underway = null;
  /** The choice of the last visit. @type {Background | null} */
  let restored = null;
  /** Whether the user has chosen anything on this visit. */
  let touched = false;

  const chooseBlur = () => choose({ type: 'blur', strength: strength.valueAsNumber });
  const chooseColor = () => choose({ type: 'color', color: colorValue.value });
  blur.addEventListener('click', chooseBlur);
  strength.addEventListener('input', chooseBlur);
  color.addEventListener('click', chooseColor);
  colorValue.addEventListener('input', chooseColor);
  studio.addEventListener('change', () => {
    const { cyclorama } = studio;
    for (const scene of cyclorama?.scenes ?? []) addScene(scene);
    if (scenes.size > 0 || cyclorama?.state === 'failed') dropSkeletons();
    render();
  });
  createBlurSample(studio, strength);
  void restore();

  /** Takes up the choice of the last visit. Where that is gone, nobody needs to be told. */
  async function restore() {
    const kept = await recallBackground();
    if (kept?.type === 'brand') return again(await brand.restore(kept));
    if (kept?.type !== 'picture') return again(kept);
    const own = await pictures.find(kept.id);
    again(own ? { type: 'image', source: own.picture } : null);
  }

  /** @param {Background | null} background */
  function again(background) {
    if (!background || touched) return;
    next = restored = background;
    render();
    void work();
  }

  /** What the user has chosen last, carried out or not. */
  const wanted = () => next ?? underway ?? studio.background;

  /** @param {Background} background */
  function choose(background) {
    touched = true;
    next = background;
    keep(background);
    render();
    if (!underway) void work();
  }

  /** @param {OwnPicture} own */
  function choosePicture(own) {
    choose({ type: 'image', source: own.picture });
  }

  /** @param {OwnPicture} own */
  function removed(own) {
    const background = wanted();
    if (background?.type === 'image' && background.source === own.picture) chooseBlur();
    else render();
  }

  async function work() {
    while (next) {
      underway = next;
      next = null;
      try {
        await studio.setBackground(underway);
      } catch (error) {
        if (underway !== restored) report(error);
        if (!next && studio.background) keep(studio.background);
      }
    }
    underway = null;
    render();
  }

  /** @param {Background} background */
  function keep(background) {
    // What is shared is gone by the next visit.
    if (background.type === 'screen') return;
    // Its logo is kept where pictures are.
    if (background.type === 'brand') return keepBackground({ ...background, logo: null });
    if (background.type !== 'image') return keepBackground(background);
    const own = pictures.of(background.source);
    if (own) keepBackground({ type: 'picture', id: own.id });
  }

  /** @param {import('../api').Scene} scene */
  function addScene({ name, picture: painted }) {
    if (scenes.has(name)) return;
    const tile = document.createElement('button');
    tile.type = 'button';
    tile.className = 'swatch';
    tile.dataset.scene = name;
    tile.setAttribute('role', 'radio');
    const sample = document.createElement('canvas');
    sample.className = 'sample';
    sample.width = painted.width;
    sample.height = painted.height;
    sample.getContext('2d')?.drawImage(painted, 0, 0);
    tile.append(sample, title(name));
    tile.addEventListener('click', () => choose({ type: 'scene', name }));
    scenes.set(name, { tile, painted });
    group.insertBefore(tile, group.querySelector('.kept'));
  }

  function dropSkeletons() {
    for (const skeleton of group.querySelectorAll('.skeleton')) skeleton.remove();
  }

  function render() {
    const background = wanted();
    radios.check(background && tileOf(background));
    blurRow.hidden = background?.type !== 'blur';
    colorRow.hidden = background?.type !== 'color';
    brand.render(background?.type === 'brand');
    if (background?.type === 'blur') strength.valueAsNumber = background.strength;
    if (background?.type === 'color') colorValue.value = background.color;
    colorSample.style.backgroundColor = colorValue.value;
    backdrop.hang(background && pictureOf(background), background?.type === 'color' ? background.color : '');
  }

  /** @param {Background} background */
  function pictureOf(background) {
    if (background.type === 'scene') return scenes.get(background.name)?.painted ?? null;
    return background.type === 'image' && background.source instanceof Blob ? background.source : null;
  }

  /** @param {Background} background */
  function tileOf(background) {
    switch (background.type) {
      case 'blur':
        return blur;
      case 'color':
        return color;
      case 'scene':
        return scenes.get(background.name)?.tile ?? null;
      case 'brand':
        return brand.tile;
      case 'image': {
        const own = pictures.of(background.source);
        return own ? (pictures.radio(own.id) ?? null) : null;
      }
      default:
        return null;
    }
  }
}

/** @param {string} name of a scene, in Python's spelling */
function title(name) {
  const words = name.replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
