"""Python's stages and the article's composite step in one Chromium, in turns."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import cv2
from playwright.sync_api import Playwright

from tests.bench import pages, plain
from tests.bench.matte.cost import scene, stages
from tests.bench.matte.cost.scene import Recorded
from tests.bench.matte.cost.stages import Row, Scene, Times
from tests.bench.speed import subjects
from tests.bench.speed.browser import open_tab
from tests.bench.speed.subjects import PREFIX
from tests.bench.stages.scenes import person
from tests.harness import clips
from tests.harness.site import patched_package, site

PAGES = Path(__file__).with_name("page")


@dataclass(frozen=True)
class Timed:
    """Milliseconds, the warm-up left out."""

    python: dict[str, Times]
    """By row."""
    article: list[float]
    """Of the article's composite step, on the camera's frames."""


def measure(
    playwright: Playwright,
    shot: Recorded,
    scenes: Mapping[str, Scene],
    rows: Mapping[str, Row],
) -> Timed:
    """Play scenes through Python in a worker, and let the article take its turns.

    Args:
        playwright: drives the browser.
        shot: what the camera shows, which the article composites.
        scenes: what Python composites.
        rows: in which ways.

    Raises:
        BenchError: the page failed.
    """
    _, height, width, _ = shot.frames.shape
    query = urlencode({"width": width, "height": height, "turn": stages.TURN})
    with tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder, site() as served:
        served.overlay.update(subjects.overlay() | pages.overlay(PAGES) | plain.overlay())
        served.overlay[f"{PREFIX}/stages/stages.zip"] = _archive(scenes, rows)
        served.overlay[f"{PREFIX}/stages/person.bin"] = person(shot).tobytes()
        clip = clips.write(
            Path(folder) / "camera.y4m",
            [cv2.cvtColor(frame, cv2.COLOR_RGBA2BGR).astype("uint8") for frame in shot.frames],
            there_and_back=True,
        )
        url = f"{served.url}{PREFIX}/stages/page/stages.html?{query}&{plain.QUERY}"
        with open_tab(playwright, url, clip) as tab:
            timed = tab.evaluate("timed")
    python = cast("dict[str, Times]", json.loads(timed["python"]))
    return Timed(python, timed["article"][scene.WARM_UP :])


def _archive(scenes: Mapping[str, Scene], rows: Mapping[str, Row]) -> bytes:
    """The package under test, `stages` and what it plays, as worker.js wants it."""
    buffer = io.BytesIO(patched_package())
    with (
        tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder,
        zipfile.ZipFile(buffer, "a") as archive,
    ):
        stages.save(Path(folder), scenes, rows)
        for file in (Path(stages.__file__), *Path(folder).iterdir()):
            archive.write(file, file.name)
    return buffer.getvalue()
