"""What browser, machine and network do to a page that publishes; nothing of ours is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.harness import outage
from tests.harness.eventually import eventually
from tests.harness.outage import through
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio, stats
from tests.harness.studio import studio as start_studio

pytestmark = pytest.mark.alone

BLOCK_MS = 5000
RECOVERY_MS = 3000


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    with serve_site() as site:
        site.swap("worker/clock.js", "jumping_clock.js")
        with start_studio(playwright, site, portrait) as running:
            yield running


@pytest.fixture(scope="module")
def lasting_page(lasting_studio: Studio) -> Page:
    return outage.live(lasting_studio)


@pytest.fixture
def page(lasting_page: Page, shared_studio: Studio) -> Page:
    return lasting_page


def test_a_blocked_page_publishes_nothing_old(page: Page, shared_studio: Studio) -> None:
    """Frames come and go by way of the main thread: meanwhile there can be none."""
    block = f"""() => {{
      const begun = {outage.NOW};
      while ({outage.NOW} < begun + {BLOCK_MS});
      return [begun, {outage.NOW}];
    }}"""
    blocked = through(page, shared_studio, lambda: page.evaluate(block))
    during = (
        frame
        for frame in blocked.seen.frames
        if blocked.at_ms + 1000 < frame.at_ms < blocked.over_ms
    )
    assert all(outage.is_card(frame) for frame in during)
    composites = [
        frame
        for frame in blocked.seen.frames
        if frame.at_ms > blocked.over_ms and not outage.is_card(frame)
    ]
    # The first may be the last from before, which waited for the page.
    assert composites[3].at_ms - blocked.over_ms <= 500
    assert stats(page)["maskAgeMs"]["p95"] < 1000


def test_a_frozen_tab_goes_on_when_it_is_resumed(page: Page, shared_studio: Studio) -> None:
    session = shared_studio.context.new_cdp_session(page)

    def freeze() -> None:
        front = shared_studio.hide(page)
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        front.wait_for_timeout(3000)
        session.send("Page.setWebLifecycleState", {"state": "active"})
        page.bring_to_front()
        front.close()

    frozen = through(page, shared_studio, freeze)
    assert frozen.back_ms <= RECOVERY_MS


@pytest.mark.parametrize("jump_ms", [3_600_000, -3_600_000])
def test_a_clock_that_jumps_stops_nothing(page: Page, shared_studio: Studio, jump_ms: int) -> None:
    """Simulated: of the compositor's clock."""
    jump = f"() => new BroadcastChannel('jump').postMessage({jump_ms})"
    jumped = through(page, shared_studio, lambda: page.evaluate(jump))
    assert jumped.cards == []
    assert jumped.back_ms <= 1000


def test_without_a_network_the_picture_goes_on(page: Page, shared_studio: Studio) -> None:
    def offline() -> None:
        shared_studio.context.set_offline(True)
        page.wait_for_timeout(2000)
        shared_studio.context.set_offline(False)

    assert through(page, shared_studio, offline).cards == []


@pytest.mark.parametrize(
    "size", [(320, 240), (360, 480), (640, 480)], ids=["smaller", "turned", "as before"]
)
def test_a_camera_changes_its_size(
    page: Page, shared_studio: Studio, size: tuple[int, int]
) -> None:
    width, height = size
    apply = "([width, height]) => camera.applyConstraints({ width, height })"
    changed = through(page, shared_studio, lambda: page.evaluate(apply, [width, height]))
    last = changed.seen.frames[-1]
    assert (last.width, last.height) == size
    assert changed.back_ms <= RECOVERY_MS


def test_a_camera_is_changed_for_another(page: Page, shared_studio: Studio) -> None:
    switch = """async () => {
      const other = await openCamera({ width: 640, height: 480, frameRate: 30 });
      await cyclorama.process(other);
      camera.stop();
      globalThis.camera = other;
    }"""
    switched = through(page, shared_studio, lambda: page.evaluate(switch))
    assert switched.back_ms <= RECOVERY_MS


def test_a_camera_that_ends_leaves_the_card(page: Page, shared_studio: Studio) -> None:
    """To be called last; the next camera brings the picture back on the same track."""

    def end() -> None:
        page.evaluate("() => camera.stop()")
        eventually(page, lambda: page.evaluate("cyclorama.state") == "waiting", "the card is shown")
        page.evaluate(
            """async () => {
              globalThis.camera = await openCamera({ width: 640, height: 480, frameRate: 30 });
              await cyclorama.process(camera);
            }"""
        )

    ended = through(page, shared_studio, end)
    assert ended.cards
    assert ended.back_ms <= RECOVERY_MS
