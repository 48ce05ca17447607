/**
 * Makes the whole page a place to drop pictures on, or to paste them.
 * @param {(files: File[]) => void} listener called with one file or more
 */
export function onFilesBrought(listener) {
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
    bring(event, event.dataTransfer);
  });
  addEventListener('paste', (event) => bring(event, event.clipboardData));

  /**
   * @param {Event} event
   * @param {DataTransfer | null} transfer
   */
  function bring(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    listener(files);
  }
}
