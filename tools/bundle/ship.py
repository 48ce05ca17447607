"""The bundle as files of dist/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tools import stamp
from tools.bundle.make import Bundle

LIMIT = 24 * 1024 * 1024
"""Bytes of a part: hosts of static files take up to 25 MiB a file."""


@dataclass(frozen=True)
class Shipped:
    """A bundle's files and where they lie.

    Attributes:
        files: contents by path in dist/.
        libraries: path of each extension module, by where Python imports it from.
        whole: paths of the parts of what its stubs call, where it is split.
        snapshot: path of the snapshot.
        state: what else is to be known of it.
    """

    files: Mapping[str, bytes]
    libraries: Mapping[str, str]
    whole: Mapping[str, Sequence[str]]
    snapshot: str
    state: Mapping[str, Any]


def ship(bundle: Bundle) -> Shipped:
    """Return the bundle, but for the product's own package, as files of dist/."""
    contents = {"snapshot": bundle.snapshot, **bundle.libraries}
    contents |= {f"whole {path}": data for path, data in bundle.whole.items()}
    folder = f"vendor/python-{stamp.of_contents(contents)[:8]}"
    snapshot = f"{folder}/snapshot.wasm"
    files = {snapshot: bundle.snapshot}
    libraries, whole = {}, {}
    for path, data in bundle.libraries.items():
        name = PurePosixPath(path).name.split(".")[0]
        libraries[path] = f"{folder}/{name}.wasm"
        files[libraries[path]] = data
        if path in bundle.whole:
            cold = dict(_parts(f"{folder}/{name}.whole", bundle.whole[path]))
            files |= cold
            whole[path] = list(cold)
    return Shipped(files, libraries, whole, snapshot, bundle.state)


def _parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for number, start in enumerate(range(0, len(data), LIMIT)):
        # Each is named as WebAssembly, because that is what hosts compress.
        yield f"{name}.{number}.wasm", data[start : start + LIMIT]
