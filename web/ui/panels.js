/**
 * The panels beside the picture, and the buttons under it that open one (`data-opens`). A panel is
 * a `details` of index.html.
 */
export function createPanels() {
  for (const button of document.querySelectorAll('[data-opens]')) {
    button.addEventListener('click', () => {
      const panel = document.getElementById(button.getAttribute('data-opens') ?? '');
      if (!(panel instanceof HTMLDetailsElement)) throw new TypeError('no such panel');
      panel.open = true;
      panel.scrollIntoView({ block: 'start' });
      panel.querySelector('summary')?.focus();
    });
  }
}
