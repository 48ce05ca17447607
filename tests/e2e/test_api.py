"""The embeddable API, on a page that is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.harness import looks, recording
from tests.harness.recording import Recording
from tests.harness.site import UPLOAD
from tests.harness.studio import Studio

GREEN = (0, 255, 0)
RED = (200, 30, 40)
BLUE = (30, 40, 200)

BEGIN = """async () => {
  globalThis.progress = [];
  globalThis.camera = await openCamera();
  globalThis.cyclorama = await createCyclorama({
    background: { type: 'color', color: '#00ff00' },
  });
  cyclorama.addEventListener('progress', ({ detail }) => progress.push(detail));
  globalThis.atReady = cyclorama.ready.then(() => cyclorama.state);
  const start = performance.now();
  globalThis.track = await cyclorama.process(camera);
  return performance.now() - start;
}"""

# A camera that sees nothing but one colour.
OPEN_WALL = """([name, [red, green, blue]]) => {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext('2d');
  setInterval(() => {
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(0, 0, 320, 240);
  }, 40);
  globalThis[name] = canvas.captureStream(25).getVideoTracks()[0];
}"""


@dataclass(frozen=True)
class Host:
    """A page that embeds Cyclorama, green behind the portrait, and how that began."""

    page: Page
    process_ms: float
    beginning: Recording
    """Of the output track, from the moment when it was there."""


@pytest.fixture(scope="module")
def host(lasting_studio: Studio) -> Host:
    page = lasting_studio.embed()
    process_ms = page.evaluate(BEGIN)
    with recording.recording(
        page, lasting_studio.site, "track", boxes=looks.CARD_BOXES
    ) as beginning:
        page.wait_for_timeout(1200)
    page.evaluate("cyclorama.ready")
    for name, color in {"redWall": RED, "blueWall": BLUE}.items():
        page.evaluate(OPEN_WALL, [name, color])
    return Host(page, process_ms, beginning)


@pytest.fixture
def embed(host: Host, shared_studio: Studio) -> Page:
    return host.page


def test_process_resolves_within_a_second_with_the_card_on_its_track(
    host: Host, shared_studio: Studio
) -> None:
    assert host.process_ms < 1000
    assert host.beginning.frames
    assert looks.is_card(host.beginning.frames[0])


def test_ready_comes_with_the_first_composite(embed: Page, shared_studio: Studio) -> None:
    # Later, on a busy machine, a mask may be too old for a moment.
    assert embed.evaluate("atReady") == "live"
    looks.wait_for(embed, shared_studio.site, "track", looks.before(GREEN))


@pytest.mark.parametrize("stage", ["python", "segmenter"])
def test_progress_counts_bytes_up_to_the_total(embed: Page, stage: str) -> None:
    events: list[dict[str, Any]] = embed.evaluate("progress")
    loaded = [event["loaded"] for event in events if event["stage"] == stage]
    totals = {event["total"] for event in events if event["stage"] == stage}
    assert len(totals) == 1
    assert loaded == sorted(loaded)
    assert loaded[-1] == totals.pop() > 100_000


def test_assets_are_found_relative_to_the_module(embed: Page, shared_studio: Studio) -> None:
    url = shared_studio.site.url
    paths = {request.removeprefix(url) for request in shared_studio.guard.requests}
    assert {"manifest.json", "worker/stage.js", "py/cyclorama.zip"} <= paths
    beside_the_page = {path.split("?")[0] for path in paths if path.startswith("__test__/")}
    assert beside_the_page <= {*shared_studio.site.overlay, UPLOAD}


def test_another_camera_comes_out_of_the_same_track(embed: Page, shared_studio: Studio) -> None:
    site = shared_studio.site
    embed.evaluate("cyclorama.setBackground({ type: 'blur', strength: 1 })")
    assert embed.evaluate("async () => (await cyclorama.process(redWall)) === track")
    seen = looks.wait_for(embed, site, "track", lambda picture: looks.is_near(picture, RED, 12))
    assert seen.shape == (240, 320, 3)
    assert embed.evaluate("async () => (await cyclorama.process(camera)) === track")
    looks.wait_for(embed, site, "track", lambda picture: picture.shape == (480, 640, 3))
    # Cameras are their owner's, the one in use and the one left behind.
    assert embed.evaluate("[camera.readyState, redWall.readyState]") == ["live", "live"]


def test_of_concurrent_calls_the_last_wins(embed: Page, shared_studio: Studio) -> None:
    embed.evaluate("cyclorama.setBackground({ type: 'blur', strength: 1 })")
    assert embed.evaluate(
        """async () => {
          const cameras = [redWall, blueWall, camera, redWall, blueWall];
          const tracks = await Promise.all(cameras.map((each) => cyclorama.process(each)));
          return tracks.every((each) => each === track);
        }"""
    )
    site = shared_studio.site
    looks.wait_for(embed, site, "track", lambda picture: looks.is_near(picture, BLUE, 12))
    embed.wait_for_timeout(500)
    assert looks.is_near(looks.look(embed, site, "track"), BLUE, 12)
    embed.evaluate("cyclorama.process(camera)")
    embed.evaluate("cyclorama.setBackground({ type: 'color', color: '#0f0' })")
    looks.wait_for(embed, site, "track", looks.before(GREEN))


def test_of_concurrent_backgrounds_the_last_wins(embed: Page, shared_studio: Studio) -> None:
    embed.evaluate(
        """() => Promise.all([
          cyclorama.setBackground({ type: 'image', source: '../icon.svg' }).catch(() => {}),
          cyclorama.setBackground({ type: 'blur', strength: 0.2 }),
          cyclorama.setBackground({ type: 'color', color: '#00ff00' }),
        ])"""
    )
    assert embed.evaluate("cyclorama.background") == {"type": "color", "color": "#00ff00"}
    looks.wait_for(embed, shared_studio.site, "track", looks.before(GREEN))


def test_pause_shows_the_card_until_resume(embed: Page, shared_studio: Studio) -> None:
    site = shared_studio.site
    embed.evaluate("cyclorama.pause()")
    assert embed.evaluate("cyclorama.state") == "paused"
    looks.wait_for(
        embed,
        site,
        "track",
        looks.before(looks.CARD_RGB),
    )
    with recording.recording(embed, site, "track", boxes=looks.CARD_BOXES) as paused:
        embed.wait_for_timeout(1500)
    # Repeated, because receivers take a silent track for a muted one.
    assert len(paused.frames) >= 2
    assert all(looks.is_card(frame) for frame in paused.frames)
    embed.evaluate("cyclorama.resume()")
    looks.wait_for(embed, site, "track", looks.before(GREEN))
    assert embed.evaluate("cyclorama.state") == "live"


def test_a_bitmap_stays_the_callers(embed: Page, shared_studio: Studio) -> None:
    width = embed.evaluate(
        """async () => {
          const source = await createImageBitmap(new ImageData(40, 30));
          await cyclorama.setBackground({ type: 'image', source });
          return source.width;
        }"""
    )
    assert width == 40
    # It was transparent, and such pictures are laid on white.
    white = (255, 255, 255)
    looks.wait_for(
        embed,
        shared_studio.site,
        "track",
        looks.before(white),
    )
    embed.evaluate("cyclorama.setBackground({ type: 'color', color: '#00ff00' })")


@pytest.mark.alone
def test_a_frame_rate_of_7_gives_7_pictures_a_second(embed: Page, shared_studio: Studio) -> None:
    embed.evaluate("cyclorama.configure({ frameRate: 7 })")
    embed.wait_for_timeout(500)
    with recording.recording(embed, shared_studio.site, "track") as seen:
        embed.wait_for_timeout(6000)
    embed.evaluate("cyclorama.configure({ frameRate: 30 })")
    assert seen.distinct_fps() == pytest.approx(7, rel=0.1)
