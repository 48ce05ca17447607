"""Pages of the bench on the server: as they lie in tests/bench, below one folder."""

from __future__ import annotations

from pathlib import Path

from tests.bench.speed.subjects import BENCH, PREFIX


def overlay(folder: Path) -> dict[str, bytes]:
    """The files of a folder of tests/bench, by path on the server."""
    return {
        f"{PREFIX}/{file.relative_to(BENCH).as_posix()}": file.read_bytes()
        for file in folder.iterdir()
        if file.is_file()
    }
