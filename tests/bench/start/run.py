"""Visits in turn, so that a slow minute meets all of them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import pages, plain
from tests.bench.effort import Effort
from tests.bench.speed import camera, subjects
from tests.bench.start import download
from tests.bench.start.download import Size
from tests.bench.start.figures import Figures, figures
from tests.bench.start.visits import STARTS, Moments, take_inventory, visit
from tests.harness.site import Site, dist, site

PAGES = Path(__file__).with_name("page")


def measure(effort: Effort) -> Figures:
    """Visit plain Pyodide and the product, cold and warm, as often as `effort` says.

    Raises:
        BenchError: a page failed.
    """
    found: dict[str, list[dict[str, Moments]]] = {start.name: [] for start in STARTS}
    with (
        tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder,
        sync_playwright() as playwright,
        site() as served,
    ):
        served.overlay.update(subjects.overlay() | pages.overlay(PAGES) | plain.overlay())
        clip = camera.write(Path(folder), camera.VGA)
        for repeat in range(effort.repeats):
            for start in STARTS:
                print(f"{repeat + 1} of {effort.repeats}: {start.name}", file=sys.stderr)
                found[start.name].append(visit(playwright, served, start, clip))
        kept = {start.name: take_inventory(playwright, served, start, clip) for start in STARTS}
        downloads = {name: _sizes(served, each.paths) for name, each in kept.items()}
    return figures(found, downloads, {name: each.heap for name, each in kept.items()})


def _sizes(served: Site, paths: Sequence[str]) -> dict[str, Size]:
    """The size of each part of a first visit."""
    return download.sizes({path: _read(served, path) for path in paths})


def _read(served: Site, path: str) -> bytes:
    file = dist() / path
    return file.read_bytes() if file.is_file() else served.overlay[path]
