"""docs/connector.html: an OpenTok page with one line more, over the fake SDK and the real one."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.eventually import eventually
from tests.harness.grid import CodeGrid
from tests.harness.recording import recording
from tests.harness.site import HARNESS_JS, dist
from tests.harness.studio import Studio
from tools.paths import ROOT

GRID = CodeGrid()
PUBLISHED = "document.querySelector('#publisher video').srcObject.getVideoTracks()[0]"
TRIES = 10
"""Of three seconds each: Python starts slowly on a busy machine."""
KEEP_CAMERAS = """
  globalThis.cameras = [];
  const getUserMedia = globalThis.MediaDevices?.prototype.getUserMedia;
  if (getUserMedia) MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await getUserMedia.call(this, constraints);
    cameras.push(...stream.getVideoTracks());
    return stream;
  };
"""


@pytest.fixture(params=["fake", "real"])
def page(request: pytest.FixtureRequest, studio: Studio) -> Page:
    """The example, as if dist/ lay beside it."""
    overlay = studio.site.overlay
    for name in ("connector.html", "connector.js"):
        text = (ROOT / "docs" / name).read_text()
        overlay[f"example/{name}"] = re.sub(r"(\./)?cyclorama/", "../", text).encode()
    if request.param == "fake":
        overlay["example/opentok.js"] = (HARNESS_JS / "fake_ot.js").read_bytes()
    else:
        path = json.loads((dist() / "manifest.json").read_text())["opentok"]
        overlay["example/opentok.js"] = (dist() / path).read_bytes()
        # Nobody answers it.
        studio.guard.allow("opentok", "tokbox", "OT_", "ERR_NAME_NOT_RESOLVED", "OpenTok")
        # The connection of the example fails in the end, by an error of the SDK's own class.
        studio.guard.allow("^unhandled: ")
    studio.context.add_init_script(KEEP_CAMERAS)
    return studio.open("example/connector.html")


def _is_composited(page: Page) -> bool:
    """Whether the publisher has a live track that is not the camera's."""
    return bool(
        page.evaluate(
            f"""() => {{
              const track = document.querySelector('#publisher video') && {PUBLISHED};
              return track && track.readyState === 'live'
                && cameras.every((camera) => camera.id !== track.id);
            }}"""
        )
    )


def _cameras_on(page: Page) -> int:
    return int(page.evaluate("cameras.filter((track) => track.readyState === 'live').length"))


def _require_composite(page: Page, studio: Studio) -> None:
    """The publisher's picture moves in the end, and never shows the room."""
    for _ in range(TRIES):
        with recording(page, studio.site, PUBLISHED, boxes=GRID.boxes()) as output:
            page.wait_for_timeout(3000)
        assert max(GRID.decoded(frame.boxes) for frame in output.frames) < 0.5
        if output.distinct_fps() >= 5:
            return
    raise AssertionError("it never moved")


def test_the_line_adds_a_background_that_survives_the_camera_button(
    page: Page, studio: Studio
) -> None:
    eventually(page, lambda: _is_composited(page), "the publisher has our track")
    _require_composite(page, studio)

    button = page.locator("#camera")
    button.click()
    expect(button).to_have_text("Camera on")
    eventually(page, lambda: _cameras_on(page) == 0, "the camera's light is out")
    button.click()
    eventually(page, lambda: _cameras_on(page) == 1, "the camera is on again")
    eventually(page, lambda: _is_composited(page), "the publisher has our track again")
    _require_composite(page, studio)
