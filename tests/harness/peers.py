"""What a page receives from others in a call."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.harness.eventually import eventually
from tests.harness.site import HARNESS_JS

FRAMES = 30


def watch(context: BrowserContext) -> None:
    """Keep the connections of all pages to come where `frames_decoded` finds them."""
    context.add_init_script(path=HARNESS_JS / "peers.js")


def tile(page: Page, kind: str = "camera") -> Locator:
    """The elements that play what the others send: their `camera` or their `screen`."""
    return page.locator(f"#participants [data-kind={kind}] video")


def frames_decoded(video: Locator) -> int:
    """Frames decoded so far of what a video element plays."""
    return int(video.evaluate("(video) => framesDecoded(video)"))


def connections_made(page: Page) -> int:
    """Connections that a page has made so far, those that are closed included."""
    return int(page.evaluate("connectionsMade()"))


def expect_moving(page: Page, video: Locator) -> None:
    """Wait until a second's worth of frames of one remote picture has come in anew."""
    expect(video).to_have_count(1)
    start = frames_decoded(video)
    eventually(
        page,
        lambda: frames_decoded(video) >= start + FRAMES,
        f"{FRAMES} more frames than {start} were decoded",
    )
