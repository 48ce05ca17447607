"""web/privacy.html: what it says is kept on the device is there, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.harness import peers
from tests.harness.choices import choose_file
from tests.harness.demo_call import join, open_guest
from tests.harness.eventually import eventually
from tests.harness.kept import kept
from tests.harness.pictures import picture_file
from tests.harness.site import HARNESS_JS, dist
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

NAME = "Ada Lovelace"
APPLICATION, SESSION, TOKEN = "12345678", "1_MX4xMjM0NTY3OH5-fg", "T1==a+b="
PICTURE = picture_file((230, 120, 20), (20, 140, 140))
SAID = {
    f"cyclorama.{name}"
    for name in (
        "background",
        "settings",
        "calibration",
        "camera-format",
        "camera",
        "microphone",
        "speaker",
    )
}
"""What the page says is in the local storage, by key."""


@pytest.fixture
def visit(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """A browser that keeps all that a page wants kept."""
    with (
        serve_site() as site,
        start_studio(playwright, site, portrait, service_workers=True) as running,
    ):
        yield running
        running.guard.check()


def _choose_everything(page: Page) -> None:
    """Of all that can be chosen, something else than before."""
    for panel in ("devices-panel", "settings-panel"):
        page.locator(f"#{panel} > summary").click()
    for device in ("camera", "microphone", "speaker"):
        page.locator(f"#{device}").select_option(index=1)
    page.locator("#frame-rate").select_option("15")
    page.locator("#tuning").select_option("balanced")
    page.locator("#quality").select_option("low")
    page.locator("#wall").click()
    page.locator("#brand-name").fill("Analytical Engines")
    with page.expect_file_chooser() as chooser:
        page.locator("#brand-logo").click()
    chooser.value.set_files({"name": "l.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(page.locator("#brand-logo-sample")).to_be_visible()


def test_a_visit_and_a_demo_call_leave_what_the_page_says(visit: Studio) -> None:
    visit.context.grant_permissions(["camera", "microphone"])
    page = visit.live()
    choose_file(page, PICTURE, "holiday.png")
    expect(page.locator("[data-picture]")).to_have_count(1)
    _choose_everything(page)
    measured = "cyclorama.calibration"
    eventually(page, lambda: measured in kept(page)["values"], "how fast it is here is kept")
    page.get_by_role("tabpanel", name="Demo call").get_by_label("Your name").fill(NAME)
    call = join(page)
    page.get_by_role("button", name="Leave").click()
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")

    left = kept(page)
    values = {key: json.loads(value) for key, value in left["values"].items()}
    assert values.keys() == SAID
    assert values["cyclorama.background"] == {
        "type": "brand",
        "name": "Analytical Engines",
        "color": "#2b6f63",
        "logo": None,
    }
    assert values["cyclorama.camera-format"]["frameRate"] == 15
    assert values["cyclorama.camera"].keys() == {"kind", "deviceId", "label"}
    assert left["databases"] == ["cyclorama"]
    logo, picture = sorted(left["records"], key=len)
    assert logo == {"id": "logo", "picture": "image/png"}
    assert picture["name"] == "holiday"
    assert picture.keys() == {"id", "name", "picture", "thumbnail", "added"}
    assert left["session"] == {}
    assert left["cookies"] == []
    built = {path.relative_to(dist()).as_posix() for path in dist().rglob("*")} | {""}
    assert {url.removeprefix(visit.site.url) for url in left["files"]} <= built
    assert NAME not in json.dumps(left)
    assert call not in json.dumps(left)

    page.get_by_role("button", name="Remove holiday").click()
    page.get_by_role("button", name="Remove logo").click()
    eventually(page, lambda: kept(page)["records"] == [], "what was removed is gone")


def test_a_demo_call_stays_on_this_computer(visit: Studio) -> None:
    peers.watch(visit.context)
    page = visit.live()
    guest = open_guest(visit, join(page))
    peers.expect_moving(guest, peers.tile(guest))
    ways = guest.evaluate("waysInUse()") + page.evaluate("waysInUse()")
    assert ways
    for way in ways:
        # A peer's address is its own until its first packet has told which it is seen under.
        assert set(way["types"]) <= {"host", "prflx"}
        local, remote = way["addresses"]
        assert local == remote
    guest.close()


def test_a_vonage_call_by_a_link_leaves_nothing(visit: Studio) -> None:
    path = json.loads((dist() / "manifest.json").read_text())["opentok"]
    visit.site.overlay[path] = (HARNESS_JS / "fake_ot.js").read_bytes()
    page = visit.live(f"#application={APPLICATION}&session={SESSION}&token={TOKEN}")
    form = page.get_by_role("tabpanel", name="Vonage")
    form.get_by_label("Your name").fill(NAME)
    form.get_by_role("button", name="Join Vonage call").click()
    expect(page.get_by_text("You are in the call.")).to_be_visible()
    assert page.evaluate("vonage.session.token") == TOKEN
    page.get_by_role("button", name="Leave").click()

    left = kept(page)
    assert left["values"].keys() <= {"cyclorama.calibration"}
    assert left["session"] == {}
    assert left["records"] == left["cookies"] == []
    told = json.dumps([left, page.url, visit.guard.requests[1:]])
    for secret in (APPLICATION, SESSION, TOKEN, NAME):
        assert secret not in told
    # Nor does going back bring it.
    assert page.evaluate("navigation.entries().map(({ url }) => url)") == [visit.site.url]
