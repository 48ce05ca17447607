/**
 * The element of the page with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`#${id} is not a ${type.name}`);
  return found;
}

/**
 * Fills a select. Keeps what is there where nothing changed, so that an open list stays open.
 * @param {HTMLSelectElement} select
 * @param {{ value: string, label: string }[]} choices
 * @param {string} value the one chosen
 */
export function fillSelect(select, choices, value) {
  const now = [...select.options].map((option) => ({ value: option.value, label: option.label }));
  if (JSON.stringify(now) !== JSON.stringify(choices)) {
    select.replaceChildren(...choices.map((choice) => new Option(choice.label, choice.value)));
  }
  select.value = value;
}
