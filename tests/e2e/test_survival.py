"""A worker that dies or hangs: the card within a second, the same track, the picture by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from tests.harness import looks
from tests.harness.eventually import eventually
from tests.harness.grid import CodeGrid
from tests.harness.recording import Recording, SeenFrame, start
from tests.harness.studio import Studio, publish, ready

GRID = CodeGrid()
BOXES = [*looks.CARD_BOXES, *GRID.boxes()]

# Keeps every worker under its name, so that a test can do to it what may happen to it.
KEEP_WORKERS = """
  globalThis.workers = {};
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      workers[options?.name] = this;
    }
  };
"""

NOTE_ERRORS = """() => {
  globalThis.errors = [];
  cyclorama.addEventListener('error', ({ detail }) => errors.push(detail.id));
}"""

BREAKS = {
    "terminated": "workers['cyclorama compositor'].terminate()",
    "hanging": "new BroadcastChannel('hang').postMessage(null)",
}


def _live(studio: Studio) -> Page:
    studio.context.add_init_script(KEEP_WORKERS)
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    ready(page)
    page.evaluate(NOTE_ERRORS)
    page.wait_for_timeout(1000)
    return page


def _is_card(frame: SeenFrame) -> bool:
    return looks.is_card(replace(frame, boxes=frame.boxes[: len(looks.CARD_BOXES)]))


def _require_no_room(seen: Recording) -> None:
    room = (GRID.decoded(frame.boxes[len(looks.CARD_BOXES) :]) for frame in seen.frames)
    assert max(room) < 0.01


def _until_back(studio: Studio, page: Page, breakage: str, error: str) -> tuple[Recording, float]:
    """What the track showed from before the breakage until the picture was back; and when it was.

    Returns:
        The recording, and the moment of the breakage on its clock.
    """
    recorder = start(page, studio.site, "track", boxes=BOXES)
    page.wait_for_timeout(500)
    broken_ms = page.evaluate(
        f"() => {{ {breakage}; return performance.timeOrigin + performance.now(); }}"
    )
    eventually(page, lambda: page.evaluate("errors").count(error) == 1, f"{error} is reported")
    eventually(page, lambda: page.evaluate("cyclorama.state") == "live", "the picture is back")
    page.wait_for_timeout(500)
    return recorder.stop(), float(broken_ms)


@pytest.mark.parametrize("breakage", BREAKS.values(), ids=BREAKS.keys())
def test_a_lost_compositor_is_replaced_behind_the_card(studio: Studio, breakage: str) -> None:
    studio.site.swap("worker/clock.js", "hanging_clock.js")
    page = _live(studio)
    seen, broken_ms = _until_back(studio, page, breakage, "compositor-lost")
    cards = [frame for frame in seen.frames if _is_card(frame)]
    assert cards[0].at_ms - broken_ms <= 1000
    assert not _is_card(seen.frames[0])
    assert not _is_card(seen.frames[-1])
    _require_no_room(seen)
    assert page.evaluate("[track.readyState, camera.readyState]") == ["live", "live"]
    assert page.evaluate("errors") == ["compositor-lost"]


def test_a_lost_segmenter_is_replaced(studio: Studio) -> None:
    page = _live(studio)
    terminate = "workers['cyclorama segmenter'].terminate()"
    seen, broken_ms = _until_back(studio, page, terminate, "segmenter-lost")
    cards = [frame for frame in seen.frames if _is_card(frame)]
    # The last mask serves for a second, as DESIGN says, and the card comes at once after it.
    assert 500 <= cards[0].at_ms - broken_ms <= 2000
    assert not _is_card(seen.frames[-1])
    _require_no_room(seen)
