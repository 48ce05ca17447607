"""Pyodide with numpy and OpenCV as it is documented: from npm and the wheels, nothing left out.

The measure of a start that does better, and a Pyodide for what is to be timed whatever the product
does to its own. `load.js` loads it, from the files that `overlay` serves beside it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from tests.bench.speed.browser import BenchError
from tools import vendor
from tools.artifacts import Artifacts
from tools.paths import ARTIFACTS_LOCK, CACHE, NODE_MODULES
from tools.problem import Problem

FOLDER = "vendor/plain-pyodide/"
"""On the server; files below vendor/ are cached for good, as are those of the product."""

FILES = (
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)

QUERY = urlencode({"wheels": vendor.WHEELS}, doseq=True)
"""Tells load.js, in the query of its worker, which wheels there are."""


def overlay() -> dict[str, bytes]:
    """All that is needed, by path on the server.

    Raises:
        BenchError: a file is missing.
    """
    try:
        wheels = vendor.wheels(Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts"))
        files = {name: (NODE_MODULES / "pyodide" / name).read_bytes() for name in FILES}
    except (Problem, OSError) as error:
        raise BenchError(f"Plain Pyodide cannot be served: {error}") from error
    files |= {Path(path).name: data for path, data in wheels.items()}
    files["load.js"] = Path(__file__).with_name("load.js").read_bytes()
    return {f"{FOLDER}{name}": data for name, data in files.items()}
