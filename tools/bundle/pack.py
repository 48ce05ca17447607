"""Runs the product and compiles what it imported; runs inside Pyodide, see pack.mjs."""

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

SHIPPED = ("left_out.py", "sitecustomize.py")
"""Beside this file; nobody here imports them."""


def pack(out: str, site_packages: str) -> None:
    """Write into the folder `out` what the product's own files make Python read.

    Below it, at its own absolute path: each module as .pyc, and each other file of a package as it
    is. `libraries.json` has the extension modules in the order in which they were loaded, and the
    numbers of those of their functions that were called, where they are to be split.
    """
    opened: dict[str, None] = {}
    libraries: dict[str, None] = {}

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            opened[arguments[0]] = None
        elif event == "import" and isinstance(arguments[1], str):
            libraries[arguments[1]] = None

    sys.addaudithook(note)
    import_module("tools.bundle.exercise").exercise()
    modules = _modules()

    for file, source in modules.items():
        _write(out + file + "c", _compiled(file, source))
    for name in SHIPPED:
        source = (Path(__file__).parent / name).read_bytes()
        file = f"{site_packages}/{name}"
        _write(out + file + "c", _compiled(file, source))
    for file in list(opened):
        # Python tries files, for example for a .pyc, before it knows whether they are there.
        if file.startswith(site_packages) and file not in modules and Path(file).is_file():
            _write(out + file, Path(file).read_bytes())
    called = {path: _called(path) for path in libraries}
    _write(f"{out}/libraries.json", json.dumps(called).encode())


def _called(library: str) -> list[int]:
    """The functions that were called of a library that notes them, see split.py."""
    try:
        address = ctypes.CDLL(library)[split.CALLED]
    except AttributeError:
        return []
    count = split.functions(Path(library).read_bytes()) - 1
    address.restype = ctypes.c_size_t
    return [index for index, flag in enumerate(ctypes.string_at(address(), count)) if flag]


def _modules() -> dict[str, bytes]:
    """Source by file of all that is imported, but for what makes the bundle."""
    here = str(Path(__file__).parents[1])
    found = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        # Frozen modules name a file too, but are part of the interpreter.
        read = getattr(module.__loader__, "get_data", None)
        if read and file.endswith(".py") and not file.startswith(here):
            found[file] = read(file)
    return found


def _compiled(file: str, source: bytes) -> bytes:
    level = next(level for prefix, level in OPTIMIZE.items() if file.startswith(prefix))
    code = compile(source, file, "exec", dont_inherit=True, optimize=level)
    flags = UNCHECKED.to_bytes(4, "little")
    return MAGIC_NUMBER + flags + source_hash(source) + marshal.dumps(code)


def _write(path: str, data: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)
