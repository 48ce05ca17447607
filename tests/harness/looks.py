"""What a track shows: the card, black, or a picture that a test waits for."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page

from tests.harness import recording
from tests.harness.recording import Picture, SeenFrame
from tests.harness.site import Site

Rgb = tuple[int, int, int]

WAIT_S = 30

CARD_BOXES = [
    (0.0, 0.0, 0.1, 0.1),
    (0.9, 0.0, 1.0, 0.1),
    (0.0, 0.4, 0.1, 0.5),
    (0.9, 0.4, 1.0, 0.5),
    (0.45, 0.35, 0.55, 0.45),
    (0.45, 0.8, 0.55, 0.9),
]
"""Four on the card's ground, then its head and its shoulders; to record with."""
CARD_BRIGHTNESS = np.array([51, 51, 51, 51, 82, 82])
"""Between the green and the luma of the card's colours: the recorder reads either."""
CARD_RGB = (42, 47, 55)
"""Of the ground."""


def is_card(frame: SeenFrame) -> bool:
    """Whether a frame recorded with `CARD_BOXES` is the card."""
    return bool((np.abs(frame.boxes - CARD_BRIGHTNESS) <= 6).all())


def is_black(frame: SeenFrame) -> bool:
    """Whether a frame recorded with `CARD_BOXES` is black."""
    return bool((frame.boxes < 24).all())


def is_near(pixels: Picture, rgb: Rgb, levels: int = 4) -> bool:
    """Whether all these (…, 3) pixels have this colour, as far as one can see."""
    return bool((np.abs(pixels.astype(int) - rgb) <= levels).all())


def before(left: Rgb, right: Rgb | None = None, levels: int = 4) -> Callable[[Picture], bool]:
    """A condition: the upper corners, plate wherever the person sits, have these colours.

    Left is left in the track, which is not mirrored; without `right` both are the same.
    """
    return lambda picture: (
        is_near(picture[:8, :8], left, levels) and is_near(picture[:8, -8:], right or left, levels)
    )


def of_height(height: int) -> Callable[[Picture], bool]:
    """A condition: the picture is so high."""
    return lambda picture: picture.shape[0] == height


def wait_for(page: Page, site: Site, track: str, condition: Callable[[Picture], bool]) -> Picture:
    """Wait until a frame of the track fulfils the condition; return it, (H, W, 3) RGB.

    Raises:
        AssertionError: it does not within `WAIT_S`.
    """
    deadline = time.monotonic() + WAIT_S
    while True:
        picture = look(page, site, track)
        if condition(picture):
            return picture
        assert time.monotonic() < deadline, f"the track {track} never showed what was waited for"


def look(page: Page, site: Site, track: str) -> Picture:
    """A picture of what the track shows now, (H, W, 3) RGB."""
    recorder = recording.start(page, site, track, keep=3)
    # The first frame may be the last one from before, which the browser keeps for new readers.
    while recorder.count() < 2:
        page.wait_for_timeout(20)
    return recorder.stop().pictures[-1]
