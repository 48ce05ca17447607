"""The bundle as files of dist/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tools import stamp
from tools.bundle.make import Bundle

LIMIT = 24 * 1024 * 1024
"""Bytes of a part: hosts of static files take up to 25 MiB a file."""


@dataclass(frozen=True)
class Shipped:
    """A bundle's files and where they lie.

    Attributes:
        files: contents by path in dist/.
        stdlib: path of the standard library.
        packages: path of what goes into site-packages.
        libraries: paths of the parts of each extension module, by its path in site-packages.
        whole: those of what its stubs call, where it is split.
    """

    files: Mapping[str, bytes]
    stdlib: str
    packages: str
    libraries: Mapping[str, Sequence[str]]
    whole: Mapping[str, Sequence[str]]


def ship(bundle: Bundle) -> Shipped:
    """Return the bundle, but for the product's own package, as files of dist/."""
    contents = {"stdlib.zip": bundle.stdlib, "packages.tar": bundle.packages, **bundle.libraries}
    contents |= {f"whole {path}": data for path, data in bundle.whole.items()}
    folder = f"vendor/python-{stamp.of_contents(contents)[:8]}"
    stdlib, packages = f"{folder}/stdlib.zip", f"{folder}/packages.tar"
    files = {stdlib: bundle.stdlib, packages: bundle.packages}
    libraries, whole = {}, {}
    for path, data in bundle.libraries.items():
        name = PurePosixPath(path).name.split(".")[0]
        hot = dict(_parts(f"{folder}/{name}", data))
        files |= hot
        libraries[path] = list(hot)
        if path in bundle.whole:
            cold = dict(_parts(f"{folder}/{name}.whole", bundle.whole[path]))
            files |= cold
            whole[path] = list(cold)
    return Shipped(files, stdlib, packages, libraries, whole)


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if len(data) <= LIMIT:
        yield f"{name}.wasm", data
        return
    for number, start in enumerate(range(0, len(data), LIMIT)):
        # Each is named as WebAssembly, because that is what hosts compress.
        yield f"{name}.{number}.wasm", data[start : start + LIMIT]
