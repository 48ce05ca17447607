"""The person is kept and the room replaced, frame by frame, against the true matte.

Each output frame carries its number on the man's chest, so it is held against the truth of the
very frame that it shows, and against what a raw clone of the camera's track gave for that frame.
"""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Playwright

from tests.conftest import needs_footage
from tests.harness.evidence import Evidence, numbered, office
from tests.harness.recording import Picture

pytestmark = pytest.mark.alone

OUTPUT_FRAMES = 130
CAMERA_FRAMES = 130
LATE = 5


@pytest.fixture(scope="module")
def evidence(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    with office(playwright, tmp_path_factory.mktemp("clips")) as (page, running, truth):
        output = numbered(page, running, "track", OUTPUT_FRAMES)
        camera = dict(numbered(page, running, "camera", CAMERA_FRAMES))
    return Evidence([(n, picture) for n, picture in output if n in camera], camera, truth)


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
    both = evidence.both(evidence.matte)
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

    both = evidence.both(late)
    assert both < 0.98, f"median {both:.4f}"
