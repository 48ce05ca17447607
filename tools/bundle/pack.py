"""Runs the product and notes what it imports and calls; runs inside Pyodide, see pack.mjs."""

from __future__ import annotations

import ctypes
import json
import marshal
import sys
from importlib import import_module
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

from tools.bundle import split

OPTIMIZE = {"/lib/python313.zip/": 2, "/cyclorama/": 0, "": 1}
"""Level by where a module lies, the first that fits. Of the packages numpy needs its docstrings."""

UNCHECKED = 0b01
"""Flags of a .pyc (PEP 552): it names its source's hash, and nobody looks at that again."""

LEFT_OUT = "left_out.py"
"""Beside this file; it goes into site-packages."""

FIRST = ("numpy", "cv2")
"""Imported before the product: what their libraries call for that, a Python that starts from a
snapshot does not call."""


def pack(out: str, site_packages: str) -> None:
    """Write into the folder `out` what the product's own files make Python read.

    Below it, at its own absolute path: each module as .pyc, and each other file of a package as it
    is. `modules.json` names the modules. `libraries.json` has the extension modules in the order in
    which they were loaded, and the numbers of those of their functions that were called, where they
    are to be split: while they were imported (`starting`), and from then on (`running`).
    """
    opened: dict[str, None] = {}
    libraries: dict[str, None] = {}

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            opened[arguments[0]] = None
        elif event == "import" and isinstance(arguments[1], str):
            libraries[arguments[1]] = None

    sys.addaudithook(note)
    for name in FIRST:
        import_module(name)
    starting = {path: _called(path) for path in libraries}
    import_module("tools.bundle.exercise").exercise()
    running = {path: _called(path) for path in libraries}
    modules = _modules()

    for file, source in modules.values():
        _write(out + file + "c", _compiled(file, source))
    left_out = f"{site_packages}/{LEFT_OUT}"
    source = Path(__file__).with_name(LEFT_OUT).read_bytes()
    _write(f"{out}{left_out}c", _compiled(left_out, source))
    files = {file for file, _ in modules.values()}
    for file in list(opened):
        # Python tries files, for example for a .pyc, before it knows whether they are there.
        if file.startswith(site_packages) and file not in files and Path(file).is_file():
            _write(out + file, Path(file).read_bytes())
    _write(f"{out}/modules.json", json.dumps(list(modules)).encode())
    called = {
        path: {"starting": starting.get(path, []), "running": running[path]} for path in libraries
    }
    _write(f"{out}/libraries.json", json.dumps(called).encode())


def _called(library: str) -> list[int]:
    """The functions that were called since this was asked last of a library that notes them.

    See split.py; of another library none.
    """
    try:
        address = ctypes.CDLL(library)[split.CALLED]
    except AttributeError:
        return []
    count = split.functions(Path(library).read_bytes()) - 1
    address.restype = ctypes.c_size_t
    noted = address()
    called = [index for index, flag in enumerate(ctypes.string_at(noted, count)) if flag]
    ctypes.memset(noted, 0, count)
    return called


def _modules() -> dict[str, tuple[str, bytes]]:
    """File and source by name of all that is imported, but for what makes the bundle."""
    here = str(Path(__file__).parents[1])
    found = {}
    for name, module in sys.modules.copy().items():
        file = getattr(module, "__file__", None) or ""
        # Frozen modules name a file too, but are part of the interpreter.
        read = getattr(module.__loader__, "get_data", None)
        if read and file.endswith(".py") and not file.startswith(here):
            found[name] = (file, read(file))
    return found


def _compiled(file: str, source: bytes) -> bytes:
    level = next(level for prefix, level in OPTIMIZE.items() if file.startswith(prefix))
    code = compile(source, file, "exec", dont_inherit=True, optimize=level)
    flags = UNCHECKED.to_bytes(4, "little")
    return MAGIC_NUMBER + flags + source_hash(source) + marshal.dumps(code)


def _write(path: str, data: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)
