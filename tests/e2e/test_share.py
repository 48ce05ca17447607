"""A real other tab is shared beside the camera, whose page is then hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import JSHandle, Page, Playwright, expect

from tests.harness import peers
from tests.harness.chromium import fake_camera
from tests.harness.eventually import eventually
from tests.harness.site import Site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

TITLE = "Slides of the talk"
# Ten pictures a second: enough to see it move, little to draw.
SLIDES = f"""<title>{TITLE}</title>
<style>
  @keyframes turn {{ to {{ rotate: 360deg }} }}
  div {{ width: 200px; height: 200px; margin: 100px; background: teal;
         animation: turn 4s steps(40) infinite }}
</style>
<div></div>"""


@pytest.fixture
def sharing(playwright: Playwright, site: Site, portrait: Path) -> Iterator[Studio]:
    """A browser that shares the tab with our title when it is asked for one."""
    # Not with a fake permission prompt: with it Chromium hands out a fake screen.
    choice = f"--auto-select-tab-capture-source-by-title={TITLE}"
    with start_studio(playwright, site, None, [*fake_camera(portrait), choice]) as running:
        running.context.grant_permissions(["camera", "microphone"])
        peers.watch(running.context)
        yield running
        running.guard.check()


def _open_slides(studio: Studio) -> Page:
    page = studio.context.new_page()
    page.set_content(SLIDES)
    return page


def _open_guest(studio: Studio, call: str) -> Page:
    page = studio.embed()
    page.evaluate(
        """async ([base, call]) => {
          const { join } = await import(`${base}__test__/guest.js`);
          await join(call);
        }""",
        [studio.site.url, call],
    )
    return page


def _join(page: Page) -> str:
    """Join a demo call and return its id."""
    page.get_by_role("button", name="Join demo call").click()
    link = page.get_by_label("Link for the second tab")
    expect(link).not_to_have_value("")
    return link.input_value().split("?call=")[1]


def _animation_frames(page: Page, studio: Studio) -> float:
    """Of the page itself, per second."""
    clocks = page.evaluate(
        """async (base) => {
          const { pageClocks } = await import(`${base}__test__/page_clocks.js`);
          return pageClocks(2000);
        }""",
        studio.site.url,
    )
    return float(clocks["animationFrames"])


def _share(page: Page, button: str = "Share a tab or screen") -> None:
    """Press a button that shares."""
    page.bring_to_front()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="Stop sharing")).to_be_visible()


def _shared_track(page: Page) -> JSHandle:
    """The track of the screen that our page publishes now."""
    preview = page.locator("#published video").nth(1)
    return preview.evaluate_handle("(video) => video.srcObject.getVideoTracks()[0]")


def _state(track: JSHandle) -> str:
    return str(track.evaluate("(track) => track.readyState"))


def test_a_tab_is_shared_while_the_camera_page_is_hidden(sharing: Studio) -> None:
    slides = _open_slides(sharing)
    page = sharing.live()
    guest = _open_guest(sharing, _join(page))
    camera, screen = peers.tile(guest, "camera"), peers.tile(guest, "screen")
    _share(page)
    shared = _shared_track(page)
    assert shared.evaluate("(track) => track.getSettings().displaySurface") == "browser"

    slides.bring_to_front()
    # A browser lets a page that was just hidden go on for a moment.
    page.wait_for_timeout(1000)
    assert page.evaluate("document.visibilityState") == "hidden"
    assert _animation_frames(page, sharing) == 0
    peers.expect_moving(guest, camera)
    peers.expect_moving(guest, screen)
    assert page.evaluate("document.visibilityState") == "hidden"

    received = screen.element_handle()
    _share(page, "Share something else")
    eventually(guest, lambda: not received.evaluate("(video) => video.isConnected"), "it is gone")
    again = _shared_track(page)
    slides.bring_to_front()
    peers.expect_moving(guest, screen)
    assert (_state(shared), _state(again)) == ("ended", "live")

    page.bring_to_front()
    page.get_by_role("button", name="Stop sharing").click()
    expect(screen).to_have_count(0)
    expect(page.get_by_role("button", name="Stop sharing")).to_be_hidden()
    expect(page.locator("#published video")).to_have_count(1)
    assert _state(again) == "ended"
    peers.expect_moving(guest, camera)


def test_a_refusal_is_told_and_a_closed_tab_is_shared_no_more(sharing: Studio) -> None:
    sharing.guard.allow("share-refused")
    slides = _open_slides(sharing)
    page = sharing.open()
    guest = _open_guest(sharing, _join(page))
    screen = peers.tile(guest, "screen")
    # No flag makes Chromium refuse a share alone, and its own dialog cannot be reached from here.
    page.evaluate(
        """() => {
          navigator.mediaDevices.getDisplayMedia = async () => {
            delete navigator.mediaDevices.getDisplayMedia;
            throw new DOMException('Permission denied', 'NotAllowedError');
          };
        }"""
    )
    page.bring_to_front()
    page.get_by_role("button", name="Share a tab or screen").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        "Nothing was shared. Press Share again and choose a tab, window or screen."
    )
    expect(page.get_by_text("You are in the call.")).to_be_visible()

    _share(page)
    expect(alert).to_be_hidden()
    slides.bring_to_front()
    peers.expect_moving(guest, screen)
    slides.close()
    expect(screen).to_have_count(0)
    expect(page.get_by_role("button", name="Stop sharing")).to_be_hidden()
