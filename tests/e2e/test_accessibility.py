"""Every state of the page, in each look of it, passes the audit of axe-core."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.harness import axe, peers
from tests.harness.choices import choose_color, choose_file
from tests.harness.pictures import picture_file
from tests.harness.studio import Studio, wait_live

WIDE: ViewportSize = {"width": 1280, "height": 800}
SIZES: dict[str, ViewportSize] = {
    "360": {"width": 360, "height": 740},
    "2560": {"width": 2560, "height": 1300},
}


@pytest.fixture(scope="module")
def started(lasting_studio: Studio) -> Page:
    # The error that is shown is told on the console too.
    lasting_studio.guard.allow("image-unreadable")
    return lasting_studio.live()


@pytest.fixture
def live(started: Page, shared_studio: Studio) -> Page:
    started.set_viewport_size(WIDE)
    started.bring_to_front()
    return started


def expect_accessible(page: Page) -> None:
    """In light and in dark, and as narrow and as wide as the page is made for."""
    page.emulate_media(color_scheme="light")
    faults = [f"light: {fault}" for fault in axe.audit(page)]
    page.emulate_media(color_scheme="dark")
    # Nothing but the colours differs.
    faults += [f"dark: {fault}" for fault in axe.audit(page, "color-contrast")]
    page.emulate_media(color_scheme=None)
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        faults += [f"{name} px: {fault}" for fault in axe.audit(page)]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{name} px: {overflow} px stand over"] if overflow > 0 else []
    page.set_viewport_size(WIDE)
    assert faults == []


def test_before_the_camera_is_started(shared_studio: Studio) -> None:
    page = shared_studio.open()
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("[data-scene]").first).to_be_visible(timeout=60_000)
    expect_accessible(page)
    page.close()


def test_the_privacy_page(shared_studio: Studio) -> None:
    page = shared_studio.open()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Privacy").click()
    expect(opened.value).to_have_url(f"{shared_studio.site.url}privacy.html")
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("leaves your device")
    expect_accessible(opened.value)
    opened.value.close()
    page.close()


def test_while_it_loads(shared_studio: Studio) -> None:
    page = shared_studio.open()
    axe.load(page)
    page.locator("#start").click()
    expect(page.locator("#loading")).to_be_visible()
    assert axe.audit(page) == []
    wait_live(page)
    page.close()


def test_live(live: Page) -> None:
    expect_accessible(live)


def test_with_every_panel_open_and_every_panel_closed(live: Page) -> None:
    closed = live.locator(".panel:not([open]) > summary")
    while closed.count():
        closed.first.click()
    live.get_by_role("tab", name="Vonage").click()
    expect(live.locator("#figures dt").first).to_be_visible()
    expect_accessible(live)
    live.get_by_role("tab", name="Demo call").click()
    opened = live.locator(".panel[open] > summary")
    while opened.count():
        opened.first.click()
    expect_accessible(live)
    for panel in ("backgrounds-panel", "call-panel"):
        live.locator(f"#{panel} > summary").click()


@pytest.mark.parametrize(
    "choose",
    [
        lambda page: choose_color(page, (120, 30, 160)),
        lambda page: choose_file(page, picture_file((230, 120, 20), (20, 140, 140))),
    ],
    ids=["colour", "picture"],
)
def test_with_another_background(live: Page, choose: Callable[[Page], None]) -> None:
    choose(live)
    expect_accessible(live)


def test_with_an_error(live: Page) -> None:
    choose_file(live, b"no picture")
    expect(live.get_by_role("alert")).to_contain_text("could not be read as a picture")
    expect_accessible(live)
    live.get_by_role("button", name="Dismiss").click()


def test_in_a_call(live: Page, shared_studio: Studio) -> None:
    live.get_by_role("button", name="Join demo call").click()
    expect(live.get_by_text("Nobody else is here yet.")).to_be_visible()
    expect_accessible(live)
    link = live.get_by_label("Link for the second tab").input_value()
    other = shared_studio.open(link.removeprefix(shared_studio.site.url))
    other.get_by_role("button", name="Join demo call").click()
    wait_live(other)
    live.bring_to_front()
    expect(peers.tile(live)).to_be_visible()
    expect_accessible(live)
    live.get_by_role("button", name="Leave").click()
    other.close()
