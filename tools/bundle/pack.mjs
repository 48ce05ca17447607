/**
 * Runs pack.py in Pyodide, under Node.
 *
 *   node pack.mjs SITE_PACKAGES SOURCE OUT
 *
 * SITE_PACKAGES holds the wheels, unpacked; SOURCE is the folder that the product's own package
 * lies in; OUT is filled, see `pack` in pack.py.
 */
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const [sitePackages = '', source = '', out = ''] = process.argv.slice(2);

try {
  const pyodide = await loadPyodide({
    // The folders are mounted: no .pyc may be left among the sources. A fixed seed for the same
    // order of sets in each run.
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' },
  });
  const site = pyodide.runPython('import site; site.getsitepackages()[0]');
  // Where they will be in the browser, because a .pyc holds the name of its source's file.
  pyodide.mountNodeFS(site, sitePackages);
  pyodide.mountNodeFS('/cyclorama', source);
  pyodide.mountNodeFS('/out', out);
  pyodide.mountNodeFS('/build/tools', fileURLToPath(new URL('..', import.meta.url)));
  pyodide.runPython('import sys; sys.path[:0] = ["/cyclorama", "/build"]');
  pyodide.pyimport('tools.bundle.pack').pack('/out', site);
} catch (error) {
  // Thrown on, a failure of WebAssembly would be shown with its line of minified code: megabytes.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
