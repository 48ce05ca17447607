/** Loads Pyodide with numpy and OpenCV as its documentation has it; for module workers. */

/**
 * @param {(stage: 'core' | 'packages' | 'imports') => void} [reached] called after each stage
 * @returns {Promise<import('pyodide').PyodideInterface>}
 */
export async function loadPlain(reached = () => {}) {
  const indexURL = String(new URL('./', import.meta.url));
  /** @type {typeof import('pyodide')} */
  const { loadPyodide } = await import(`${indexURL}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL });
  reached('core');
  const wheels = new URL(self.location.href).searchParams.getAll('wheels');
  await pyodide.loadPackage(
    wheels.map((wheel) => `${indexURL}${wheel}`),
    { messageCallback: () => {} },
  );
  reached('packages');
  pyodide.runPython('import numpy, cv2');
  reached('imports');
  return pyodide;
}
