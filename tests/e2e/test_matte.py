"""The person is kept and the room replaced, frame by frame, against the true matte.

Each output frame carries its number on the man's chest, so it is held against the truth of the
very frame that it shows, and against what a raw clone of the camera's track gave for that frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, Playwright

from tests.conftest import needs_footage
from tests.harness import clips, marker
from tests.harness.recording import Picture, start
from tests.harness.site import Site, site
from tests.harness.studio import publish, ready, studio

PLATE = (40, 180, 90)
OUTPUT_FRAMES = 130
CAMERA_FRAMES = 130
MARGIN = 8
"""Pixels around the edge that are left to the matte's taste."""
LATE = 5


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

    def matte(self, number: int) -> Picture:
        """The true matte of a frame."""
        return self.truth.mattes[number]


@pytest.fixture(scope="module")
def evidence(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    truth = clips.office()
    path: Path = tmp_path_factory.mktemp("clips") / "office.y4m"
    clips.write(path, truth.frames, there_and_back=True)
    with site() as running, studio(playwright, running, path) as visit:
        page = visit.embed()
        publish(
            page,
            camera={"width": 640, "height": 384, "frameRate": 30},
            background={"type": "color", "color": "#" + bytes(PLATE).hex()},
        )
        ready(page)
        output = _numbered(page, running, "track", OUTPUT_FRAMES)
        camera = dict(_numbered(page, running, "camera", CAMERA_FRAMES))
        visit.guard.check()
    return Evidence([(n, picture) for n, picture in output if n in camera], camera, truth)


def _numbered(page: Page, running: Site, track: str, frames: int) -> list[tuple[int, Picture]]:
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


@needs_footage
def test_every_frame_is_known_by_its_number(evidence: Evidence) -> None:
    assert len(evidence.output) >= 100


@needs_footage
def test_the_person_is_kept(evidence: Evidence) -> None:
    kept = np.median(evidence.kept(evidence.matte))
    assert kept >= 0.98, f"median {kept:.4f}"


@needs_footage
def test_the_room_is_replaced(evidence: Evidence) -> None:
    replaced = np.median(evidence.replaced(evidence.matte))
    assert replaced >= 0.98, f"median {replaced:.4f}"


@needs_footage
def test_each_frame_does_both(evidence: Evidence) -> None:
    both = _both(evidence, evidence.matte)
    assert both >= 0.98, f"median {both:.4f}"


@needs_footage
def test_an_inverted_matte_would_be_seen(evidence: Evidence) -> None:
    def inverted(number: int) -> Picture:
        return 255 - evidence.matte(number)

    assert np.median(evidence.kept(inverted)) < 0.98
    assert np.median(evidence.replaced(inverted)) < 0.98


@needs_footage
def test_a_matte_five_frames_late_would_be_seen(evidence: Evidence) -> None:
    last = len(evidence.truth.mattes) - 1

    def late(number: int) -> Picture:
        # The clip runs there and back: after the last frame comes the one before it.
        return evidence.matte(last - abs(last - (number + LATE)))

    both = _both(evidence, late)
    assert both < 0.98, f"median {both:.4f}"


def _both(evidence: Evidence, matte_of: Callable[[int], Picture]) -> float:
    """Median over the frames of the worse of the two shares.

    An arm in motion leaves a late matte on one side only: either median alone can miss it.
    """
    return float(np.median(np.minimum(evidence.kept(matte_of), evidence.replaced(matte_of))))
