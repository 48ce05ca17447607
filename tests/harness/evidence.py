"""What was published of numbered frames, held against the camera and the true mattes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Playwright

from tests.harness import clips, marker
from tests.harness.recording import Picture, start
from tests.harness.site import Site, site
from tests.harness.studio import publish, ready, studio

PLATE = (40, 180, 90)
"""RGB."""

BACKGROUND = {"type": "color", "color": "#" + bytes(PLATE).hex()}

CAMERA = {"width": 640, "height": 384, "frameRate": 30}
"""Of the clip `clips.office`."""

MARGIN = 8
"""Pixels around the edge that are left to the matte's taste."""


@dataclass(frozen=True)
class Evidence:
    """Output frames with their numbers, the camera's frames by number, and the truth."""

    output: list[tuple[int, Picture]]
    camera: dict[int, Picture]
    truth: clips.Truth

    def kept(self, matte_of: Callable[[int], Picture]) -> list[float]:
        """Share of the inside of the matte that is within 8 levels of the camera's own frame."""
        return [
            _share(picture, self.camera[number], _inside(matte_of(number)), 8)
            for number, picture in self.output
        ]

    def replaced(self, matte_of: Callable[[int], Picture]) -> list[float]:
        """Share of the outside that is within 4 levels of the plate."""
        plate = np.array(PLATE, np.uint8)
        return [
            _share(picture, plate, _inside(255 - matte_of(number)), 4)
            for number, picture in self.output
        ]

    def both(self, matte_of: Callable[[int], Picture]) -> float:
        """Median over the frames of the worse of the two shares.

        An arm in motion leaves a late matte on one side only: either median alone can miss it.
        """
        return float(np.median(np.minimum(self.kept(matte_of), self.replaced(matte_of))))

    def matte(self, number: int) -> Picture:
        """The true matte of a frame."""
        return self.truth.mattes[number]


@contextmanager
def office(playwright: Playwright, folder: Path) -> Iterator[tuple[Page, Site, clips.Truth]]:
    """A page that embeds the API, live before `PLATE`, its camera playing `clips.office`."""
    truth = clips.office()
    path = clips.write(folder / "office.y4m", truth.frames, there_and_back=True)
    with site() as running, studio(playwright, running, path) as visit:
        page = visit.embed()
        # A busy machine would choose another matte than the one that is looked at.
        publish(page, camera=CAMERA, background=BACKGROUND, tuning="off")
        ready(page)
        yield page, running, truth
        visit.guard.check()


def numbered(page: Page, running: Site, track: str, frames: int) -> list[tuple[int, Picture]]:
    """Frames of a track with the number that each carries; those without are left out."""
    recorder = start(page, running, track, keep=frames)
    while recorder.count() < frames:
        page.wait_for_timeout(200)
    found = ((marker.read(p, *clips.OFFICE_MARKER), p) for p in recorder.stop().pictures)
    return [(number, picture) for number, picture in found if number is not None]


def _inside(matte: Picture) -> NDArray[np.bool_]:
    """The solid part, MARGIN pixels away from its edge."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * MARGIN + 1, 2 * MARGIN + 1))
    solid = (matte > 250).astype(np.uint8)
    return np.asarray(cv2.erode(solid, disc, borderValue=[1]), np.bool_)


def _share(picture: Picture, other: Picture, where: NDArray[np.bool_], levels: int) -> float:
    near = np.abs(picture.astype(np.int16) - other).max(axis=-1) <= levels
    return float(near[where].mean())
