"""A call between two tabs, with no account and no server."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.harness import peers
from tests.harness.studio import Studio

ALONE = "Nobody else is here yet."
AT_ONCE_MS = 10_000
"""A tab that goes says so; without that the connection would be given up some 30 s later."""


def _join(page: Page) -> None:
    page.get_by_role("button", name="Join demo call").click()


def _expect_picture(page: Page, name: str) -> None:
    """The other's picture is here, moves, and is what the other publishes."""
    page.bring_to_front()
    video = peers.tile(page)
    peers.expect_moving(page, video)
    expect(page.locator("#participants figcaption")).to_have_text(name)
    expect(page.get_by_text(ALONE)).to_be_hidden()
    width, height = video.evaluate("(video) => [video.videoWidth, video.videoHeight]")
    # A busy machine makes WebRTC send it smaller.
    assert width >= 160
    assert abs(width / height - 4 / 3) < 0.02


def _hears(page: Page) -> bool:
    """Whether the other is here with a microphone."""
    return bool(peers.tile(page).evaluate("(video) => video.srcObject.getAudioTracks().length"))


def test_two_tabs_see_each_other_until_one_leaves(studio: Studio) -> None:
    peers.watch(studio.context)
    first = studio.live()
    form = first.get_by_role("tabpanel", name="Demo call")
    form.get_by_label("Your name").fill("Ada")
    form.get_by_label("Join with microphone").check()
    _join(first)
    expect(first.get_by_text(ALONE)).to_be_visible()
    link = first.get_by_label("Link for the second tab")
    expect(link).to_have_value(re.compile(r"\?call=[\w-]+$"))

    second = studio.open(link.input_value().removeprefix(studio.site.url))
    expect(second.get_by_text("You were invited to a call in this browser.")).to_be_visible()
    expect(second.get_by_label("Join with microphone").first).not_to_be_checked()
    # Twice, by someone impatient, while the camera still starts: that is one guest all the same.
    second.get_by_role("button", name="Join demo call").dblclick()
    _expect_picture(second, "Ada")
    _expect_picture(first, "Guest")
    assert _hears(second)
    assert not _hears(first)
    expect(second.get_by_role("button", name="Mute")).to_be_hidden()

    second.bring_to_front()
    second.get_by_role("button", name="Leave").click()
    expect(peers.tile(second)).to_have_count(0)
    expect(peers.tile(first)).to_have_count(0, timeout=AT_ONCE_MS)
    expect(first.get_by_text(ALONE)).to_be_visible()

    _join(second)
    _expect_picture(first, "Guest")
    second.close()
    expect(peers.tile(first)).to_have_count(0, timeout=AT_ONCE_MS)


def test_a_broken_link_is_told(studio: Studio) -> None:
    studio.guard.allow("link-invalid")
    page = studio.open("?call=no+such+call")
    _join(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "This link is not a complete invitation. Ask for a new one."
    )
    expect(page.get_by_role("button", name="Join demo call")).to_be_visible()
