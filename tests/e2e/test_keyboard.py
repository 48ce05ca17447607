"""The page by keyboard alone, and for those whom motion troubles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cyclorama import scenes
from tests.harness.studio import Studio

STOP = """() => {
  const { activeElement: here } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const words = here.ariaLabel ?? here.labels?.[0]?.innerText ?? here.innerText;
  return [words.trim(), outlineStyle !== 'none' && outlineWidth !== '0px'];
}"""


@pytest.fixture
def page(shared_studio: Studio) -> Iterator[Page]:
    page = shared_studio.open()
    expect(page.locator("[data-scene]").first).to_be_visible(timeout=60_000)
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


def test_tab_goes_through_the_page_in_the_order_in_which_it_is_read(page: Page) -> None:
    stops = []
    for _ in range(8):
        page.keyboard.press("Tab")
        words, ring = page.evaluate(STOP)
        assert ring, f"{words} shows no focus"
        stops.append(words)
    assert stops == [
        "Start camera",
        "Background",
        "Join a call",
        "Background",
        "Blur",
        "Add picture",
        "Strength",
        "Call",
    ]


def test_arrow_keys_go_round_the_gallery_and_choose(page: Page) -> None:
    first, last = page.locator("#blur"), page.locator(f'[data-scene="{list(scenes.SCENES)[-1]}"]')
    first.focus()
    for key, chosen in {
        "ArrowRight": page.locator("#color"),
        "ArrowUp": first,
        "ArrowLeft": last,
        "ArrowDown": first,
        "End": last,
        "Home": first,
    }.items():
        page.keyboard.press(key)
        expect(chosen).to_be_focused()
        expect(chosen).to_be_checked()
        expect(page.get_by_role("radio", checked=True)).to_have_count(1)
        assert page.locator("[role=radio][tabindex='0']").count() == 1


def test_the_buttons_under_the_picture_lead_to_the_panels(page: Page) -> None:
    for name, panel in {"Join a call": "call-panel", "Background": "backgrounds-panel"}.items():
        summary = page.locator(f"#{panel} > summary")
        summary.click()
        expect(page.locator(f"#{panel}")).not_to_have_attribute("open", "")
        page.get_by_role("button", name=name).press("Enter")
        expect(page.locator(f"#{panel}")).to_have_attribute("open", "")
        expect(summary).to_be_focused()


def test_nothing_moves_for_those_who_wish_so(page: Page) -> None:
    moving = """() => {
      document.querySelector('#tiles').insertAdjacentHTML(
        'beforeend', '<div class="swatch skeleton"><span class="sample"></span></div>');
      const moving = [...document.querySelectorAll('*')].filter((each) => {
        const { animationName, transitionDuration } = getComputedStyle(each);
        return animationName !== 'none' || transitionDuration !== '0s';
      });
      const { scrollBehavior } = getComputedStyle(document.documentElement);
      return moving.length + (scrollBehavior === 'smooth' ? 1 : 0);
    }"""
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize(
    ("width", "height"), [(360, 740), (740, 360), (900, 540), (1280, 720), (2560, 1300)]
)
def test_the_picture_is_whole_and_the_controls_are_not_on_it(
    page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    stage = page.locator("#stage").bounding_box()
    controls = page.locator(".controls").bounding_box()
    assert stage
    assert controls
    assert stage["x"] >= 0
    assert stage["x"] + stage["width"] <= width
    assert stage["y"] + stage["height"] <= controls["y"]
    assert controls["y"] + controls["height"] <= height
