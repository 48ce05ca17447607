"""What a part of the benchmark needs around it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.speed.subjects import overlay
from tests.harness.site import Site, site


@contextmanager
def surroundings() -> Iterator[tuple[Playwright, Site, Path]]:
    """Playwright, dist/ served with the bench's pages, and a folder for clips, until the end."""
    with (
        tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder,
        sync_playwright() as playwright,
        site() as served,
    ):
        served.overlay.update(overlay())
        yield playwright, served, Path(folder)
