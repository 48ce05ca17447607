"""The tuning in the page, and under the load of other programs."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.harness.eventually import eventually
from tests.harness.hogs import hogs
from tests.harness.studio import Studio, publish, ready

CALIBRATED_MS = 5_000
SETTLED_MS = 10_000
STEADY_MS = 10_000

NOTE = """() => {
  globalThis.changes = [];
  cyclorama.addEventListener('tuned', ({ detail: { reason } }) => {
    changes.push({ reason, settings: cyclorama.settings });
  });
}"""

DEAREST_FIRST = ["finest", "fine", "good", "fair", "low", "lowest"]


def changes(page: Page) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = page.evaluate("changes")
    return made


def step(page: Page) -> int:
    """Of the matte, 0 is the dearest."""
    return DEAREST_FIRST.index(page.evaluate("cyclorama.settings.quality"))


@pytest.mark.alone
def test_under_load_it_takes_less_and_without_it_more_again(studio: Studio) -> None:
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    page.evaluate(NOTE)
    ready(page)
    page.wait_for_timeout(CALIBRATED_MS)
    before = step(page)
    with hogs(studio.context, studio.site):
        page.wait_for_timeout(SETTLED_MS)
        settled = len(changes(page))
        under_load = step(page)
        page.wait_for_timeout(STEADY_MS)
        assert len(changes(page)) - settled <= 1
    assert under_load > before
    eventually(page, lambda: step(page) < under_load, "more of the matte is tried again")
    assert all("→" in change["reason"] for change in changes(page))


def test_a_setting_is_automatic_until_it_is_chosen(shared_studio: Studio) -> None:
    page = shared_studio.live()
    page.locator("details:has(#tuning) > summary").click()
    quality = page.locator("#quality")
    page.locator("#tuning").select_option("balanced")
    expect(quality).to_have_value("automatic")
    quality.select_option("good")
    expect(quality).to_have_value("good")
    quality.select_option("automatic")
    expect(quality).to_have_value("automatic")
    page.locator("#tuning").select_option("off")
    expect(quality).not_to_have_value("automatic")
    page.close()
