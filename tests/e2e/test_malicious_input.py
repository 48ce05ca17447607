"""Links, session files and pictures made to do harm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.harness import attempts
from tests.harness.attempts import Elsewhere
from tests.harness.choices import choose_file
from tests.harness.eventually import eventually
from tests.harness.site import HARNESS_JS, dist
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

GOOD = {"application": "12345678", "session": "1_MX4xMjM0NTY3OH5-fg", "token": "T1==a+b="}
HARMFUL = {
    "markup": "<img src=x onerror=harmed=1>",
    "script": "</script><script>harmed=1</script>",
    "address": "javascript:harmed=1",
    "huge": "a" * 500_000,
}
POLLUTING = "__proto__[harmed]=1&constructor.prototype.harmed=1&__proto__=1"
INVALID = "This link is not a complete invitation."
MISSING = "The call that this site provides could not be had."

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
    width="80" height="40" onload="(globalThis.opener ?? globalThis).harmed = 1">
  <script>(globalThis.opener ?? globalThis).harmed = 1</script>
  <style>@import url({elsewhere}style);</style>
  <rect width="80" height="40" fill="teal"/>
  <image href="{elsewhere}picture" width="9" height="9"/>
  <use xlink:href="{elsewhere}page#a"/>
  <foreignObject width="9" height="9">
    <iframe xmlns="http://www.w3.org/1999/xhtml" src="{elsewhere}page"></iframe>
    <img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="parent.harmed = 1"/>
  </foreignObject>
</svg>"""


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """With the fake of the SDK, which says what it was told to join."""
    with serve_site() as site, start_studio(playwright, site, portrait, tuning=False) as running:
        path = json.loads((dist() / "manifest.json").read_text())["opentok"]
        site.overlay[path] = (HARNESS_JS / "fake_ot.js").read_bytes()
        running.guard.allow(r"^console\.warning: (link-invalid|session-missing|image-unreadable): ")
        yield running


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    with attempts.elsewhere(tmp_path) as running:
        yield running


def _fragment(**changes: str) -> str:
    return "&".join(f"{name}={quote(value)}" for name, value in {**GOOD, **changes}.items())


def _expect_unharmed(page: Page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("typeof harmed") == "undefined"
    assert page.evaluate("({}).harmed === undefined && [].harmed === undefined")
    page.close()


@pytest.mark.parametrize("harm", HARMFUL.values(), ids=HARMFUL.keys())
@pytest.mark.parametrize("name", GOOD)
def test_a_link_with_harm_in_a_field(shared_studio: Studio, name: str, harm: str) -> None:
    page = shared_studio.open(f"#{_fragment(**{name: harm})}")
    expect(page.get_by_role("alert")).to_contain_text(INVALID)
    expect(page).to_have_url(shared_studio.site.url)
    assert page.get_by_role("alert").locator("img, script").count() == 0
    _expect_unharmed(page)


def test_a_link_fills_the_form_and_does_no_more(shared_studio: Studio) -> None:
    page = shared_studio.open(f"#{POLLUTING}&{_fragment()}&harmed=1")
    expect(page.get_by_label("Token")).to_have_value(GOOD["token"])
    eventually(page, lambda: bool(page.evaluate("'OT' in globalThis")), "the SDK is loaded")
    # Neither the camera nor the call is begun by anybody but the user.
    expect(page.locator("html")).to_have_attribute("data-state", "stopped")
    assert page.evaluate("vonage.session") is None
    _expect_unharmed(page)


@pytest.mark.parametrize("harm", HARMFUL.values(), ids=HARMFUL.keys())
def test_a_link_to_a_demo_call_with_harm_in_it(shared_studio: Studio, harm: str) -> None:
    page = shared_studio.open(f"?call={quote(harm[:4000])}&{POLLUTING}")
    page.get_by_role("button", name="Join demo call").click()
    expect(page.get_by_role("alert")).to_contain_text(INVALID)
    _expect_unharmed(page)


@pytest.mark.parametrize(
    "answer",
    [
        b"<!doctype html><script>harmed=1</script>",
        json.dumps({**GOOD, "token": "a" * 30_000_000}).encode(),
        json.dumps({**GOOD, "token": {"toString": "T1"}}).encode(),
        json.dumps({**GOOD, "session": "<img src=x onerror=harmed=1>"}).encode(),
        json.dumps({"__proto__": GOOD}).encode(),
        b"[" * 100_000,
    ],
    ids=["markup", "huge", "wrong type", "markup in a field", "prototype", "deep"],
)
def test_a_session_file_with_harm_in_it(shared_studio: Studio, answer: bytes) -> None:
    shared_studio.site.overlay["session.json"] = answer
    page = shared_studio.open("?session")
    page.get_by_role("button", name="Join Vonage call").click()
    expect(page.get_by_role("alert")).to_contain_text(MISSING)
    assert page.evaluate("globalThis.vonage?.session ?? null") is None
    _expect_unharmed(page)


def test_a_session_file_of_another_origin_is_not_taken(shared_studio: Studio) -> None:
    """Not even from where the policy lets the SDK connect to."""
    shared_studio.guard.allow("session.json")
    ours, there = f"{shared_studio.site.url}session.json", "https://anvil.opentok.com/session.json"
    page = shared_studio.open("?session")
    failures: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: failures.update({request.url: request.failure}))
    page.route(ours, lambda route: route.fulfill(status=302, headers={"Location": there}))
    page.get_by_role("button", name="Join Vonage call").click()
    expect(page.get_by_role("alert")).to_contain_text(MISSING)
    # Chromium's word for a redirection that it did not follow; the host has no address here.
    assert failures[ours] == "origin", failures
    _expect_unharmed(page)


def test_a_logo_neither_runs_scripts_nor_asks_for_anything(
    shared_studio: Studio, elsewhere: Elsewhere
) -> None:
    page = shared_studio.open()
    page.locator("#wall").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#brand-logo").click()
    content = SVG.replace("{elsewhere}", elsewhere.url).encode()
    chooser.value.set_files({"name": "l.svg", "mimeType": "image/svg+xml", "buffer": content})
    sample = page.locator("#brand-logo-sample")
    expect(sample).to_be_visible()
    eventually(
        page,
        lambda: bool(sample.evaluate("(image) => image.complete && image.naturalWidth === 80")),
        "the logo is shown",
    )
    shared_studio.guard.check()
    # As a user who opens it in a tab of its own: it is then a page, of our origin and our policy.
    shared_studio.guard.allow("Content Security Policy", re.escape(elsewhere.url))
    with page.expect_popup() as popup:
        sample.evaluate("(image) => void open(image.src)")
    popup.value.wait_for_timeout(500)
    assert popup.value.evaluate("document.documentElement.localName") == "svg"
    popup.value.close()
    assert elsewhere.called == set()
    _expect_unharmed(page)


def test_a_drawing_is_no_background(shared_studio: Studio, elsewhere: Elsewhere) -> None:
    page = shared_studio.open()
    choose_file(page, SVG.replace("{elsewhere}", elsewhere.url).encode(), "<b>bold</b>.svg")
    expect(page.get_by_role("alert")).to_contain_text("could not be read as a picture")
    assert page.locator("b").count() == 0
    assert elsewhere.called == set()
    _expect_unharmed(page)
