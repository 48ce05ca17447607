/**
 * Makes the whole page a place to drop a picture on.
 * @param {(file: File) => void} listener
 */
export function onPictureDropped(listener) {
  const root = document.documentElement;
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Else the browser would leave the page to show the file.
    event.preventDefault();
    root.classList.add('dropping');
  });
  addEventListener('dragleave', (event) => {
    // Null: the pointer left the window, not just an element in it.
    if (event.relatedTarget === null) root.classList.remove('dropping');
  });
  addEventListener('drop', (event) => {
    root.classList.remove('dropping');
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    listener(file);
  });
}
