"""Something goes wrong while the track is recorded: what it showed, and that the room did not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from playwright.sync_api import Page

from tests.harness import looks, workers
from tests.harness.eventually import eventually
from tests.harness.grid import VISIBLE, CodeGrid
from tests.harness.recording import Recording, SeenFrame, start
from tests.harness.studio import Studio, publish, ready

GRID = CodeGrid()
BOXES = [*looks.CARD_BOXES, *GRID.boxes()]
CARD = len(looks.CARD_BOXES)

NOTE_ERRORS = """() => {
  globalThis.errors = [];
  cyclorama.addEventListener('error', ({ detail }) => errors.push(detail.id));
}"""

NOW = "performance.timeOrigin + performance.now()"
"""In a page: milliseconds since 1970, as recordings have them."""


def live(studio: Studio) -> Page:
    """A page that publishes, has its errors in `errors` and its workers in `workers`."""
    studio.context.add_init_script(workers.KEEP)
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    page.evaluate(NOTE_ERRORS)
    ready(page)
    page.wait_for_timeout(1000)
    return page


def is_card(frame: SeenFrame) -> bool:
    """Whether a frame recorded with `BOXES` is the card."""
    return looks.is_card(replace(frame, boxes=frame.boxes[:CARD]))


def errors(page: Page) -> list[str]:
    """What the instance reported so far."""
    ids: list[str] = page.evaluate("errors")
    return ids


@dataclass(frozen=True)
class Outage:
    """What the track showed from before something went wrong until after all was well again."""

    seen: Recording
    at_ms: float
    """When it went wrong, on the recording's clock."""
    over_ms: float
    """When it was over: not the picture, but what was wrong."""

    @property
    def cards(self) -> list[SeenFrame]:
        """Frames that were the card."""
        return [frame for frame in self.seen.frames if is_card(frame)]

    @property
    def back_ms(self) -> float:
        """From when it was over until a composite that is another than the last before."""
        before = {frame.hash for frame in self.seen.frames if frame.at_ms <= self.over_ms}
        after = (
            frame
            for frame in self.seen.frames
            if frame.at_ms > self.over_ms and frame.hash not in before and not is_card(frame)
        )
        return next(after).at_ms - self.over_ms


def through(page: Page, studio: Studio, fault: Callable[[], object], *expected: str) -> Outage:
    """Record while something goes wrong, until the picture is back.

    Asserts that the room never showed, that the track is the same and live, and that nothing was
    reported but what is expected.

    Args:
        page: of `live`.
        studio: its browser.
        fault: lets it go wrong, and returns once that is over; from when until when it was, in a
            page's milliseconds since 1970, where it knows that better.
        expected: ids of the errors that are to be reported, each once.
    """
    told = len(errors(page))
    page.evaluate("() => { globalThis.before = track; }")
    recorder = start(page, studio.site, "track", boxes=BOXES)
    page.wait_for_timeout(500)
    begun_ms = page.evaluate(NOW)
    known = fault()
    at_ms, over_ms = known if isinstance(known, list) else (begun_ms, page.evaluate(NOW))
    eventually(page, lambda: len(errors(page)) >= told + len(expected), f"{expected} are told")
    eventually(page, lambda: page.evaluate("cyclorama.state") == "live", "the picture is back")
    page.wait_for_timeout(1500)
    seen = recorder.stop()
    assert not is_card(seen.frames[0])
    assert not is_card(seen.frames[-1])
    worst = max(GRID.decoded(frame.boxes[CARD:]) for frame in seen.frames)
    assert worst < VISIBLE, f"a frame shows {worst:.1%} of the room"
    assert page.evaluate("track === before && track.readyState === 'live'")
    reported = errors(page)[told:]
    assert reported == list(expected)
    return Outage(seen, float(at_ms), float(over_ms))
