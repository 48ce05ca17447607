/** Letters of a name that are shown: as many as the page's own field takes. */
const LONGEST = 60;

/**
 * What somebody else is called on this page.
 * @param {string} name as they gave it
 */
export function shownName(name) {
  return name.trim().slice(0, LONGEST) || 'Guest';
}
