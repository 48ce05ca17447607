"""Arrays that are dear to compute, kept in .cache/matte by a key that names all they depend on."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.paths import CACHE

FOLDER = CACHE / "matte"


DIGITS = 16
"""Of the hash in a key."""


def key(name: str, *parts: str) -> str:
    """A readable file name that is unique to `name` and `parts`."""
    digest = hashlib.sha256("\0".join((name, *parts)).encode()).hexdigest()[:DIGITS]
    return f"{_slug(name)}-{digest}"


def contents(files: Iterable[Path]) -> str:
    """A hash of what is in some files; code is hashed too, so that a change makes anew."""
    return hashlib.sha256("".join(_hash(file) for file in files).encode()).hexdigest()


@functools.cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def load(name: str) -> dict[str, NDArray[Any]] | None:
    """The arrays kept under a key, None where there are none."""
    path = FOLDER / f"{name}.npz"
    if not path.is_file():
        return None
    with np.load(path) as file:
        return dict(file)


def save(name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays under a key; a reader never sees half a file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = FOLDER / f"{name}.{os.getpid()}.npz"
    np.savez(part, **arrays)  # type: ignore[arg-type]
    part.replace(FOLDER / f"{name}.npz")


def drop(name: str) -> None:
    """Remove whatever is kept for a name, under any key."""
    for path in FOLDER.glob(f"{_slug(name)}-{'[0-9a-f]' * DIGITS}.npz"):
        path.unlink(missing_ok=True)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name)
