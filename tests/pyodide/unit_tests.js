/**
 * A worker that runs the unit tests of our Python in Pyodide, with the numpy and OpenCV that the
 * product ships, and answers with the outcome that runner.py gives, as JSON.
 */
const root = new URL('../', import.meta.url);

/** @param {string} path */
async function fetchFile(path) {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw new Error(`${response.url}: HTTP ${response.status}`);
  return response;
}

/** @type {import('../../worker/protocol').Manifest} */
const { python } = await (await fetchFile('manifest.json')).json();
const indexURL = String(new URL(python.pyodide, root));
/** @type {typeof import('pyodide')} */
const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL });
await pyodide.loadPackage(
  python.wheels.map((wheel) => String(new URL(wheel, root))),
  { messageCallback: () => {} },
);
for (const [archive, folder] of [
  [python.source, '/product'],
  ['__test__/unit_tests.zip', '/tests'],
]) {
  const bytes = await (await fetchFile(String(archive))).arrayBuffer();
  pyodide.unpackArchive(bytes, 'zip', { extractDir: String(folder) });
}
pyodide.runPython('import sys; sys.path[:0] = ["/product", "/tests"]');
self.postMessage(pyodide.pyimport('runner').run('/tests/unit'));
