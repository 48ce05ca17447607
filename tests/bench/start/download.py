"""What has to be downloaded: bytes as they are, and as a host sends them compressed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.bench import plain
from tests.bench.speed.browser import BenchError
from tests.bench.speed.subjects import PREFIX
from tools.paths import CACHE
from tools.stamp import sha256

SCRIPT = Path(__file__).with_name("compress.mjs")

FOLDER = CACHE / "compressed"
"""What was once compressed, by hash: the largest file takes a minute."""

PYTHON, SEGMENTER, PAGE = "Python", "segmenter", "page"


@dataclass(frozen=True)
class Size:
    """In bytes. A file that does not become smaller is sent as it is."""

    raw: int
    gzip: int
    brotli: int

    def __add__(self, other: Size) -> Size:
        return Size(self.raw + other.raw, self.gzip + other.gzip, self.brotli + other.brotli)


def part(path: str) -> str | None:
    """Which part of a product a file of dist/ belongs to; None for files of the bench."""
    if path.startswith(f"{PREFIX}/") or path == f"{plain.FOLDER}load.js":
        return None
    if path.startswith(("models/", "vendor/tfjs-", "vendor/body-pix-")):
        return SEGMENTER
    return PYTHON if path.startswith(("vendor/", "py/")) else PAGE


def sizes(files: Mapping[str, bytes]) -> dict[str, Size]:
    """The size of each part, from its files by path in dist/.

    Raises:
        BenchError: the files could not be compressed.
    """
    parts: dict[str, Size] = {}
    for path, size in zip(files, _compressed(files.values()), strict=True):
        if name := part(path):
            parts[name] = parts.get(name, Size(0, 0, 0)) + size
    return parts


def _compressed(files: Iterable[bytes]) -> list[Size]:
    # The threads wait for a process each.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(size, files))


def size(data: bytes) -> Size:
    """The size of one file; see `sizes`."""
    kept = FOLDER / f"{sha256(data)}.json"
    if not kept.is_file():
        found = _compress(data)
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(found)
        part.replace(kept)
    found = json.loads(kept.read_text())
    raw = len(data)
    return Size(raw, min(raw, found["gzip"]), min(raw, found["brotli"]))


def _compress(data: bytes) -> str:
    node = shutil.which("node")
    if node is None:
        raise BenchError("Node.js is needed to compress what is downloaded.")
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [node, str(SCRIPT), file.name], capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        raise BenchError(f"Node.js could not compress what is downloaded: {done.stderr.strip()}")
    return done.stdout
