"""What the API refuses, and that nothing changes then."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.harness import looks
from tests.harness.refusal import refusal
from tests.harness.studio import Studio, publish, ready

GREEN = (0, 255, 0)


@pytest.fixture(scope="module")
def started(lasting_studio: Studio) -> Page:
    page = lasting_studio.embed()
    publish(page, background={"type": "color", "color": "#00ff00"})
    ready(page)
    return page


@pytest.fixture
def embed(started: Page, shared_studio: Studio) -> Page:
    return started


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("frameRate", "0"),
        ("frameRate", "61"),
        ("frameRate", "'fast'"),
        ("frameRate", "NaN"),
        ("threshold", "0"),
        ("threshold", "1"),
        ("quality", "'best'"),
        ("internalResolution", "0"),
        ("internalResolution", "1.5"),
        ("stride", "7"),
        ("segmenter", "'nobody'"),
        ("segmenter", "null"),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(embed: Page, setting: str, value: str) -> None:
    before = embed.evaluate("cyclorama.settings")
    if setting == "stride" and not embed.evaluate("cyclorama.segmenters[0].strides.length"):
        pytest.skip("the segmenter of this build has no stride")
    refused = refusal(embed, f"await cyclorama.configure({{ {setting}: {value} }})")
    assert refused["id"] == "setting-invalid"
    assert setting in refused["cause"]
    assert embed.evaluate("cyclorama.settings") == before


@pytest.mark.parametrize(
    ("background", "id_"),
    [
        ("{ type: 'color', color: 'green' }", "background-invalid"),
        ("{ type: 'color' }", "background-invalid"),
        ("{ type: 'blur', strength: 2 }", "background-invalid"),
        ("{ type: 'scene', name: 'nowhere' }", "background-invalid"),
        ("{ type: 'wallpaper' }", "background-invalid"),
        ("null", "background-invalid"),
        ("{ type: 'image', source: new Blob(['no picture']) }", "image-unreadable"),
        ("{ type: 'image', source: 'missing.png' }", "image-unreadable"),
        ("{ type: 'image' }", "image-unreadable"),
    ],
)
def test_a_bad_background_is_refused_and_the_old_one_stays(
    embed: Page, shared_studio: Studio, background: str, id_: str
) -> None:
    shared_studio.guard.allow("404")  # of missing.png
    before = embed.evaluate("cyclorama.background")
    assert refusal(embed, f"await cyclorama.setBackground({background})")["id"] == id_
    assert embed.evaluate("cyclorama.background") == before
    looks.wait_for(embed, shared_studio.site, "track", looks.before(GREEN))


def test_a_track_that_has_ended_is_refused(embed: Page) -> None:
    script = "const ended = camera.clone(); ended.stop(); await cyclorama.process(ended)"
    assert refusal(embed, script)["id"] == "camera-ended"
    assert embed.evaluate("cyclorama.state") == "live"
