"""The output stays one track, and the room stays unseen, whatever becomes of the camera."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.harness.grid import VISIBLE, CodeGrid
from tests.harness.recording import SELF_VIEW, Recording, recording
from tests.harness.site import Site

GRID = CodeGrid()


@contextmanager
def one_output_and_no_room(page: Page, site: Site) -> Iterator[Recording]:
    """Record the output of a page whose camera plays a room with the code grid.

    The background has to be a plain one: behind a blur the largest cells stay readable.

    Raises:
        AssertionError: at the end, where the output is another track than before, or the grid
            decodes from a frame of it.
    """
    output = page.evaluate_handle(SELF_VIEW)
    with recording(page, site, SELF_VIEW, boxes=GRID.boxes()) as seen:
        yield seen
    assert page.evaluate(f"output => output === {SELF_VIEW}", output)
    worst = max(GRID.decoded(frame.boxes) for frame in seen.frames)
    assert worst < VISIBLE, f"a frame shows {worst:.1%} of the grid"
