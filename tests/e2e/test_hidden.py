"""The picture keeps its rate when its page is hidden, and the page really is hidden."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.harness.clocks import page_clocks
from tests.harness.recording import Recording, recording
from tests.harness.studio import Studio, publish, ready

pytestmark = pytest.mark.alone

SECONDS = 10
TRACK = "track"


@dataclass(frozen=True)
class Period:
    """What was measured in one stretch of time."""

    output: Recording
    decoded_per_second: float
    clocks: dict[str, float]


def _measure(page: Page, studio: Studio) -> Period:
    with recording(page, studio.site, TRACK) as output:
        before = page.evaluate("receiver.decoded()")
        clocks = page_clocks(page, studio.site, SECONDS * 1000)
        decoded = page.evaluate("receiver.decoded()") - before
    return Period(output, decoded / SECONDS, clocks)


def _connect(page: Page, studio: Studio) -> None:
    page.evaluate(
        """async (base) => {
          const { loopback } = await import(`${base}__test__/loopback.js`);
          globalThis.receiver = await loopback(track);
        }""",
        studio.site.url,
    )


def _require_hidden(page: Page, period: Period) -> None:
    """The controls: without them the test would prove nothing."""
    assert page.evaluate("document.visibilityState") == "hidden"
    assert period.clocks["animationFrames"] <= 0.2, period.clocks
    assert period.clocks["timers"] <= 1.5, period.clocks
    audible = "[...document.querySelectorAll('audio, video')].filter((media) => !media.muted)"
    assert page.evaluate(f"{audible}.length") == 0


def test_a_hidden_page_publishes_at_full_rate(studio: Studio) -> None:
    page = studio.embed()
    publish(page)
    ready(page)
    _connect(page, studio)
    page.wait_for_timeout(3000)
    before = _measure(page, studio)
    front = studio.hide(page)
    hidden = _measure(page, studio)
    _require_hidden(page, hidden)
    stats = page.evaluate("cyclorama.stats()")
    # Visible once more: what else runs on the machine changes, and a mean of both is fairer.
    front.close()
    page.bring_to_front()
    after = _measure(page, studio)

    for period in (before, after):
        assert period.clocks["animationFrames"] > 20, "the page should have been visible"
    fps = hidden.output.distinct_fps()
    visible = (before.output.distinct_fps() + after.output.distinct_fps()) / 2
    figures = f"{visible:.1f} visible, {fps:.1f} hidden, {hidden.decoded_per_second:.1f} decoded"
    assert fps >= 10, figures
    assert fps >= 0.9 * visible, figures
    assert hidden.decoded_per_second >= 0.85 * fps, figures
    assert stats["state"] == "live"
    # Over the last five seconds, all of them hidden.
    assert stats["masksPerSecond"] >= 3, stats


def test_a_main_thread_clock_would_freeze(studio: Studio) -> None:
    studio.site.swap("worker/clock.js", "main_thread_clock.js")
    page = studio.embed()
    page.evaluate(
        """async (base) => {
          const { hostClock } = await import(`${base}__test__/page_clocks.js`);
          hostClock();
        }""",
        studio.site.url,
    )
    publish(page)
    ready(page)
    _connect(page, studio)
    studio.hide(page)
    # Browsers let a page that was just hidden go on for a moment.
    page.wait_for_timeout(2000)
    hidden = _measure(page, studio)
    _require_hidden(page, hidden)
    assert hidden.output.distinct_fps() <= 2


def test_a_slow_scheduler_keeps_its_rate_while_hidden(studio: Studio) -> None:
    page = studio.embed()
    publish(page, frameRate=7)
    ready(page)
    _connect(page, studio)
    studio.hide(page)
    hidden = _measure(page, studio)
    _require_hidden(page, hidden)
    assert 6.5 <= hidden.output.distinct_fps() <= 7.5
