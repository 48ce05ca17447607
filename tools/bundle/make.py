"""Makes the bundle, and keeps it in a cache for as long as nothing that goes into it changes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import node, stamp
from tools.archive import unzipped, zipped
from tools.bundle import snapshot, split
from tools.paths import CACHE, PACKAGE_LOCK, ROOT
from tools.problem import Problem, writing

HERE = Path(__file__).parent
SOURCE = ROOT / "py"
LINKING = tuple(ROOT / "worker" / name for name in ("link.js", "whole.js"))
"""What the snapshot is taken with, beside the files here."""

# Where Python finds things in the browser; see pack.mjs and snapshot.mjs.
STDLIB = "lib/python313.zip"
SITE_PACKAGES = "lib/python3.13/site-packages/"
PACKAGE = "cyclorama"

SPLIT = ("cv2/", "numpy/linalg/")
"""Below which libraries are split. Which of numpy's loops run depends on types and strides, more
than `exercise` can go through."""


@dataclass(frozen=True)
class Bundle:
    """What the product needs of Python.

    Attributes:
        libraries: extension modules by where Python imports them from, in the order of their
            linking; of what the product never calls in `SPLIT` there are stubs, see `split`.
        whole: what the stubs call, by the same path.
        snapshot: module that writes Python's memory, see `snapshot`.
        state: what else `Snapshot` in worker/protocol.d.ts holds.
        source: zip file of the product's package, sources and .pyc.
    """

    libraries: Mapping[str, bytes]
    whole: Mapping[str, bytes]
    snapshot: bytes
    state: Mapping[str, Any]
    source: bytes


def make(wheels: Mapping[str, bytes]) -> Bundle:
    """Return the bundle, from the cache where it was made before.

    Args:
        wheels: numpy's and OpenCV's by any path.

    Raises:
        Problem: Node is missing, or the product did not run in Pyodide.
    """
    sources = _sources()
    installed = {path: data for wheel in wheels.values() for path, data in unzipped(wheel).items()}
    made = _cached(installed, sources)
    libraries, whole = {}, {}
    for path, called in json.loads(made["libraries.json"]).items():
        library = installed[path.removeprefix(f"/{SITE_PACKAGES}")]
        hot = library
        if _is_split(path):
            hot = split.hot(library, frozenset(called["running"]))
            whole[path] = split.cold(library, frozenset(called["running"]))
        libraries[path] = split.begun(hot)
    state = json.loads(made["state.json"])
    return Bundle(libraries, whole, made["snapshot.wasm"], state, made[PACKAGE])


def _cached(installed: Mapping[str, bytes], sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The archive of the product's package, what was called of which library, and the snapshot."""
    files = [*_files(HERE), *((path.name, path.read_bytes()) for path in (*LINKING, PACKAGE_LOCK))]
    key = stamp.of_contents({**installed, **sources, **dict(files)})
    cached = CACHE / "bundle" / f"{key}.zip"
    if cached.is_file():
        with writing(str(cached)):
            return unzipped(cached.read_bytes())
    with (
        writing("the Python bundle"),
        tempfile.TemporaryDirectory(dir=_folder(CACHE), prefix="bundle-") as name,
    ):
        folder = Path(name)
        packed = _pack(folder, installed)
        package = zipped({**sources, **_below(f"{PACKAGE}/", packed)})
        made = {"libraries.json": packed["libraries.json"], PACKAGE: package}
        made |= _snapshot(folder, packed, package, installed)
        whole = folder / "whole.zip"
        whole.write_bytes(zipped(made))
        for old in _folder(cached.parent).glob("*.zip"):
            old.unlink()
        whole.rename(cached)
    return made


def _pack(folder: Path, installed: Mapping[str, bytes]) -> dict[str, bytes]:
    """What pack.py wrote, by path."""
    what = "Compiling Python's modules"
    print(what, flush=True)
    site, out = (_folder(folder / each) for each in ("site", "out"))
    for path, data in installed.items():
        noting = path.endswith(".so") and _is_split(path)
        _write(site / path, split.instrumented(data) if noting else data)
    node.run(what, HERE / "pack.mjs", str(site), str(SOURCE), str(out))
    return dict(_files(out))


def _snapshot(
    folder: Path, packed: Mapping[str, bytes], package: bytes, installed: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The snapshot and its state, taken of what pack.py wrote and the archive of the package."""
    what = "Taking the snapshot of Python"
    print(what, flush=True)
    ready, out = (_folder(folder / each) for each in ("ready", "snapshot"))
    for path, data in packed.items():
        if path.startswith(SITE_PACKAGES) or path == "modules.json":
            _write(ready / path, data)
    _write(ready / STDLIB, zipped(_below(f"{STDLIB}/", packed)))
    _write(ready / PACKAGE, package)
    files = {}
    for number, (path, called) in enumerate(json.loads(packed["libraries.json"]).items()):
        files[path] = str(folder / f"{number}.so")
        library = installed[path.removeprefix(f"/{SITE_PACKAGES}")]
        if _is_split(path):
            library = split.hot(library, frozenset(called["starting"] + called["running"]))
        _write(Path(files[path]), library)
    libraries = folder / "libraries.json"
    libraries.write_text(json.dumps(files))
    node.run(what, HERE / "snapshot.mjs", str(ready), str(libraries), str(out))
    taken = dict(_files(out))
    module = snapshot.module(taken["linked"], taken["begun"], taken["frozen"])
    return {"snapshot.wasm": module, "state.json": taken["state.json"]}


def _is_split(path: str) -> bool:
    return path.removeprefix(f"/{SITE_PACKAGES}").startswith(SPLIT)


def _sources() -> dict[str, bytes]:
    return {path: data for path, data in _files(SOURCE) if path.endswith(".py")}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _write(path: Path, data: bytes) -> None:
    _folder(path.parent)
    path.write_bytes(data)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    found = {
        path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)
    }
    if not found:
        raise Problem(f"Nothing was packed of {folder}; tools/bundle does not fit this Pyodide.")
    return found
