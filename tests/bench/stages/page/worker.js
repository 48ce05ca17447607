/**
 * Plays rows through Python, a turn at each message; after the last it answers with their times,
 * otherwise with null. See `Turns` in tests/bench/matte/cost/stages.py.
 */
const ready = start();

async function start() {
  /** @type {typeof import('../../plain/load.js')} */
  const { loadPlain } = await import(
    String(new URL('../../../vendor/plain-pyodide/load.js', import.meta.url))
  );
  const pyodide = await loadPlain();
  const response = await fetch(new URL('../stages.zip', import.meta.url));
  pyodide.unpackArchive(await response.arrayBuffer(), 'zip', { extractDir: '/stages' });
  pyodide.runPython('import sys; sys.path.insert(0, "/stages")');
  return pyodide.pyimport('stages').load('/stages');
}

self.onmessage = async () => {
  const turns = await ready;
  self.postMessage(turns.take() ? null : turns.times_json());
};
