"""How pictures get onto the output track, and what becomes of them there."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.harness import looks
from tests.harness.outage import NOW
from tests.harness.recording import recording
from tests.harness.studio import Studio, publish, ready, stats

pytestmark = pytest.mark.alone

BLOCK_MS = 2000

BLOCK = f"""(milliseconds) => {{
  const now = () => {NOW};
  const begun = now();
  while (now() < begun + milliseconds);
  return begun;
}}"""

HOLD_MS = 500
"""The last composite stands for so long, and checks are 100 ms apart."""

NO_GENERATOR = "delete globalThis.MediaStreamTrackGenerator"


def test_a_blocked_page_does_not_freeze_the_track(studio: Studio) -> None:
    page = studio.embed()
    publish(page)
    ready(page)
    with recording(page, studio.site, "track", boxes=looks.CARD_BOXES) as seen:
        page.wait_for_timeout(500)
        begun = page.evaluate(BLOCK, BLOCK_MS)
        page.wait_for_timeout(1500)
    meanwhile = [frame for frame in seen.frames if begun <= frame.at_ms <= begun + BLOCK_MS]
    card = next(frame for frame in meanwhile if looks.is_card(frame))
    assert card.at_ms - begun <= HOLD_MS + 300
    # Repeated, or receivers would take the track for muted.
    assert all(b.at_ms - a.at_ms <= HOLD_MS + 300 for a, b in pairwise(meanwhile))
    assert not looks.is_card(seen.frames[-1])


def test_a_clone_goes_on_when_the_track_is_stopped(studio: Studio) -> None:
    page = studio.embed()
    publish(page)
    ready(page)
    page.evaluate("() => { globalThis.clone = track.clone(); track.stop(); }")
    with recording(page, studio.site, "clone") as seen:
        page.wait_for_timeout(1500)
    assert seen.distinct_fps() > 15
    # Nobody takes pictures any more, which is no error.
    page.evaluate("clone.stop()")
    before = stats(page)["frames"]
    page.wait_for_timeout(1000)
    assert stats(page)["frames"] > before
    assert page.evaluate("cyclorama.state") == "live"


def test_where_no_track_takes_frames_the_canvas_is_captured(studio: Studio) -> None:
    studio.context.add_init_script(NO_GENERATOR)
    page = studio.embed()
    publish(page)
    ready(page)
    assert stats(page)["adapters"]["output"] == "OffscreenCanvas"
    studio.hide(page)
    with recording(page, studio.site, "track", boxes=looks.CARD_BOXES) as seen:
        page.wait_for_timeout(2000)
    assert page.evaluate("document.visibilityState") == "hidden"
    assert seen.distinct_fps() > 15
    assert not any(looks.is_card(frame) for frame in seen.frames)
