import { decode } from '../decode.js';
import { keepLogo, keptLogo } from '../pictures.js';
import { element } from './element.js';

/** @typedef {import('../api').Background} Background */
/** @typedef {Extract<Background, { type: 'brand' }>} Wall */

/** Pixels; a logo is decoded so large to see whether it can be. */
const SAMPLE = 64;

/**
 * The wall with the user's name and logo: its tile among the backgrounds, and the form below them,
 * by which it changes as they type.
 * @param {object} actions
 * @param {(background: Background) => void} actions.choose
 * @param {(error: unknown) => void} actions.report
 */
export function createBrand({ choose, report }) {
  const tile = element('wall', HTMLButtonElement);
  const tileSample = element('wall-sample', HTMLSpanElement);
  const form = element('brand', HTMLDivElement);
  const name = element('brand-name', HTMLInputElement);
  const color = element('brand-color', HTMLInputElement);
  const pick = element('brand-logo', HTMLButtonElement);
  const remove = element('brand-logo-remove', HTMLButtonElement);
  const file = element('brand-logo-file', HTMLInputElement);
  const sample = element('brand-logo-sample', HTMLImageElement);
  /** @type {Blob | null} */
  let logo = null;

  const stand = () => choose({ type: 'brand', name: name.value, logo, color: color.value });
  tile.addEventListener('click', stand);
  name.addEventListener('input', stand);
  color.addEventListener('input', stand);
  pick.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen) void tryLogo(chosen);
    // So that the same file can be chosen again.
    file.value = '';
  });
  remove.addEventListener('click', () => {
    changeLogo(null);
    pick.focus();
  });

  /** @param {File} chosen */
  async function tryLogo(chosen) {
    try {
      (await decode(chosen, SAMPLE)).close();
      changeLogo(chosen);
    } catch (error) {
      report(error);
    }
  }

  /** @param {Blob | null} chosen */
  function changeLogo(chosen) {
    showLogo(chosen);
    stand();
    keepLogo(chosen).catch(report);
  }

  /** @param {Blob | null} chosen */
  function showLogo(chosen) {
    logo = chosen;
    URL.revokeObjectURL(sample.src);
    if (chosen) sample.src = URL.createObjectURL(chosen);
    else sample.removeAttribute('src');
    sample.hidden = remove.hidden = !chosen;
    pick.textContent = chosen ? 'Change' : 'Choose';
  }

  return {
    tile,
    /** @param {Wall} wall of the last visit @returns {Promise<Wall>} with the logo that was on it */
    async restore(wall) {
      showLogo(await keptLogo());
      name.value = wall.name;
      color.value = wall.color;
      return { ...wall, logo };
    },
    /** @param {boolean} chosen whether it is what stands behind the user */
    render(chosen) {
      form.hidden = !chosen;
      tileSample.style.backgroundColor = color.value;
    },
  };
}
