"""Makes the bundle, and keeps it in a cache for as long as nothing that goes into it changes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import node, stamp
from tools.archive import tarred, unzipped, zipped
from tools.bundle import split
from tools.paths import CACHE, PACKAGE_LOCK, ROOT
from tools.problem import Problem, writing

HERE = Path(__file__).parent
SCRIPT = HERE / "pack.mjs"
SOURCE = ROOT / "py"

# Where Python finds things in the browser; see pack.mjs.
STDLIB = "lib/python313.zip/"
SITE_PACKAGES = "lib/python3.13/site-packages/"
PACKAGE = "cyclorama/"

SPLIT = ("cv2/", "numpy/linalg/")
"""Below which libraries are split. Which of numpy's loops run depends on types and strides, more
than `exercise` can go through."""


@dataclass(frozen=True)
class Bundle:
    """What the product needs of Python.

    Attributes:
        stdlib: zip file of the standard library's modules.
        packages: tar file of what goes into site-packages.
        libraries: extension modules by path in site-packages, in the order of their loading;
            of what the product never calls in `SPLIT` there are stubs, see `split`.
        whole: what the stubs call, by the same path.
        source: zip file of the product's package, sources and .pyc.
    """

    stdlib: bytes
    packages: bytes
    libraries: Mapping[str, bytes]
    whole: Mapping[str, bytes]
    source: bytes


def make(wheels: Mapping[str, bytes]) -> Bundle:
    """Return the bundle, from the cache where it was made before.

    Args:
        wheels: numpy's and OpenCV's by any path.

    Raises:
        Problem: Node is missing, or the product did not run in Pyodide.
    """
    sources = _sources()
    packed = _packed(wheels, sources)
    installed = {path: data for wheel in wheels.values() for path, data in unzipped(wheel).items()}
    libraries, whole = {}, {}
    for path, called in json.loads(packed["libraries.json"]).items():
        name = path.removeprefix(f"/{SITE_PACKAGES}")
        libraries[name] = installed[name]
        if called:
            libraries[name] = split.hot(installed[name], frozenset(called))
            whole[name] = split.cold(installed[name], frozenset(called))
    return Bundle(
        zipped(_below(STDLIB, packed)),
        tarred(_below(SITE_PACKAGES, packed)),
        libraries,
        whole,
        zipped(sources | _below(PACKAGE, packed)),
    )


def _packed(wheels: Mapping[str, bytes], sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """What pack.py wrote, by path."""
    key = stamp.of_contents(
        {**wheels, **sources, **dict(_files(HERE)), PACKAGE_LOCK.name: PACKAGE_LOCK.read_bytes()}
    )
    cached = CACHE / "bundle" / f"{key}.zip"
    if cached.is_file():
        with writing(str(cached)):
            return unzipped(cached.read_bytes())
    print("Compiling Python's modules", flush=True)
    with (
        writing("the Python bundle"),
        tempfile.TemporaryDirectory(dir=_folder(CACHE), prefix="bundle-") as name,
    ):
        site, out = (_folder(Path(name) / each) for each in ("site", "out"))
        for wheel in wheels.values():
            for path, data in unzipped(wheel).items():
                _folder((site / path).parent)
                noting = path.endswith(".so") and path.startswith(SPLIT)
                (site / path).write_bytes(split.instrumented(data) if noting else data)
        node.run("Compiling Python's modules", SCRIPT, str(site), str(SOURCE), str(out))
        packed = dict(_files(out))
        whole = Path(name) / "whole.zip"
        whole.write_bytes(zipped(packed))
        for old in _folder(cached.parent).glob("*.zip"):
            old.unlink()
        whole.rename(cached)
    return packed


def _sources() -> dict[str, bytes]:
    return {path: data for path, data in _files(SOURCE) if path.endswith(".py")}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


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
