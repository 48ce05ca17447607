"""What was chosen on one visit is there on the next, and nothing that was not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cyclorama import scenes
from tests.harness import looks
from tests.harness.choices import choose_color
from tests.harness.recording import SELF_VIEW
from tests.harness.studio import Studio, wait_live

PURPLE = (120, 30, 160)


@pytest.fixture
def page(shared_studio: Studio) -> Iterator[Page]:
    page = shared_studio.open()
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


def loaded(page: Page) -> None:
    """Python runs, and with it everything that was remembered was tried."""
    expect(page.locator("[data-scene]").first).to_be_visible(timeout=60_000)


def visit_with(page: Page, **memory: Any) -> None:
    """Visit again, with these things in the browser's storage; text is put there as it is."""
    for name, value in memory.items():
        text = value if isinstance(value, str) else json.dumps(value)
        page.evaluate(
            "([name, text]) => localStorage.setItem(name, text)", [f"cyclorama.{name}", text]
        )
    page.reload()
    loaded(page)


def remembered(page: Page, name: str) -> Any:
    return page.evaluate("name => JSON.parse(localStorage.getItem(name))", f"cyclorama.{name}")


def test_a_background_chosen_while_python_loads_is_there_when_it_is_live(
    page: Page, shared_studio: Studio
) -> None:
    choose_color(page, PURPLE)
    expect(page.locator("#color")).to_be_checked()
    page.locator("#start").click()
    wait_live(page)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PURPLE))


def test_the_next_visit_starts_with_the_last_background(page: Page, shared_studio: Studio) -> None:
    choose_color(page, PURPLE)
    loaded(page)
    page.reload()
    expect(page.locator("#color")).to_be_checked()
    expect(page.locator("#color-value")).to_have_value("#" + bytes(PURPLE).hex())
    page.locator("#start").click()
    wait_live(page)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PURPLE))


def test_the_next_visit_starts_with_the_last_scene(page: Page) -> None:
    scene = list(scenes.SCENES)[1]
    page.locator(f'[data-scene="{scene}"]').click(timeout=60_000)
    page.reload()
    expect(page.locator(f'[data-scene="{scene}"]')).to_be_checked(timeout=60_000)


def test_the_next_visit_starts_with_the_last_settings(page: Page) -> None:
    loaded(page)
    page.locator("#settings-panel > summary").click()
    page.locator("#quality").select_option("low")
    page.locator("#threshold").fill("0.3")
    page.locator("#camera-size").select_option("360p")
    page.locator("#frame-rate").select_option("15")
    page.reload()
    loaded(page)
    expect(page.locator("#quality")).to_have_value("low")
    expect(page.locator("#threshold")).to_have_value("0.3")
    expect(page.locator("#camera-size")).to_have_value("360p")
    expect(page.locator("#frame-rate")).to_have_value("15")
    assert remembered(page, "settings") == {"quality": "low", "threshold": 0.3}


@pytest.mark.parametrize(
    "background",
    [
        "{no JSON",
        "null",
        "7",
        {"type": "color", "color": "javascript:"},
        {"type": "blur", "strength": 9},
        {"type": "image", "source": "https://elsewhere.example/picture.png"},
        {"type": "picture", "id": "gone"},
        {"type": "picture", "id": {}},
        {"type": "scene", "name": "of a later version"},
    ],
    ids=str,
)
def test_a_background_that_cannot_be_is_not_told_and_not_used(page: Page, background: Any) -> None:
    visit_with(page, background=background)
    expect(page.locator("#blur")).to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_of_settings_that_cannot_be_the_others_are_used(page: Page) -> None:
    loaded(page)
    segmenter, stride = (page.locator(select).input_value() for select in ("#segmenter", "#stride"))
    visit_with(
        page,
        settings={
            "segmenter": "of another build",
            "stride": 7,
            "threshold": "0.9",
            "quality": "low",
            "frameRate": -1,
            "unheard": 1,
        },
        **{"camera-format": {"width": 1e9, "height": 480, "frameRate": "15"}},
    )
    expect(page.locator("#segmenter")).to_have_value(segmenter)
    expect(page.locator("#stride")).to_have_value(stride)
    expect(page.locator("#threshold")).to_have_value("0.5")
    expect(page.locator("#quality")).to_have_value("low")
    expect(page.locator("#frame-rate")).to_have_value("30")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_without_storage_the_page_works(shared_studio: Studio) -> None:
    page = shared_studio.context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    )
    page.goto(shared_studio.site.url)
    choose_color(page, PURPLE)
    page.locator("#start").click()
    wait_live(page)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PURPLE))
    page.close()
