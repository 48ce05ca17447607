"""What the browser tells of the devices with and without permission, and a permission withdrawn.

These are Chromium's own fake devices: the camera's track really ends here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.harness import looks
from tests.harness.choices import choose_color
from tests.harness.chromium import fake_camera
from tests.harness.recording import SELF_VIEW
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio, wait_live
from tests.harness.studio import studio as start_studio
from tests.harness.unseen import one_output_and_no_room

PLATE = (20, 140, 140)
NAMELESS = "Microphones and speakers have names here once the microphone was allowed."


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """A camera and a microphone that need permission."""
    with (
        serve_site() as site,
        start_studio(playwright, site, None, fake_camera(portrait)) as running,
    ):
        running.guard.allow(r"^console\.warning: camera-ended: ")
        yield running


def test_names_appear_as_devices_are_allowed(shared_studio: Studio, portrait: Path) -> None:
    shared_studio.context.clear_permissions()
    page = shared_studio.open()
    page.locator("#devices-panel > summary").click()
    expect(page.get_by_text(NAMELESS)).to_be_visible()
    for name in ("camera", "microphone", "speaker"):
        expect(page.locator(f"#{name} option")).to_have_text([f"Default {name}"])

    shared_studio.context.grant_permissions(["camera"])
    page.locator("#start").click()
    expect(page.locator("#camera option:checked")).to_contain_text(portrait.name)
    expect(page.get_by_text(NAMELESS)).to_be_visible()

    shared_studio.context.grant_permissions(["camera", "microphone"])
    page.get_by_role("button", name="Test microphone").click()
    expect(page.locator("#microphone option", has_text="Fake Audio Input 1")).to_be_attached()
    expect(page.locator("#speaker option").nth(1)).to_be_attached()
    expect(page.get_by_text(NAMELESS)).to_be_hidden()
    page.close()


def test_a_camera_no_longer_allowed_leaves_the_card_and_nothing_of_the_room(
    shared_studio: Studio,
) -> None:
    shared_studio.context.grant_permissions(["camera"])
    page = shared_studio.live()
    choose_color(page, PLATE)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PLATE))
    with one_output_and_no_room(page, shared_studio.site):
        shared_studio.context.clear_permissions()
        expect(page.get_by_role("alert")).to_contain_text("The camera stopped delivering pictures.")
        looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(looks.CARD_RGB))
        shared_studio.context.grant_permissions(["camera"])
        page.locator("#start").click()
        wait_live(page)
        looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PLATE))
    page.close()
