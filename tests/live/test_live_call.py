"""Two browsers in a real session of Vonage: `python3 build.py test --live`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.harness.eventually import eventually
from tests.harness.site import Site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

NAMES = {
    "application": "VONAGE_APPLICATION_ID",
    "session": "VONAGE_SESSION_ID",
    "token": "VONAGE_TOKEN",
}
MISSING = [name for name in NAMES.values() if not os.environ.get(name)]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"needs a session of Vonage; not set: {', '.join(MISSING)}"
)

# The last of two equal flags wins, and the harness's own keeps the browser off the network.
NETWORK = ("--host-resolver-rules=MAP unused.invalid ~NOTFOUND",)
PICTURE = "#participants [data-kind=camera] video"


def _join(studio: Studio, name: str) -> Page:
    page = studio.open(f"#{urlencode({part: os.environ[env] for part, env in NAMES.items()})}")
    form = page.get_by_role("tabpanel", name="Vonage")
    form.get_by_label("Your name").fill(name)
    form.get_by_role("button", name="Join Vonage call").click()
    expect(page.get_by_text("You are in the call.")).to_be_visible(timeout=60_000)
    return page


def _played_s(page: Page) -> float:
    return float(page.locator(PICTURE).evaluate("(video) => video.currentTime"))


def _expect_playing(page: Page) -> None:
    start = _played_s(page)
    eventually(page, lambda: _played_s(page) > start + 1, "the other's picture plays")


def test_two_browsers_meet(playwright: Playwright, site: Site, portrait: Path) -> None:
    with (
        start_studio(playwright, site, portrait, NETWORK) as ours,
        start_studio(playwright, site, portrait, NETWORK) as theirs,
    ):
        first, second = _join(ours, "Ada"), _join(theirs, "Grace")
        for page, name in ((first, "Grace"), (second, "Ada")):
            expect(page.get_by_role("list", name="In this call")).to_contain_text(name)
            expect(page.locator(PICTURE)).to_have_count(1)
            _expect_playing(page)
        second.get_by_role("button", name="Leave").click()
        expect(first.locator(PICTURE)).to_have_count(0)
