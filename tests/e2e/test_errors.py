"""Each row of the error table, provoked: it says so, it is an alert, and its action helps.

What no browser can be brought to do by itself is simulated, and its case says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.harness import workers
from tests.harness.choices import choose_file
from tests.harness.module import evaluate
from tests.harness.site import dist
from tests.harness.studio import Studio, wait_live
from tests.harness.wary import INSECURE, wary_studio
from tools.paths import ROOT

ERRORS: dict[str, dict[str, str]] = evaluate("web/errors.js", "return module.ERRORS;")

CAUSE = re.escape("{cause}")
"""What stands in a sentence for what only shows when it happens."""

Case = Callable[[Studio], Iterator[Page]]
"""Gives a page on which the error is shown; then takes the action and asserts that it helped."""

CASES: dict[str, Case] = {}

RAISE = b"""
import { CycloramaError } from './errors.js';
globalThis.raise = (id) => report(new CycloramaError(id, 'a test'));
"""
"""At the end of main.js: the one way by which the page tells of an error."""


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    with wary_studio(playwright, portrait) as running:
        # What is missing on purpose.
        running.guard.allow("404")
        yield running


def case(error: str) -> Callable[[Case], Case]:
    """Register the case of a row."""

    def register(made: Case) -> Case:
        CASES[error] = made
        return made

    return register


def started(studio: Studio, *scripts: str) -> Page:
    """A new page whose camera was just asked for; the scripts ran before those of the page."""
    page = opened(studio, *scripts)
    page.locator("#start").click()
    return page


def opened(studio: Studio, *scripts: str, path: str = "", lacking: str = "") -> Page:
    """A new page, which loads Python and the segmenter at once; the server lacks some files."""
    studio.context.grant_permissions(["camera"])
    page = studio.context.new_page()
    if lacking:
        missing(page, lacking)
    for script in scripts:
        page.add_init_script(script)
    page.goto(f"{studio.site.url}{path}")
    return page


def missing(page: Page, pattern: str) -> None:
    """Let the server have no such files."""
    page.route(pattern, lambda route: route.fulfill(status=404))


def press(page: Page, button: str) -> None:
    page.locator(".notice").get_by_role("button", name=button).click()


def expect_camera(page: Page) -> None:
    expect(page.locator("#self")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(0)


def expect_reload(page: Page) -> None:
    """That the notice's button loads the page anew."""
    page.evaluate("document.title = 'the old page'")
    press(page, "Reload")
    expect(page).to_have_title("Cyclorama")
    expect(page.locator(".notice")).to_have_count(0)


def expect_choice(page: Page, control: str) -> None:
    """That what is to be chosen is in view and has the focus."""
    expect(page.locator(control)).to_be_focused()
    expect(page.locator(control)).to_be_in_viewport()


def raised(studio: Studio, error: str, path: str = "") -> Page:
    """A page that was told of an error, by the way that all take."""
    studio.site.overlay["main.js"] = (dist() / "main.js").read_bytes() + RAISE
    page = opened(studio, path=path)
    del studio.site.overlay["main.js"]
    page.evaluate("(id) => raise(id)", error)
    return page


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_says_what_happened_and_its_action_helps(
    error: str, shared_studio: Studio
) -> None:
    shown = CASES[error](shared_studio)
    page = next(shown)
    notice = page.locator(f'[data-error="{error}"]')
    expect(notice).to_have_role("alert")
    row = ERRORS[error]
    sentence, action = (re.escape(row[part]) for part in ("sentence", "action"))
    expect(notice.locator("p")).to_have_text(
        re.compile(f"^{sentence.replace(CAUSE, '[^.]+')} {action}$")
    )
    expect(notice.get_by_role("button", name="Dismiss")).to_be_visible()
    assert notice.get_by_role("button").count() == (2 if "remedy" in row else 1)
    for _ in shown:
        pass
    page.close()


def test_every_row_has_a_case() -> None:
    assert CASES.keys() == ERRORS.keys()


def test_errors_are_dismissed_and_never_over_the_picture(shared_studio: Studio) -> None:
    page = raised(shared_studio, "call-ended")
    page.evaluate("['link-invalid', 'call-ended', 'call-ended'].forEach(raise)")
    expect(page.get_by_role("alert")).to_have_count(2)
    notices, stage = (page.locator(each).bounding_box() for each in ("#notices", "#stage"))
    assert notices
    assert stage
    assert notices["y"] + notices["height"] <= stage["y"]
    for left in (1, 0):
        page.get_by_role("button", name="Dismiss").first.click()
        expect(page.get_by_role("alert")).to_have_count(left)
    page.close()


@case("insecure-origin")
def insecure_origin(studio: Studio) -> Iterator[Page]:
    insecure = studio.site.url.replace("localhost", INSECURE)
    studio.guard.allow(f"another origin: {insecure}")
    page = replace(studio, site=replace(studio.site, url=insecure)).open()
    yield page
    page.goto(studio.site.url)
    expect(page.locator("#start")).to_be_enabled()
    expect(page.locator(".notice")).to_have_count(0)


@case("browser-unsupported")
def browser_unsupported(studio: Studio) -> Iterator[Page]:
    """Simulated: a browser of today without one of its parts."""
    yield started(studio, "delete globalThis.VideoFrame")
    current = started(studio)
    expect_camera(current)
    current.close()


@case("camera-refused")
def camera_refused(studio: Studio) -> Iterator[Page]:
    page = opened(studio)
    studio.context.clear_permissions()
    page.locator("#start").click()
    yield page
    studio.context.grant_permissions(["camera"])
    press(page, "Start camera")
    expect_camera(page)


def camera_that_fails(error: str) -> Case:
    """Simulated: what the browser answers where there is no camera, or another program has it."""

    def shown(studio: Studio) -> Iterator[Page]:
        page = started(
            studio,
            f"""
              const devices = navigator.mediaDevices;
              const open = devices.getUserMedia;
              devices.getUserMedia = async () => {{
                devices.getUserMedia = open;
                throw {error};
              }};
            """,
        )
        yield page
        press(page, "Start camera")
        expect_camera(page)

    return shown


CASES["camera-missing"] = camera_that_fails("new DOMException('', 'NotFoundError')")
CASES["camera-busy"] = camera_that_fails("new DOMException('', 'NotReadableError')")


@case("camera-settings")
def camera_settings(studio: Studio) -> Iterator[Page]:
    """Simulated: what the browser answers for a camera that cannot do it at all."""
    page = started(
        studio,
        """navigator.mediaDevices.getUserMedia = async () => {
          throw new OverconstrainedError('width');
        }""",
    )
    yield page
    press(page, "Open settings")
    expect_choice(page, "#camera-size")


@case("camera-ended")
def camera_ended(studio: Studio) -> Iterator[Page]:
    page = started(studio)
    expect_camera(page)
    studio.context.clear_permissions()
    yield page
    studio.context.grant_permissions(["camera"])
    press(page, "Start camera")
    expect_camera(page)


@case("microphone-unavailable")
def microphone_unavailable(studio: Studio) -> Iterator[Page]:
    page = opened(studio)
    form = page.get_by_role("tabpanel", name="Demo call")
    form.get_by_label("Join with microphone").check()
    form.get_by_role("button", name="Join demo call").click()
    expect(page.get_by_text("You are in the call.")).to_be_visible()
    yield page
    studio.context.grant_permissions(["camera", "microphone"])
    press(page, "Join again")
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".notice")).to_have_count(0)
    studio.context.clear_permissions()


@case("image-unreadable")
def image_unreadable(studio: Studio) -> Iterator[Page]:
    page = started(studio)
    choose_file(page, b"no picture")
    yield page
    with page.expect_file_chooser() as chooser:
        press(page, "Choose a picture")
    chooser.value.set_files(ROOT / "docs" / "page.png")
    expect(page.locator("#tiles .kept [role=radio]")).to_be_checked()
    expect(page.locator(".notice")).to_have_count(0)


@case("background-invalid")
def background_invalid(studio: Studio) -> Iterator[Page]:
    """Simulated: the page offers none, so that its slider is made longer."""
    page = started(studio)
    expect_camera(page)
    page.locator("#blur").click()
    page.locator("#blur-strength").evaluate("(slider) => { slider.max = '2'; }")
    page.locator("#blur-strength").fill("2")
    yield page
    press(page, "Choose a background")
    expect_choice(page, "#blur")


@case("setting-invalid")
def setting_invalid(studio: Studio) -> Iterator[Page]:
    """Simulated: the page offers none, so that its list is made longer."""
    page = started(studio)
    expect_camera(page)
    page.locator("details:has(#quality) > summary").click()
    # At once: the page fills the list anew whenever its tuning chooses.
    page.locator("#quality").evaluate(
        """(list) => {
          list.add(new Option('Best', 'best'));
          list.value = 'best';
          list.dispatchEvent(new Event('change'));
        }"""
    )
    yield page
    press(page, "Open settings")
    expect_choice(page, "#camera-size")


@case("file-missing")
def file_missing(studio: Studio) -> Iterator[Page]:
    page = opened(studio, lacking="**/manifest.json")
    yield page
    page.unroute_all()
    expect_reload(page)


@case("segmenter-failed")
def segmenter_failed(studio: Studio) -> Iterator[Page]:
    page = opened(studio, lacking="**/worker/segmenter.js")
    yield page
    press(page, "Open settings")
    expect_choice(page, "#segmenter")


@case("python-failed")
def python_failed(studio: Studio) -> Iterator[Page]:
    studio.guard.allow("started the slow way")
    page = opened(studio, lacking="**/pyodide.mjs")
    yield page
    page.unroute_all()
    expect_reload(page)


@case("composite-failed")
def composite_failed(studio: Studio) -> Iterator[Page]:
    """Simulated: a fault in Python."""
    studio.guard.allow("A frame could not be composited")
    studio.site.patch(pipeline="failing.py")
    page = started(studio)
    # Python is started again some times before it is given up.
    expect(page.locator('[data-error="composite-failed"]')).to_be_visible(timeout=90_000)
    studio.site.heal()
    yield page
    expect_reload(page)


TWO_SECONDS = b"for (const end = Date.now() + 2000; Date.now() < end; );\n"


def worker_that_dies(name: str) -> Case:
    """Of one that does not answer. To wait is all that there is to do."""

    def shown(studio: Studio) -> Iterator[Page]:
        page = started(studio, workers.KEEP)
        wait_live(page)
        page.wait_for_timeout(1000)
        # So slowly started again that nobody misses what is said meanwhile.
        script = f"worker/{name}.js"
        studio.site.overlay[script] = TWO_SECONDS + (dist() / script).read_bytes()
        page.evaluate(f"workers['cyclorama {name}'].terminate()")
        yield page
        del studio.site.overlay[script]
        expect(page.locator(".notice")).to_have_count(0)
        wait_live(page)

    return shown


@case("message-invalid")
def message_invalid(studio: Studio) -> Iterator[Page]:
    page = started(studio, workers.KEEP)
    page.evaluate("workers['cyclorama compositor'].postMessage({ type: 'pause', paused: 7 })")
    yield page
    expect_reload(page)


CASES["compositor-lost"] = worker_that_dies("compositor")
CASES["segmenter-lost"] = worker_that_dies("segmenter")


def call_that_fails(error: str) -> Case:
    """Simulated: raised while nobody is in the call. test_vonage.py has the real ones."""

    def shown(studio: Studio) -> Iterator[Page]:
        page = raised(studio, "link-invalid")
        page.get_by_role("button", name="Join demo call").click()
        expect(page.get_by_text("You are in the call.")).to_be_visible()
        page.get_by_role("button", name="Leave").click()
        page.evaluate("(id) => raise(id)", error)
        yield page
        press(page, "Join again")
        expect(page.get_by_text("You are in the call.")).to_be_visible()
        expect(page.locator(".notice")).to_have_count(0)

    return shown


for _error in ("call-unreachable", "call-ended", "publish-failed"):
    CASES[_error] = call_that_fails(_error)


@case("call-refused")
def call_refused(studio: Studio) -> Iterator[Page]:
    """Simulated; test_vonage.py has the real one."""
    page = raised(studio, "call-refused")
    form = vonage_form(page)
    for label in ("Application ID or API key", "Session ID", "Token"):
        form.get_by_label(label).fill("wrong")
    yield page
    press(page, "Check them")
    expect(form.get_by_label("Token")).to_be_focused()


@case("call-incomplete")
def call_incomplete(studio: Studio) -> Iterator[Page]:
    page = opened(studio)
    form = vonage_form(page)
    form.get_by_label("Application ID or API key").fill("a")
    form.get_by_role("button", name="Join Vonage call").click()
    yield page
    press(page, "Check them")
    expect(form.get_by_label("Session ID")).to_be_focused()


@case("sdk-missing")
def sdk_missing(studio: Studio) -> Iterator[Page]:
    page = opened(studio)
    missing(page, "**/opentok.min.js")
    vonage_form(page)
    yield page
    page.unroute_all()
    expect_reload(page)


@case("share-refused")
def share_refused(studio: Studio) -> Iterator[Page]:
    """Simulated: the browser's own dialog, cancelled once, then a picture of a canvas."""
    page = opened(
        studio,
        """
          let asked = 0;
          navigator.mediaDevices.getDisplayMedia = async () => {
            if (asked++ === 0) throw new DOMException('', 'NotAllowedError');
            const canvas = document.createElement('canvas');
            canvas.getContext('2d').fillRect(0, 0, 9, 9);
            return canvas.captureStream();
          };
        """,
    )
    page.get_by_role("button", name="Join demo call").click()
    page.get_by_role("button", name="Share screen").click()
    yield page
    press(page, "Share again")
    expect(page.get_by_role("button", name="Stop sharing")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(0)


@case("link-invalid")
def link_invalid(studio: Studio) -> Iterator[Page]:
    page = opened(studio, path="?call=no+such+call")
    page.get_by_role("button", name="Join demo call").click()
    yield page
    page.goto(f"{studio.site.url}?call=a-new-one")
    page.get_by_role("button", name="Join demo call").click()
    expect(page.get_by_text("You are in the call.")).to_be_visible()


def told(error: str, button: str = "", control: str = "") -> Case:
    """Simulated: raised by the way that all take; tests of their own have the real ones."""

    def shown(studio: Studio) -> Iterator[Page]:
        page = raised(studio, error)
        yield page
        if button:
            press(page, button)
            expect_choice(page, control)

    return shown


for _error in ("pictures-full", "pictures-denied", "pictures-many"):
    CASES[_error] = told(_error, "Choose a background", "#blur")
for _error in (
    "camera-unplugged",
    "microphone-busy",
    "microphone-missing",
    "microphone-unplugged",
    "speaker-unavailable",
):
    CASES[_error] = told(_error, "Open devices", "#camera")
for _error in (
    "camera-muted",
    "microphone-muted",
    "proof-blocked",
    "proof-visible",
    "proof-short",
    "call-removed",
):
    CASES[_error] = told(_error)
CASES["session-missing"] = call_that_fails("session-missing")


@case("camera-absent")
def camera_absent(studio: Studio) -> Iterator[Page]:
    """Simulated, as the others."""
    page = raised(studio, "camera-absent")
    yield page
    press(page, "Start camera")
    expect_camera(page)


def vonage_form(page: Page) -> Locator:
    page.get_by_role("tab", name="Vonage").click()
    return page.get_by_role("tabpanel", name="Vonage")
