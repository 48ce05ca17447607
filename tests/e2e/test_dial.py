"""Every way to find the person, and every quality of the edge, through the same matte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.conftest import needs_footage
from tests.harness import clips
from tests.harness.evidence import Evidence, numbered, office
from tests.harness.recording import start
from tests.harness.site import Site
from tests.harness.studio import stats

pytestmark = pytest.mark.alone

SETTLE_MS = 1500
"""Until masks of the new kind are in use."""
OUTPUT_FRAMES = 45
CAMERA_FRAMES = 130

QUALITIES = ("finest", "fine", "good", "fair", "low", "lowest")
RESOLUTIONS = (0.25, 0.375, 0.5, 0.75)


@dataclass(frozen=True)
class Live:
    """A page that is live, and the camera's frames by number."""

    page: Page
    site: Site
    camera: dict[int, Any]
    truth: clips.Truth

    def both(self, settings: dict[str, Any]) -> float:
        """How well the person is kept and the room replaced with these settings."""
        self.page.evaluate("settings => cyclorama.configure(settings)", settings)
        self.page.wait_for_timeout(SETTLE_MS)
        output = numbered(self.page, self.site, "track", OUTPUT_FRAMES)
        known = [(number, picture) for number, picture in output if number in self.camera]
        evidence = Evidence(known, self.camera, self.truth)
        assert len(known) > OUTPUT_FRAMES / 2
        return evidence.both(evidence.matte)


@pytest.fixture(scope="module")
def live(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with office(playwright, tmp_path_factory.mktemp("clips")) as (page, running, truth):
        yield Live(page, running, dict(numbered(page, running, "camera", CAMERA_FRAMES)), truth)


@needs_footage
@pytest.mark.parametrize("quality", QUALITIES)
def test_each_quality_keeps_the_person_and_replaces_the_room(live: Live, quality: str) -> None:
    assert live.both({"quality": quality}) >= 0.95
    live.page.evaluate("cyclorama.configure({ quality: 'fine' })")


@needs_footage
@pytest.mark.parametrize("resolution", RESOLUTIONS)
def test_each_resolution_goes_through_the_same_matte(live: Live, resolution: float) -> None:
    assert live.both({"internalResolution": resolution}) >= 0.9
    live.page.evaluate("cyclorama.configure({ internalResolution: 0.475 })")


@needs_footage
def test_each_segmenter_and_stride_goes_through_the_same_matte(live: Live) -> None:
    choices = [
        {"segmenter": segmenter["id"], **({"stride": stride} if stride else {})}
        for segmenter in live.page.evaluate("cyclorama.segmenters")
        for stride in segmenter["strides"] or [None]
    ]
    found = {str(choice): live.both(choice) for choice in choices}
    # Stride 8 takes so long that its masks are late for hands as lively as these.
    assert min(found.values()) >= 0.9, found
    live.page.evaluate("choice => cyclorama.configure(choice)", choices[0])


@needs_footage
def test_turning_the_dial_shows_no_card(live: Live) -> None:
    held = stats(live.page)["held"]
    recorder = start(live.page, live.site, "track", keep=60)
    for quality in QUALITIES:
        live.page.evaluate("quality => cyclorama.configure({ quality })", quality)
        live.page.wait_for_timeout(250)
    pictures = recorder.stop().pictures
    live.page.evaluate("cyclorama.configure({ quality: 'fine' })")
    # The corner of the card is its own colour; that of a composite is the plate's.
    assert all(tuple(picture[0, 0]) == tuple(pictures[0][0, 0]) for picture in pictures)
    assert stats(live.page)["held"] - held < 15
