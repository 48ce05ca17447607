"""What goes wrong is said in a plain sentence, and work goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.harness import looks
from tests.harness.choices import choose_color, choose_file
from tests.harness.recording import SELF_VIEW
from tests.harness.site import dist
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio, wait_live
from tests.harness.studio import studio as start_studio
from tests.harness.wary import INSECURE, wary_studio

PURPLE = (120, 30, 160)

Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    with wary_studio(playwright, portrait) as running:
        yield running


@pytest.fixture
def permitted(shared_studio: Studio) -> Studio:
    shared_studio.context.grant_permissions(["camera"])
    return shared_studio


@dataclass(frozen=True)
class Live:
    """A page whose camera was allowed only after it had been refused."""

    page: Page
    refusal: str


@pytest.fixture(scope="module")
def live(lasting_studio: Studio) -> Live:
    lasting_studio.context.clear_permissions()
    page = lasting_studio.open()
    page.locator("#start").click()
    refusal = page.get_by_role("alert").inner_text()
    lasting_studio.context.grant_permissions(["camera"])
    page.locator("#start").click()
    wait_live(page)
    return Live(page, refusal)


def expect_alert(page: Page, sentence: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible(timeout=60_000)


def expect_no_alert(page: Page) -> None:
    expect(page.locator(".notice")).to_have_count(0)


def patch_manifest(studio: Studio, change: Callable[[Manifest], None]) -> None:
    manifest = json.loads((dist() / "manifest.json").read_text())
    change(manifest)
    studio.site.overlay["manifest.json"] = json.dumps(manifest).encode()


def first_model_missing(manifest: Manifest) -> None:
    """Put a segmenter without files before those of the build."""
    broken = json.loads(json.dumps(manifest["segmenters"][0]))
    broken |= {"id": "broken", "label": "Broken"}
    if broken["kind"] == "selfie":
        broken["model"] = "models/missing/model.json"
    for model in broken.get("models", []):
        model["url"] = "models/missing/model.json"
    manifest["segmenters"].insert(0, broken)


def python_missing(manifest: Manifest) -> None:
    """Neither the bundle nor the wheels in its place can be had."""
    manifest["python"]["bundle"]["snapshot"]["url"] = "vendor/missing/snapshot.wasm"
    wheels = manifest["python"]["wheels"]
    wheels[0] = f"vendor/missing/{wheels[0].rpartition('/')[2]}"


def test_without_a_model_another_segmenter_can_be_chosen(permitted: Studio) -> None:
    permitted.guard.allow("404")
    patch_manifest(permitted, first_model_missing)
    page = permitted.open()
    page.locator("#start").click()
    expect_alert(page, "A part of Cyclorama could not be loaded from its server.")
    page.locator("details:has(#segmenter) > summary").click()
    page.locator("#segmenter").select_option(index=1)
    wait_live(page)
    del permitted.site.overlay["manifest.json"]
    page.close()


def test_without_python_a_complete_site_helps(permitted: Studio) -> None:
    permitted.guard.allow("404", "while loading numpy", "vendor/missing/", "started the slow way")
    patch_manifest(permitted, python_missing)
    page = permitted.open()
    page.locator("#start").click()
    expect_alert(page, "Python, which paints the picture, could not be started.")
    del permitted.site.overlay["manifest.json"]
    page.locator("#stop").click()
    page.locator("#start").click()
    wait_live(page)
    page.close()


def test_a_refused_camera_can_be_allowed_afterwards(live: Live) -> None:
    assert "The camera was not allowed." in live.refusal
    expect_no_alert(live.page)


def test_a_corrupt_picture_leaves_the_background(live: Live, shared_studio: Studio) -> None:
    page = live.page
    choose_file(page, b"no picture")
    expect_alert(page, "could not be read as a picture; the background stays as it was")
    expect(page.locator("#blur")).to_be_checked()
    choose_color(page, PURPLE)
    looks.wait_for(
        page,
        shared_studio.site,
        SELF_VIEW,
        looks.before(PURPLE),
    )
    page.get_by_role("button", name="Dismiss").click()
    expect_no_alert(page)


def test_a_camera_that_ends_can_be_started_again(live: Live, shared_studio: Studio) -> None:
    page = live.page
    output = page.evaluate_handle(SELF_VIEW)
    shared_studio.context.clear_permissions()
    expect_alert(page, "The camera stopped delivering pictures.")
    looks.wait_for(
        page,
        shared_studio.site,
        SELF_VIEW,
        looks.before(looks.CARD_RGB),
    )
    shared_studio.context.grant_permissions(["camera"])
    page.locator("#start").click()
    wait_live(page)
    expect_no_alert(page)
    assert page.evaluate(f"output => output === {SELF_VIEW}", output)


def test_an_insecure_origin_is_told_to_use_https(shared_studio: Studio) -> None:
    secure = shared_studio.site.url
    insecure = secure.replace("localhost", INSECURE)
    shared_studio.guard.allow(f"another origin: {insecure}")
    page = replace(shared_studio, site=replace(shared_studio.site, url=insecure)).open()
    expect_alert(page, "Open it over HTTPS, or on localhost.")
    page.locator("#start").click()
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator("#start")).to_be_enabled()
    page.close()


def test_without_a_camera_start_stays(playwright: Playwright) -> None:
    with serve_site() as site, start_studio(playwright, site, None) as studio:
        page = studio.open()
        for _ in range(2):
            page.locator("#start").click()
            expect_alert(page, "No camera was found.")
            expect(page.locator("#start")).to_be_visible()
        expect(page.locator(".notice")).to_have_count(1)
        studio.guard.allow("camera-missing")
        studio.guard.check()
