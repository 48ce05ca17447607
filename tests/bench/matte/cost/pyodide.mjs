/**
 * Times the product's stages in Pyodide, under Node.
 *
 *   node pyodide.mjs FOLDER PACKAGES
 *
 * FOLDER holds the wheels and what `save` in stages.py wrote; times.json is written into it, as
 * `times_json` there gives it. PACKAGES is the folder that the package under test lies in.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadPyodide } from 'pyodide';

const [folder = '', packages = ''] = process.argv.slice(2);

try {
  await writeFile(join(folder, 'times.json'), await measure());
} catch (error) {
  // Thrown on, a failure of WebAssembly would be shown with its line of minified code: megabytes.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @returns {Promise<string>} JSON */
async function measure() {
  // Our sources are mounted: what Pyodide's Python compiled must not be left among them.
  const pyodide = await loadPyodide({ env: { PYTHONDONTWRITEBYTECODE: '1', HOME: '/home' } });
  const wheels = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  await pyodide.loadPackage(
    wheels.map((name) => String(pathToFileURL(join(folder, name)))),
    { messageCallback: () => {} },
  );
  pyodide.mountNodeFS('/scenes', folder);
  pyodide.mountNodeFS('/product', packages);
  pyodide.mountNodeFS('/cost', fileURLToPath(new URL('.', import.meta.url)));
  pyodide.runPython('import sys; sys.path[:0] = ["/product", "/cost"]');
  const turns = pyodide.pyimport('stages').load('/scenes');
  while (turns.take());
  return turns.times_json();
}
