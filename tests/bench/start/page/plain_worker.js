/** Says of each stage of plain Pyodide when it is done. */
/** @type {typeof import('../../plain/load.js')} */
const { loadPlain } = await import(
  String(new URL('../../../vendor/plain-pyodide/load.js', import.meta.url))
);

await loadPlain((stage) => self.postMessage(stage));
