"""A real other tab is shared beside the camera, whose page is then hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import JSHandle, Locator, Page, Playwright, expect

from tests.harness import demo_call, peers
from tests.harness.clocks import page_clocks
from tests.harness.demo_call import join, open_guest, open_slides, share
from tests.harness.eventually import eventually
from tests.harness.site import Site
from tests.harness.studio import Studio, wait_live

HEARD = 0.05
"""Peak of a wave from which on it is no silence."""


@pytest.fixture
def sharing(playwright: Playwright, site: Site, portrait: Path) -> Iterator[Studio]:
    """A browser that shares the slides when it is asked for a tab."""
    with demo_call.sharing(playwright, site, portrait, tuning=False) as running:
        yield running
        running.guard.check()


def _shared_track(page: Page) -> JSHandle:
    """The track of the screen that our page publishes now."""
    preview = page.locator("#published video").nth(1)
    return preview.evaluate_handle("(video) => video.srcObject.getVideoTracks()[0]")


def _state(track: JSHandle) -> str:
    return str(track.evaluate("(track) => track.readyState"))


def test_a_tab_is_shared_while_the_camera_page_is_hidden(sharing: Studio) -> None:
    slides = open_slides(sharing)
    page = sharing.live()
    guest = open_guest(sharing, join(page))
    camera, screen = peers.tile(guest, "camera"), peers.tile(guest, "screen")
    share(page)
    shared = _shared_track(page)
    assert shared.evaluate("(track) => track.getSettings().displaySurface") == "browser"

    slides.bring_to_front()
    # A browser lets a page that was just hidden go on for a moment.
    page.wait_for_timeout(1000)
    assert page.evaluate("document.visibilityState") == "hidden"
    assert page_clocks(page, sharing.site, 2000)["animationFrames"] == 0
    peers.expect_moving(guest, camera)
    peers.expect_moving(guest, screen)
    assert page.evaluate("document.visibilityState") == "hidden"

    received = screen.element_handle()
    share(page, "Share another")
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
    slides = open_slides(sharing)
    page = sharing.open()
    guest = open_guest(sharing, join(page))
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
    page.get_by_role("button", name="Share screen").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(
        "Nothing was shared. Press Share again and choose a tab, window or screen."
    )
    expect(page.get_by_text("You are in the call.")).to_be_visible()

    share(page)
    expect(alert).to_be_hidden()
    slides.bring_to_front()
    peers.expect_moving(guest, screen)
    slides.close()
    expect(screen).to_have_count(0)
    expect(page.get_by_role("button", name="Stop sharing")).to_be_hidden()


def test_the_presenter_stands_over_the_slides_in_one_picture(sharing: Studio) -> None:
    slides = open_slides(sharing)
    page = sharing.live()
    guest = open_guest(sharing, join(page))
    camera, screen = peers.tile(guest, "camera"), peers.tile(guest, "screen")
    peers.expect_moving(guest, camera)
    before = _size(camera)
    share(page)
    peers.expect_moving(guest, screen)

    # The browser goes over to the tab that is shared.
    page.bring_to_front()
    page.get_by_label("One picture: me in front of what I share").check()
    expect(screen).to_have_count(0)
    wide = _size(page.locator("#shared"))
    eventually(guest, lambda: _shape(_size(camera)) == _shape(wide), "the camera is the slides")
    # What is read must not be mirrored.
    assert page.locator("#self").evaluate("(video) => getComputedStyle(video).transform") == "none"
    slides.bring_to_front()
    page.wait_for_timeout(1000)
    assert page.evaluate("document.visibilityState") == "hidden"
    assert page_clocks(page, sharing.site, 2000)["animationFrames"] == 0
    peers.expect_moving(guest, camera)
    assert page.evaluate("document.visibilityState") == "hidden"

    page.bring_to_front()
    page.get_by_label("I stand").select_option("left")
    page.get_by_label("Two pictures: me, and what I share").check()
    peers.expect_moving(guest, screen)
    eventually(guest, lambda: _shape(_size(camera)) == _shape(before), "the camera is as before")

    page.get_by_label("One picture: me in front of what I share").check()
    expect(screen).to_have_count(0)
    eventually(guest, lambda: _shape(_size(camera)) == _shape(wide), "the camera is the slides")
    slides.close()
    eventually(guest, lambda: _shape(_size(camera)) == _shape(before), "the camera is as before")
    expect(page.get_by_role("button", name="Stop sharing")).to_be_hidden()
    peers.expect_moving(guest, camera)


def test_the_camera_starts_again_after_it_was_stopped_over_slides(sharing: Studio) -> None:
    open_slides(sharing)
    page = sharing.live()
    share(page)
    page.bring_to_front()
    page.get_by_label("One picture: me in front of what I share").check()
    expect(page.locator("html")).to_have_attribute("data-presenting", "")
    page.locator("#stop").click()
    expect(page.locator("html")).to_have_attribute("data-state", "stopped")
    page.locator("#start").click()
    wait_live(page)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.fixture
def audible(playwright: Playwright, site: Site, portrait: Path) -> Iterator[Studio]:
    """The same with sound."""
    with demo_call.sharing(playwright, site, portrait, tuning=False, audible=True) as running:
        yield running
        running.guard.check()


def test_the_sound_of_a_tab_is_heard_beside_the_camera_and_over_the_slides(
    audible: Studio,
) -> None:
    slides = open_slides(audible)
    slides.evaluate(
        """() => {
          const context = new AudioContext();
          const tone = context.createOscillator();
          tone.connect(context.destination);
          tone.start();
        }"""
    )
    page = audible.live()
    guest = open_guest(audible, join(page))
    screen, sound = peers.tile(guest, "screen"), peers.tile(guest, "sound")
    share(page)
    eventually(guest, lambda: _loudness(screen) > HEARD, "the tab is heard with its picture")
    page.bring_to_front()
    page.get_by_label("One picture: me in front of what I share").check()
    expect(screen).to_have_count(0)
    eventually(guest, lambda: _loudness(sound) > HEARD, "the tab is heard alone")
    page.get_by_label("Two pictures: me, and what I share").check()
    expect(sound).to_have_count(0)
    eventually(guest, lambda: _loudness(screen) > HEARD, "the tab is heard with its picture")


def _loudness(video: Locator) -> float:
    """Of what a tile plays: its peak in a tenth of a second, 0 … 1; 0 where there is no tile."""
    peak: float = video.evaluate_all(
        """async ([video]) => {
          if (!video?.srcObject.getAudioTracks().length) return 0;
          const context = new AudioContext();
          const ear = context.createAnalyser();
          context.createMediaStreamSource(video.srcObject).connect(ear);
          await new Promise((resolve) => setTimeout(resolve, 100));
          const wave = new Float32Array(ear.fftSize);
          ear.getFloatTimeDomainData(wave);
          await context.close();
          return Math.max(...wave.map(Math.abs));
        }"""
    )
    return peak


def _size(video: Locator) -> tuple[int, int]:
    """Of what a video element plays."""
    width, height = video.evaluate("(video) => [video.videoWidth, video.videoHeight]")
    return int(width), int(height)


def _shape(size: tuple[int, int]) -> float:
    """Width to height, roughly: what is sent may be smaller than what was published."""
    return round(size[0] / max(size[1], 1), 1)
