"""The Vonage SDK gets our own track, and a call that fails leaves it as it was.

The vendor's hosts are answered by a route, so that the SDK runs as in a call until it is told
to open its socket, whose host nobody answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocket, expect

from tests.harness.eventually import eventually
from tests.harness.recording import SELF_VIEW, recording
from tests.harness.studio import Studio

APPLICATION, SESSION, TOKEN = "12345678", "1_MX4xMjM0NTY3OH5-MTYwMDAwMDAwMDAwMH5hYmN-fg", "T1==a=b"

SOCKET = "wss://signalling.tokbox.com/rumorwebsocketsv2"
ACCEPTED = {
    "session_id": SESSION,
    "partner_id": APPLICATION,
    "messaging_url": SOCKET,
    "messaging_server_url": "signalling.tokbox.com",
    "ice_servers": [],
    "properties": {},
}
EXPIRED = {"error": {"code": 403, "errorMessage": {"message": "token has expired"}}}

UNREACHABLE = "The call could not be reached. Check the network, then join again."
REFUSED = (
    "The call did not accept the session id or the token. "
    "Check both; a token expires and belongs to one session."
)
INCOMPLETE = (
    "Joining needs an application id or API key, a session id and a token. Fill in all three."
)


@dataclass
class Vendor:
    """The vendor's servers.

    Attributes:
        requests: URLs that reached them.
        session: their answer to the request for the session; None leaves it open.
    """

    requests: list[str] = field(default_factory=list)
    session: dict[str, Any] | None = None
    _open: list[Route] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer as the vendor's servers do, as far as the SDK looks at it."""
        self.requests.append(route.request.url)
        if not route.request.url.startswith("https://anvil.opentok.com/session/"):
            self._fulfil(route, {})
        elif self.session is None:
            self._open.append(route)
        else:
            self._fulfil(route, [self.session])

    def answer_open(self, session: dict[str, Any]) -> None:
        """Answer what was left open, and what is asked from now on."""
        self.session = session
        while self._open:
            self._fulfil(self._open.pop(), [session])

    def hosts(self) -> set[str | None]:
        """The hosts that were reached."""
        return {urlsplit(url).hostname for url in self.requests}

    def _fulfil(self, route: Route, body: object) -> None:
        route.fulfill(json=body, headers={"Access-Control-Allow-Origin": "*"})


@pytest.fixture
def vendor(studio: Studio) -> Vendor:
    """The vendor, reachable. Only in this file may the SDK complain and ask other hosts."""
    vendor = Vendor()
    hosts = re.compile(r"^https://[^/]+\.(opentok|tokbox|vonage)\.com/")
    studio.context.route(hosts, vendor.answer)
    studio.guard.allow(
        r"^request to another origin: https://\w+\.(opentok|tokbox)\.com/",
        r"^console\.error: %cOpenTok:",
        rf"^console\.error: WebSocket connection to '{SOCKET}' failed: .*ERR_NAME_NOT_RESOLVED",
        r"^console\.warning: call-(unreachable|refused|incomplete): ",
    )
    return vendor


def _open_form(page: Page) -> Locator:
    page.get_by_role("tab", name="Vonage").click()
    return page.get_by_role("tabpanel", name="Vonage")


def _join(page: Page) -> None:
    form = _open_form(page)
    form.get_by_label("Application ID or API key").fill(APPLICATION)
    form.get_by_label("Session ID").fill(SESSION)
    form.get_by_label("Token").fill(TOKEN)
    form.get_by_role("button", name="Join Vonage call").click()


def _loaded_sdk(page: Page) -> bool:
    return bool(page.evaluate("'OT' in globalThis"))


def _seconds(video: Locator) -> float:
    return float(video.evaluate("(video) => video.currentTime"))


def _collect_violations(page: Page) -> None:
    page.evaluate(
        """() => {
          globalThis.violations = [];
          document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
            violations.push(blockedURI));
        }"""
    )


def _require_collecting(page: Page, studio: Studio) -> None:
    """The control: what the policy forbids is noticed."""
    studio.guard.allow("elsewhere.invalid")
    page.evaluate("fetch('https://elsewhere.invalid/').catch(() => {})")
    eventually(page, lambda: bool(page.evaluate("violations.length")), "a violation is noticed")


def test_a_call_publishes_our_track_and_its_failure_leaves_it(
    studio: Studio, vendor: Vendor
) -> None:
    page = studio.live()
    sockets: list[WebSocket] = []
    page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108
    _collect_violations(page)

    _open_form(page)
    eventually(page, lambda: _loaded_sdk(page), "the SDK is loaded")
    page.wait_for_timeout(500)
    elsewhere = [url for url in studio.guard.requests if not url.startswith(studio.site.url)]
    assert [url for url in elsewhere if not url.startswith(("blob:", "data:"))] == []

    _join(page)
    published = page.locator("#published video")
    expect(published).to_have_count(1)
    assert published.evaluate(f"(video) => video.srcObject.getVideoTracks()[0] === {SELF_VIEW}")
    eventually(page, lambda: _seconds(published) > 0, "the publisher's element plays")
    start = _seconds(published)
    eventually(page, lambda: _seconds(published) > start + 0.5, "it goes on playing")
    assert published.evaluate("(video) => video.videoWidth") == 640

    track = page.evaluate_handle(SELF_VIEW)
    vendor.answer_open(ACCEPTED)
    alert = page.get_by_role("alert")
    # The SDK tries three times, three seconds apart.
    expect(alert).to_contain_text(UNREACHABLE)
    assert {"anvil.opentok.com", "config.opentok.com", "hlg.tokbox.com"} <= vendor.hosts()
    assert SOCKET in [socket.url for socket in sockets]
    assert page.evaluate("violations") == []
    _require_collecting(page, studio)

    expect(published).to_have_count(0)
    assert track.evaluate("(track) => track.readyState") == "live"
    with recording(page, studio.site, SELF_VIEW) as output:
        page.wait_for_timeout(3000)
    assert output.distinct_fps() >= 5


def test_joining_can_be_given_up_and_a_refused_token_is_told(
    studio: Studio, vendor: Vendor
) -> None:
    page = studio.open()
    _join(page)
    published = page.locator("#published video")
    expect(published).to_have_count(1)
    page.get_by_role("button", name="Cancel").click()
    expect(published).to_have_count(0)
    expect(page.get_by_role("alert")).to_be_hidden()
    vendor.answer_open(EXPIRED)

    _join(page)
    expect(page.get_by_role("alert")).to_contain_text(REFUSED)
    assert page.evaluate(f"{SELF_VIEW}.readyState") == "live"


def test_an_incomplete_form_is_told_before_a_camera_is_asked_for(
    studio: Studio, vendor: Vendor
) -> None:
    page = studio.open()
    form = _open_form(page)
    form.get_by_role("button", name="Join Vonage call").click()
    expect(page.get_by_role("alert")).to_contain_text(INCOMPLETE)
    expect(page.locator("html")).to_have_attribute("data-state", "stopped")
    expect(page.get_by_role("status").first).to_have_text("Camera off")
    assert vendor.requests == []


@pytest.mark.parametrize("pasted", [False, True], ids=["opened", "pasted into an open page"])
def test_an_address_fills_the_form_and_forgets_the_token(
    studio: Studio, vendor: Vendor, pasted: bool
) -> None:
    address = f"?x=1#application={APPLICATION}&session={SESSION}&token={TOKEN}"
    page = studio.open("?x=1" if pasted else address)
    if pasted:
        page.goto(f"{studio.site.url}{address}")
    form = page.get_by_role("tabpanel", name="Vonage")
    expect(form.get_by_label("Application ID or API key")).to_have_value(APPLICATION)
    expect(form.get_by_label("Session ID")).to_have_value(SESSION)
    expect(form.get_by_label("Token")).to_have_value(TOKEN)
    expect(page).to_have_url(f"{studio.site.url}?x=1")
    assert vendor.requests == []
