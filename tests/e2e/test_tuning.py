"""The tuning in the page, and under the load of other programs."""

from __future__ import annotations

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
  cyclorama.addEventListener('tuned', ({ detail: { reason } }) => changes.push(reason));
}"""

UP = "trying more"
"""In the reason of a change to a dearer rung."""


def changes(page: Page) -> list[str]:
    """Their reasons."""
    made: list[str] = page.evaluate("changes")
    return made


@pytest.mark.alone
def test_under_load_it_takes_less_and_without_it_more_again(studio: Studio) -> None:
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    page.evaluate(NOTE)
    ready(page)
    page.wait_for_timeout(CALIBRATED_MS)
    before = len(changes(page))
    with hogs(studio.context, studio.site):
        page.wait_for_timeout(SETTLED_MS)
        settled = changes(page)[before:]
        assert settled, "nothing was taken back"
        assert UP not in settled[0]
        page.wait_for_timeout(STEADY_MS)
        under_load = len(changes(page))
        assert under_load - before - len(settled) <= 1
    eventually(
        page,
        lambda: any(UP in change for change in changes(page)[under_load:]),
        "more is tried again",
    )
    assert all("→" in change for change in changes(page))


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
