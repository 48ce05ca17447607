"""The tuning in the page, and under the load of other programs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cyclorama.tuning.load import Speed
from tests.harness.calibrated import calibrated
from tests.harness.eventually import eventually
from tests.harness.hogs import hogs
from tests.harness.studio import Studio, publish, ready

SETTLED_MS = 10_000

FAST = Speed(0.5, 0.5, 0.5)
"""Of a machine that has time for the best rung of its budget."""

CALM_S = 180
"""More is tried after 16 seconds without a missed frame, which a busy machine may not have soon."""

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
    # Measured here and now, it might begin on a rung that holds under the load as well.
    kept = calibrated(page, FAST)
    publish(page, background={"type": "color", "color": "#2040c0"}, calibration=kept)
    page.evaluate(NOTE)
    ready(page)
    with hogs(studio.context, studio.site):
        eventually(page, lambda: len(changes(page)) > 0, "something is taken back")
        assert UP not in changes(page)[0]
        page.wait_for_timeout(SETTLED_MS)
    relieved = len(changes(page))
    eventually(
        page,
        lambda: any(UP in change for change in changes(page)[relieved:]),
        "more is tried again",
        CALM_S,
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
