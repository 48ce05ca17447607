"""A person over what is shared, through the API: what the output track shows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.harness.grid import CodeGrid
from tests.harness.looks import before, is_near, wait_for
from tests.harness.recording import Picture, recording
from tests.harness.studio import Studio, publish, ready

ROOM = (32, 64, 192)
SLIDE = (200, 40, 40)
OTHER = (40, 160, 60)
VISIBLE = 0.01
"""Share of words that decode from which on the room counts as seen."""


def _slide(page: Page, name: str, size: tuple[int, int], rgb: tuple[int, int, int]) -> None:
    """A track of one colour as the global `name`; drawn anew, or a canvas gives no frames."""
    page.evaluate(
        """([name, [width, height], [r, g, b]]) => {
          const canvas = Object.assign(document.createElement('canvas'), { width, height });
          const context = canvas.getContext('2d');
          const draw = () => {
            context.fillStyle = `rgb(${r} ${g} ${b})`;
            context.fillRect(0, 0, width, height);
          };
          draw();
          setInterval(draw, 50);
          [globalThis[name]] = canvas.captureStream().getVideoTracks();
        }""",
        [name, size, rgb],
    )


def _stand(page: Page, name: str, **more: object) -> None:
    page.evaluate(
        """([name, more]) => cyclorama.setBackground(
          { type: 'screen', track: globalThis[name], ...more })""",
        [name, more],
    )


def _top_is(picture: Picture, rgb: tuple[int, int, int]) -> bool:
    """The upper quarter, where nobody stands, has this colour."""
    return is_near(picture[: len(picture) // 4], rgb, levels=6)


def test_what_is_shared_is_the_plate_and_the_person_in_front_of_it(studio: Studio) -> None:
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    ready(page)
    _slide(page, "slide", (800, 600), SLIDE)
    _slide(page, "other", (1920, 1080), OTHER)
    _stand(page, "slide", place="right", size=0.5)
    right = wait_for(page, studio.site, "track", lambda seen: _top_is(seen, SLIDE))
    assert right.shape[:2] == (600, 800)
    # In the left half there is the slide alone, and on the right somebody.
    assert is_near(right[:, :350], SLIDE, levels=6)
    assert not is_near(right[350:, 500:], SLIDE, levels=60)

    _stand(page, "slide", place="left", size=0.5)
    left = wait_for(
        page, studio.site, "track", lambda seen: is_near(seen[:, 450:], SLIDE, levels=6)
    )
    assert not is_near(left[350:, :300], SLIDE, levels=60)

    # Another share, larger than it is shown.
    _stand(page, "other", place="right", size=0.3)
    second = wait_for(page, studio.site, "track", lambda seen: _top_is(seen, OTHER))
    assert second.shape[:2] == (720, 1280)

    # The browser ends what is shared: only it can, so this says so in its place.
    page.evaluate(
        """() => {
          globalThis.told = new Promise((resolve) => {
            const tell = ({ detail }) => resolve(detail);
            cyclorama.addEventListener('background', tell, { once: true });
          });
          other.stop();
          other.dispatchEvent(new Event('ended'));
        }"""
    )
    assert page.evaluate("told") == {"type": "color", "color": "#2040c0"}
    last = wait_for(page, studio.site, "track", before(ROOM))
    assert last.shape[:2] == (480, 640)


@pytest.mark.alone
def test_the_room_never_shows_while_slides_come_and_go(studio: Studio) -> None:
    grid = CodeGrid()
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    ready(page)
    _slide(page, "slide", (640, 480), SLIDE)
    with recording(page, studio.site, "track", boxes=grid.boxes()) as seen:
        for _ in range(3):
            # As large as the camera's frame and in its place, where the grid would be read.
            _stand(page, "slide", place="center", size=1)
            page.wait_for_timeout(700)
            page.evaluate("cyclorama.setBackground({ type: 'color', color: '#2040c0' })")
            page.wait_for_timeout(500)
    assert len(seen.frames) > 60
    assert max(grid.decoded(frame.boxes, 32) for frame in seen.frames) < VISIBLE
    # Nor was there a card in between: the one background stays until the other can be shown.
    assert page.evaluate("cyclorama.state") == "live"


def test_another_camera_size_does_not_stop_the_picture(studio: Studio) -> None:
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    ready(page)
    _slide(page, "slide", (800, 600), SLIDE)
    _stand(page, "slide", place="right", size=0.5)
    wait_for(page, studio.site, "track", lambda seen: _top_is(seen, SLIDE))
    page.evaluate(
        """async () => {
          await cyclorama.process(await openCamera({ width: 320, height: 240, frameRate: 30 }));
        }"""
    )
    _slide(page, "other", (800, 600), OTHER)
    _stand(page, "other", place="right", size=0.5)
    wait_for(page, studio.site, "track", lambda seen: _top_is(seen, OTHER))


@pytest.mark.parametrize(
    ("more", "cause"),
    [({"place": "top"}, "place top"), ({"size": 0.1}, "size 0.1"), ({"track": 5}, "live video")],
)
def test_what_cannot_be_shown_is_refused_and_says_why(
    studio: Studio, more: dict[str, object], cause: str
) -> None:
    page = studio.embed()
    publish(page)
    _slide(page, "slide", (64, 48), SLIDE)
    told = page.evaluate(
        """async (more) => {
          try {
            await cyclorama.setBackground({ type: 'screen', track: slide, ...more });
          } catch (error) {
            return [error.id, String(error.cause)];
          }
        }""",
        more,
    )
    assert told[0] == "background-invalid"
    assert cause in told[1]
