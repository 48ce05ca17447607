import { CycloramaError } from '../errors.js';
import { MOST, forgetPicture, keepPicture, keptPictures, readPicture } from '../pictures.js';
import { onFilesBrought } from './drop.js';
import { element } from './element.js';

/** @typedef {import('../pictures.js').OwnPicture} OwnPicture */

/**
 * The user's own pictures among the backgrounds: each with a button that takes it away, and one
 * more to add some.
 * @param {HTMLElement} group to put the radio buttons into, at its end
 * @param {object} actions
 * @param {(picture: OwnPicture) => void} actions.choose
 * @param {(picture: OwnPicture) => void} actions.removed called once it is gone
 * @param {(error: unknown) => void} actions.report
 */
export function createPictures(group, { choose, removed, report }) {
  const add = element('picture', HTMLButtonElement);
  const dialog = element('picture-file', HTMLInputElement);
  const said = element('gallery-said', HTMLParagraphElement);
  /** @type {Map<string, { own: OwnPicture, item: HTMLElement, radio: HTMLButtonElement }>} */
  const shown = new Map();

  add.addEventListener('click', () => dialog.click());
  dialog.addEventListener('change', () => {
    void bring([...(dialog.files ?? [])]);
    // So that the same file can be chosen again.
    dialog.value = '';
  });
  onFilesBrought((files) => void bring(files));
  const kept = keptPictures().then((pictures) => pictures.forEach(show));

  /** @param {File[]} files */
  async function bring(files) {
    await kept;
    for (const file of files) {
      try {
        if (shown.size >= MOST) throw new CycloramaError('pictures-many');
        const own = await readPicture(file);
        show(own);
        choose(own);
        said.textContent = `${own.name} was added.`;
        await keepPicture(own);
      } catch (error) {
        report(error);
      }
    }
  }

  /** @param {OwnPicture} own */
  function show(own) {
    const item = document.createElement('div');
    item.className = 'kept';
    const radio = document.createElement('button');
    radio.type = 'button';
    radio.className = 'swatch';
    radio.dataset.picture = own.id;
    radio.setAttribute('role', 'radio');
    radio.setAttribute('aria-keyshortcuts', 'Delete');
    radio.append(thumbnail(own), name(own));
    radio.addEventListener('click', () => choose(own));
    radio.addEventListener('keydown', ({ key }) => {
      if (key === 'Delete' || key === 'Backspace') remove(own);
    });
    item.append(radio, removeButton(own, () => remove(own)));
    shown.set(own.id, { own, item, radio });
    group.append(item);
  }

  /** @param {OwnPicture} own */
  function remove(own) {
    const { item } = shown.get(own.id) ?? {};
    if (!item) return;
    const held = item.contains(document.activeElement);
    const radios = [...group.querySelectorAll('[role=radio]')];
    const at = radios.findIndex((radio) => item.contains(radio));
    const neighbour = radios[at + 1] ?? radios[at - 1];
    item.remove();
    shown.delete(own.id);
    void forgetPicture(own.id).then(() => (said.textContent = `${own.name} was removed.`));
    removed(own);
    if (held && neighbour instanceof HTMLElement) neighbour.focus();
  }

  return {
    /** @param {unknown} picture @returns {OwnPicture | undefined} the one that this is the Blob of */
    of: (picture) => [...shown.values()].find(({ own }) => own.picture === picture)?.own,
    /** @param {string} id @returns {Promise<OwnPicture | undefined>} */
    async find(id) {
      await kept;
      return shown.get(id)?.own;
    },
    /** @param {string} id */
    radio: (id) => shown.get(id)?.radio ?? null,
  };
}

/** @param {OwnPicture} own */
function thumbnail(own) {
  const sample = document.createElement('span');
  sample.className = 'sample';
  const image = document.createElement('img');
  image.alt = '';
  image.src = URL.createObjectURL(own.thumbnail);
  image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
  sample.append(image);
  return sample;
}

/** @param {OwnPicture} own */
function name(own) {
  const text = document.createElement('span');
  text.className = 'name';
  text.textContent = own.name;
  return text;
}

/**
 * @param {OwnPicture} own
 * @param {() => void} remove
 */
function removeButton(own, remove) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'remove';
  button.dataset.icon = 'close';
  button.setAttribute('aria-label', `Remove ${own.name}`);
  button.addEventListener('click', remove);
  return button;
}
