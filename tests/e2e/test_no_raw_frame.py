"""The room never shows: a code grid on its walls must not decode from any frame of the track."""

from __future__ import annotations

import base64

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page

from tests.harness.grid import VISIBLE, CodeGrid
from tests.harness.recording import Recording, recording
from tests.harness.studio import Studio, publish, ready

pytestmark = pytest.mark.alone

GRID = CodeGrid()


def _decoded(seen: Recording, largest_cell: int = 32) -> list[float]:
    return [GRID.decoded(frame.boxes, largest_cell) for frame in seen.frames]


def _picture_file() -> str:
    picture = np.random.default_rng(1).integers(60, 200, (30, 40, 3), dtype=np.uint8)
    return base64.b64encode(cv2.imencode(".png", picture)[1].tobytes()).decode()


def _wait(page: Page, seconds: float) -> None:
    page.wait_for_timeout(seconds * 1000)


def test_the_grid_decodes_where_the_room_is_seen(studio: Studio) -> None:
    """The control: on the camera's own track the grid is there."""
    page = studio.embed()
    page.evaluate("async () => { globalThis.camera = await openCamera(); }")
    with recording(page, studio.site, "camera", boxes=GRID.boxes()) as seen:
        _wait(page, 1)
    assert min(_decoded(seen)) > 0.95


def test_the_room_never_shows_whatever_happens(studio: Studio) -> None:
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    with recording(page, studio.site, "track", boxes=GRID.boxes()) as seen:
        ready(page)
        _wait(page, 1.5)
        page.evaluate("cyclorama.setBackground({ type: 'scene', name: 'library' })")
        _wait(page, 0.7)
        page.evaluate(
            """async (base64) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const source = new Blob([bytes], { type: 'image/png' });
              await cyclorama.setBackground({ type: 'image', source });
            }""",
            _picture_file(),
        )
        _wait(page, 0.7)
        # Another camera, of another size, on the same output track.
        page.evaluate(
            """async () => {
              const other = await openCamera({ width: 320, height: 240, frameRate: 30 });
              await cyclorama.process(other);
              camera.stop();
            }"""
        )
        _wait(page, 2)
        page.evaluate("cyclorama.pause()")
        _wait(page, 0.5)
        page.evaluate("cyclorama.resume()")
        _wait(page, 1)
        page.evaluate("cyclorama.stop()")
    decoded = _decoded(seen)
    assert len(decoded) > 60
    assert {frame.width for frame in seen.frames} == {320, 640}
    worst = max(range(len(decoded)), key=decoded.__getitem__)
    assert decoded[worst] < VISIBLE, f"frame {worst} of {len(decoded)} shows {decoded[worst]:.1%}"


@pytest.mark.parametrize("strength", [0, 1])
def test_blur_leaves_no_small_cell_readable(studio: Studio, strength: float) -> None:
    page = studio.embed()
    publish(page, background={"type": "blur", "strength": strength})
    with recording(page, studio.site, "track", boxes=GRID.boxes()) as seen:
        ready(page)
        _wait(page, 2)
    assert max(_decoded(seen, largest_cell=8)) < VISIBLE


def test_without_a_mask_nothing_shows_at_all(studio: Studio) -> None:
    studio.site.swap("worker/segmenter.js", "mute_segmenter.js")
    page = studio.embed()
    publish(page)
    with recording(page, studio.site, "track", boxes=GRID.boxes()) as seen:
        page.evaluate(
            """() => new Promise((resolve) => {
              const check = () => { if (cyclorama.state === 'waiting') resolve(); };
              cyclorama.addEventListener('state', check);
              check();
            })"""
        )
        _wait(page, 3)
    assert max(_decoded(seen)) == 0
    assert len({frame.hash for frame in seen.frames}) == 1, "only the card may be seen"


def test_one_raw_frame_would_be_seen(studio: Studio) -> None:
    studio.site.patch(pipeline="raw_once.py")
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    with recording(page, studio.site, "track", boxes=GRID.boxes()) as seen:
        ready(page)
        _wait(page, 3)
    assert sum(share > 0.9 for share in _decoded(seen)) == 1
