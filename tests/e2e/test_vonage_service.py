"""A Vonage call against a service that the test plays: harness/js/fake_ot.js in the SDK's place.

The fake is typed from the SDK's own declarations. What the real SDK does is in test_vonage.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.harness.eventually import eventually
from tests.harness.recording import SELF_VIEW
from tests.harness.site import HARNESS_JS, dist
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

APPLICATION, SESSION, TOKEN = "12345678", "1_MX4xMjM0NTY3OH5-fg", "T1==a+b="
LINK = f"#application={APPLICATION}&session={SESSION}&token={TOKEN}"

IN_CALL = "You are in the call."
UNREACHABLE = "The call could not be reached. Check the network, then join again."
LINK_INVALID = "This link is not a complete invitation. Ask for a new one."
SESSION_MISSING = "The call that this site provides could not be had."
REMOVED = "A moderator took you out of the call."
TOLD = r"^console\.warning: [\w-]+: "


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """At a product whose SDK is the fake."""
    path = json.loads((dist() / "manifest.json").read_text())["opentok"]
    with serve_site() as site, start_studio(playwright, site, portrait, tuning=False) as running:
        site.overlay[path] = (HARNESS_JS / "fake_ot.js").read_bytes()
        yield running


@pytest.fixture
def service(shared_studio: Studio) -> Iterator[Studio]:
    """The browser, without what a test before left in it."""
    browsers_own, *_ = shared_studio.context.pages
    yield shared_studio
    shared_studio.site.overlay.pop("session.json", None)
    for page in shared_studio.context.pages:
        if page != browsers_own:
            page.evaluate("localStorage.clear()")
            page.close()


def _play(page: Page, call: str, *arguments: Any) -> Any:
    """Let the service do something: a method of the fake's `vonage`."""
    return page.evaluate(f"(given) => vonage.{call}(...given)", list(arguments))


def _refuse(page: Page, step: str, error: str) -> None:
    page.evaluate("([step, error]) => { vonage.refusals[step] = error; }", [step, error])


def _open(service: Studio, address: str = LINK) -> Page:
    page = service.open(address)
    eventually(page, lambda: bool(page.evaluate("'OT' in globalThis")), "the SDK is loaded")
    return page


def _press_join(page: Page, *, microphone: bool = False) -> None:
    form = page.get_by_role("tabpanel", name="Vonage")
    form.get_by_label("Join with microphone").set_checked(microphone)
    form.get_by_role("button", name="Join Vonage call").click()


def _join(service: Studio, *, microphone: bool = False) -> Page:
    page = _open(service)
    _press_join(page, microphone=microphone)
    expect(page.get_by_text(IN_CALL)).to_be_visible()
    return page


def _people(page: Page) -> Locator:
    return page.get_by_role("list", name="In this call").get_by_role("listitem")


def _alert(page: Page) -> Locator:
    return page.get_by_role("alert")


def _expect_camera_kept(page: Page) -> None:
    assert page.evaluate(f"{SELF_VIEW}.readyState") == "live"


def test_others_come_and_go_with_what_is_told_of_them(service: Studio) -> None:
    page = _open(service)
    first = _play(page, "arrive", {"name": "Ada", "hasAudio": False})
    _press_join(page)
    people = _people(page)
    expect(people).to_have_text(["Guest (you)muted", "Adamuted"])
    expect(page.locator("#participants [data-kind=camera] video")).to_have_count(1)

    _play(page, "change", first, "hasAudio", True)
    _play(page, "change", first, "hasVideo", False)
    expect(people.nth(1)).to_have_text("Adacamera off")
    _play(page, "change", first, "hasVideo", True)
    _play(page, "signal", first, "cyclorama-camera", "off")
    expect(people.nth(1)).to_have_text("Adacamera off")
    _play(page, "signal", first, "cyclorama-camera", "on")
    expect(people.nth(1)).to_have_text("Ada")

    screen = _play(page, "arrive", {"name": "Ada (screen)", "videoType": "custom"})
    _play(page, "arrive", {"name": "", "videoType": "screen"})
    expect(people).to_have_text(["Guest (you)muted", "Ada", "Adascreen", "Guestscreen"])
    _play(page, "speak", first, 0.25)
    expect(people.nth(1)).to_have_attribute("style", "--level: 0.75;")

    _play(page, "depart", screen, "clientDisconnected")
    _play(page, "depart", first, "networkDisconnected")
    expect(people).to_have_text(["Guest (you)muted", "Guestscreen"])
    assert page.evaluate("vonage.session.token") == TOKEN
    assert page.evaluate("vonage.session.application") == APPLICATION


def test_a_lost_network_is_told_and_what_returns_is_shown_once(service: Studio) -> None:
    service.guard.allow(TOLD)
    page = _join(service)
    stays = _play(page, "arrive", {"name": "Ada"})
    goes = _play(page, "arrive", {"name": "Grace"})
    _play(page, "connection", True)
    expect(page.get_by_text("The connection was lost. Reconnecting…")).to_be_visible()
    _play(page, "depart", goes, "networkDisconnected")
    _play(page, "connection", False)
    _play(page, "repeat", stays)
    expect(page.get_by_text(IN_CALL)).to_be_visible()
    expect(_people(page)).to_have_text(["Guest (you)muted", "Ada"])
    _play(page, "arrive", {"name": "Grace"})
    expect(_people(page)).to_have_text(["Guest (you)muted", "Ada", "Grace"])

    _play(page, "connection", True)
    _play(page, "disconnect", "networkDisconnected")
    expect(_alert(page)).to_contain_text(UNREACHABLE)
    _expect_camera_kept(page)

    _press_join(page)
    expect(page.get_by_text(IN_CALL)).to_be_visible()
    expect(_alert(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("step", "error", "sentence"),
    [
        ("connect", "OT_AUTHENTICATION_ERROR", "did not accept the session id or the token"),
        ("connect", "OT_CONNECT_FAILED", UNREACHABLE),
        ("publish", "OT_PERMISSION_DENIED", "did not accept the session id or the token"),
        ("publish", "OT_STREAM_CREATE_FAILED", "Your picture could not be published"),
        ("open", "OT_STREAM_CREATE_FAILED", "Your picture could not be published"),
    ],
)
def test_a_refusal_is_told_and_the_next_try_joins(
    service: Studio, step: str, error: str, sentence: str
) -> None:
    service.guard.allow(TOLD)
    page = _open(service)
    _refuse(page, step, error)
    _press_join(page)
    expect(_alert(page)).to_contain_text(sentence)
    expect(page.locator("#published > *")).to_have_count(0)
    _expect_camera_kept(page)
    page.evaluate("(step) => { delete vonage.refusals[step]; }", step)
    _press_join(page)
    expect(page.get_by_text(IN_CALL)).to_be_visible()


def test_the_microphone_is_muted_for_the_others_too(service: Studio) -> None:
    page = _join(service, microphone=True)
    stream = "vonage.session.publishers[0].stream"
    assert page.evaluate(f"{stream}.hasAudio")
    page.get_by_role("button", name="Mute").click()
    eventually(page, lambda: not page.evaluate(f"{stream}.hasAudio"), "the others are told")
    expect(_people(page)).to_have_text(["Guest (you)muted"])
    page.get_by_role("button", name="Mute").click()
    eventually(page, lambda: bool(page.evaluate(f"{stream}.hasAudio")), "the others are told")

    _play(page, "force", "mute")
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    expect(_people(page)).to_have_text(["Guest (you)muted"])

    page.get_by_role("button", name="Leave").click()
    expect(page.locator("#published > *")).to_have_count(0)
    _expect_camera_kept(page)


def test_a_microphone_can_be_added(service: Studio) -> None:
    page = _join(service)
    publisher = "vonage.session.publishers[0]"
    expect(_people(page)).to_have_text(["Guest (you)muted"])
    assert not page.evaluate(f"{publisher}.stream.hasAudio")
    page.get_by_role("button", name="Mute").click()
    eventually(page, lambda: page.evaluate(f"{publisher}.stream.hasAudio"), "the others are told")
    assert page.evaluate(f"{publisher}.getAudioSource().label").startswith("Fake")
    expect(_people(page)).to_have_text(["Guest (you)"])


@pytest.mark.parametrize("way", ["unpublish", "forceDisconnected", "subscriber"])
def test_what_the_service_ends(service: Studio, way: str) -> None:
    service.guard.allow(TOLD, "Could not subscribe")
    page = _join(service)
    if way == "subscriber":
        _refuse(page, "subscribe", "OT_STREAM_CREATE_FAILED")
        _play(page, "arrive", {"name": "Ada"})
        expect(_people(page)).to_have_text(["Guest (you)muted"])
        return
    if way == "unpublish":
        _play(page, "force", way)
    else:
        _play(page, "disconnect", way)
    expect(_alert(page)).to_contain_text(REMOVED)
    expect(page.get_by_role("button", name="Join Vonage call")).to_be_visible()
    _expect_camera_kept(page)


@pytest.mark.parametrize(
    "fragment",
    [
        "session=x",
        "application=&session=&token=",
        f"application={APPLICATION}&session={SESSION}&token=%E0%A4%A",
        f"application={APPLICATION}&session=<img>&token={TOKEN}",
        f"application={APPLICATION}&session={SESSION}&token={'a' * 9000}",
    ],
    ids=["incomplete", "empty", "malformed", "markup", "huge"],
)
def test_a_bad_link_is_told_and_forgotten(service: Studio, fragment: str) -> None:
    service.guard.allow(TOLD)
    page = service.open(f"#{fragment}")
    expect(_alert(page)).to_contain_text(LINK_INVALID)
    expect(page).to_have_url(service.site.url)
    assert not page.evaluate("'OT' in globalThis")


def test_a_link_leaves_no_trace(service: Studio) -> None:
    page = _join(service)
    expect(page).to_have_url(service.site.url)
    stored = page.evaluate(
        "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])"
    )
    assert TOKEN not in stored
    assert not [url for url in service.guard.requests if "token" in url]


def test_a_call_that_the_site_provides(service: Studio) -> None:
    service.guard.allow(TOLD, "404")
    provided = {"application": APPLICATION, "session": SESSION, "token": TOKEN}
    page = _open(service, "?session")
    expect(page.get_by_text("You were invited to a call of this site.")).to_be_visible()
    expect(page.get_by_label("Token")).to_be_hidden()
    for broken in (None, b"<html>", b"null", b'{"application": 1}', b"[]"):
        if broken is not None:
            service.site.overlay["session.json"] = broken
        _press_join(page)
        expect(_alert(page)).to_contain_text(SESSION_MISSING)
        _alert(page).get_by_role("button", name="Dismiss").click()
        expect(_alert(page)).to_be_hidden()
    service.site.overlay["session.json"] = json.dumps(provided).encode()
    _press_join(page)
    expect(page.get_by_text(IN_CALL)).to_be_visible()
    assert page.evaluate("vonage.session.token") == TOKEN


def test_nobody_asks_for_a_session_that_was_not_announced(service: Studio) -> None:
    before = len(service.guard.requests)
    page = service.open()
    page.get_by_role("tab", name="Vonage").click()
    eventually(page, lambda: bool(page.evaluate("'OT' in globalThis")), "the SDK is loaded")
    asked = service.guard.requests[before:]
    assert asked
    assert not [url for url in asked if url.endswith("session.json")]
