"""A call between two tabs, with no account and no server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.harness import peers
from tests.harness.choices import choose_color
from tests.harness.demo_call import join, open_guest
from tests.harness.grid import VISIBLE, CodeGrid
from tests.harness.recording import recording
from tests.harness.studio import Studio

GRID = CodeGrid()
RECEIVED = "document.querySelector('#participants video').srcObject.getVideoTracks()[0]"

ALONE = "Nobody else is here yet."
AT_ONCE_MS = 10_000
"""A tab that goes says so; without that the connection would be given up some 30 s later."""


def _join(page: Page) -> None:
    page.get_by_role("button", name="Join demo call").click()


def _people(page: Page) -> Locator:
    return page.get_by_role("list", name="In this call").get_by_role("listitem")


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
    expect(second.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")

    second.bring_to_front()
    second.get_by_role("button", name="Leave").click()
    expect(peers.tile(second)).to_have_count(0)
    expect(peers.tile(first)).to_have_count(0, timeout=AT_ONCE_MS)
    expect(first.get_by_text(ALONE)).to_be_visible()

    _join(second)
    _expect_picture(first, "Guest")
    second.close()
    expect(peers.tile(first)).to_have_count(0, timeout=AT_ONCE_MS)


def test_the_others_know_who_is_muted_and_who_crashed(studio: Studio) -> None:
    first = studio.live()
    form = first.get_by_role("tabpanel", name="Demo call")
    form.get_by_label("Your name").fill("Ada")
    form.get_by_label("Join with microphone").check()
    call = join(first)
    first.get_by_role("button", name="Mute").click()
    expect(_people(first)).to_have_text(["Ada (you)muted"])

    guest = open_guest(studio, call)
    expect(_people(first)).to_have_text(["Ada (you)muted", "Guestmuted"])
    told = guest.locator("#participants > *")
    expect(told).to_have_attribute("data-muted", "true")
    first.bring_to_front()
    first.get_by_role("button", name="Mute").click()
    expect(told).to_have_attribute("data-muted", "false")

    guest.reload()
    expect(_people(first)).to_have_text(["Ada (you)"], timeout=AT_ONCE_MS)
    guest = open_guest(studio, call)
    expect(_people(first)).to_have_text(["Ada (you)", "Guestmuted"])
    # It cannot say goodbye.
    with pytest.raises(Error):
        guest.goto("chrome://crash")
    expect(_people(first)).to_have_text(["Ada (you)"], timeout=AT_ONCE_MS)
    expect(peers.tile(first)).to_have_count(0)

    open_guest(studio, call)
    expect(_people(first)).to_have_text(["Ada (you)", "Guestmuted"])


def test_a_broken_link_is_told(studio: Studio) -> None:
    studio.guard.allow("link-invalid")
    page = studio.open("?call=no+such+call")
    _join(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "This link is not a complete invitation. Ask for a new one."
    )
    expect(page.get_by_role("button", name="Join demo call")).to_be_visible()


def test_a_reloaded_page_shows_the_others_nothing_of_its_room(studio: Studio) -> None:
    """Its call ends with it, and is joined anew by its link."""
    peers.watch(studio.context)
    page = studio.live()
    choose_color(page, (32, 64, 192))
    call = join(page)
    guest = open_guest(studio, call)
    peers.expect_moving(guest, peers.tile(guest))
    with recording(guest, studio.site, RECEIVED, boxes=GRID.boxes()) as before:
        page.reload()
        expect(peers.tile(guest)).to_have_count(0, timeout=AT_ONCE_MS)

    # As a person would, who sees the page first; Chromium crashed at times that left it sooner.
    expect(page.locator("#start")).to_be_visible()
    page.goto(f"{studio.site.url}?call={call}")
    page.bring_to_front()
    page.get_by_role("button", name="Join demo call").click()
    expect(peers.tile(guest)).to_have_count(1)
    with recording(guest, studio.site, RECEIVED, boxes=GRID.boxes()) as after:
        peers.expect_moving(guest, peers.tile(guest))
    seen = [*before.frames, *after.frames]
    assert after.frames
    assert max(GRID.decoded(frame.boxes) for frame in seen) < VISIBLE
