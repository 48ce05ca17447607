"""Content hashes: of files, of trees, and of what a step was last done for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.problem import writing


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def of_contents(files: Mapping[str, bytes], *values: str) -> str:
    """Return one hash over names with their contents, and other `values`."""
    rows = [f"{name}\0{sha256(data)}" for name, data in sorted(files.items())]
    return sha256("\n".join([*rows, "", *values]).encode())


def of_files(root: Path, paths: Iterable[Path], *values: str) -> str:
    """Return one hash over paths relative to `root` with their contents, and other `values`."""
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return of_contents(files, *values)


def is_done(stamp: Path, value: str) -> bool:
    """Whether the step that owns `stamp` was last done for `value`."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def set_done(stamp: Path, value: str) -> None:
    """Record that the step that owns `stamp` has been done for `value`."""
    with writing(str(stamp)):
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(value, encoding="utf-8")
