"""The page's backgrounds: each can be chosen, and the change shows nothing else."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cyclorama import scenes
from tests.harness import clips, looks
from tests.harness.choices import choose_color, choose_file
from tests.harness.pictures import picture_file
from tests.harness.recording import SELF_VIEW, Picture, recording
from tests.harness.studio import Studio

ORANGE = (230, 120, 20)
TEAL = (20, 140, 140)
PURPLE = (120, 30, 160)
ATTEMPTS = 3

DROP = """([name, type, content]) => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type }));
  for (const type of ['dragover', 'drop']) {
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  }
}"""


@pytest.fixture(scope="module")
def started(lasting_studio: Studio) -> Page:
    return lasting_studio.live()


@pytest.fixture
def live(started: Page, shared_studio: Studio) -> Page:
    return started


def drop_file(page: Page, content: bytes) -> None:
    page.evaluate(DROP, ["dropped.png", "image/png", base64.b64encode(content).decode()])


def _mean(pixels: Picture) -> looks.Rgb:
    red, green, blue = pixels.mean(axis=(0, 1))
    return int(red), int(green), int(blue)


def test_a_scene_is_chosen(live: Page, shared_studio: Studio) -> None:
    for name in list(scenes.SCENES)[:2]:
        tile = live.locator(f'[data-scene="{name}"]')
        tile.click()
        expect(tile).to_be_checked()
        painted = scenes.paint(name, (480, 640))
        left, right = _mean(painted[:8, :8]), _mean(painted[:8, -8:])
        looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(left, right, 6))


def test_a_colour_is_chosen(live: Page, shared_studio: Studio) -> None:
    choose_color(live, PURPLE)
    looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(PURPLE, PURPLE))
    expect(live.locator("#color")).to_be_checked()


def test_an_own_picture_is_chosen_by_file_dialog(live: Page, shared_studio: Studio) -> None:
    choose_file(live, picture_file(ORANGE, TEAL))
    looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(ORANGE, TEAL))
    expect(live.get_by_role("radio", name="picture")).to_be_checked()


def test_an_own_picture_is_chosen_by_drop(live: Page, shared_studio: Studio) -> None:
    drop_file(live, picture_file(PURPLE, ORANGE))
    looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(PURPLE, ORANGE))


def test_blur_is_chosen_with_its_strength(live: Page, shared_studio: Studio) -> None:
    def contrast(picture: Picture) -> float:
        # Of the finest part of the code grid.
        return float(picture[:120, :96].mean(axis=2).std())

    site = shared_studio.site
    assert contrast(clips.portrait_room(seconds=1 / clips.FPS)[0]) > 60
    live.locator("#blur").click()
    live.locator("#blur-strength").fill("0")
    # The click alone has shown another strength: that one must be over.
    live.wait_for_timeout(1500)
    # The background before, and the card, are flat there.
    weak = looks.wait_for(live, site, SELF_VIEW, lambda picture: 1 < contrast(picture) < 30)
    half = contrast(weak) / 2
    live.locator("#blur-strength").fill("1")
    looks.wait_for(live, site, SELF_VIEW, lambda picture: 1 < contrast(picture) < half)


@pytest.mark.alone
def test_switching_shows_neither_black_nor_the_card(live: Page, shared_studio: Studio) -> None:
    scene = next(iter(scenes.SCENES))
    switches: list[Callable[[], None]] = [
        lambda: choose_color(live, PURPLE),
        lambda: choose_file(live, picture_file(ORANGE, TEAL)),
        lambda: live.locator(f'[data-scene="{scene}"]').click(),
        lambda: live.locator("#blur").click(),
        lambda: drop_file(live, picture_file(TEAL, PURPLE)),
        lambda: choose_color(live, ORANGE),
    ]
    # A starved machine brings the card by itself; a switch that does so does it every time.
    for _ in range(ATTEMPTS):
        with recording(live, shared_studio.site, SELF_VIEW, boxes=looks.CARD_BOXES) as seen:
            for switch in switches:
                switch()
                live.wait_for_timeout(600)
        assert not any(looks.is_black(frame) for frame in seen.frames)
        brightness = {round(float(frame.boxes[0])) for frame in seen.frames}
        assert len(brightness) >= len(switches) - 1, "the switches were not seen"
        if not any(looks.is_card(frame) for frame in seen.frames):
            return
    pytest.fail("a switch of background showed the card")
