"""A segmenter that answers nonsense (simulated): it is said, and the compositor goes on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.harness.eventually import eventually
from tests.harness.recording import recording
from tests.harness.studio import Studio, publish, ready

GARBAGE = "kind => new BroadcastChannel('garbage').postMessage(kind)"


@pytest.fixture
def page(studio: Studio) -> Page:
    studio.site.swap("worker/segmenter.js", "garbage_segmenter.js")
    page = studio.embed()
    publish(page, background={"type": "color", "color": "#2040c0"})
    page.evaluate("""() => {
      globalThis.errors = [];
      cyclorama.addEventListener('error', ({ detail }) => errors.push(detail.id));
    }""")
    ready(page)
    return page


def _state(page: Page) -> str:
    return str(page.evaluate("cyclorama.state"))


def test_a_mask_that_lies_nowhere_is_refused_by_its_field(page: Page) -> None:
    page.evaluate(GARBAGE, "nowhere")
    eventually(page, lambda: _state(page) == "waiting", "the card is shown")
    assert page.evaluate("errors") == ["message-invalid"]
    page.evaluate(GARBAGE, "")
    eventually(page, lambda: _state(page) == "live", "the picture is back")


def test_a_mask_that_cannot_be_used_is_said_once(page: Page) -> None:
    page.evaluate(GARBAGE, "huge")
    eventually(page, lambda: page.evaluate("errors") == ["segmenter-failed"], "it is said")
    eventually(page, lambda: _state(page) == "waiting", "the card is shown")
    page.wait_for_timeout(1000)
    assert page.evaluate("errors") == ["segmenter-failed"]
    page.evaluate(GARBAGE, "")
    eventually(page, lambda: _state(page) == "live", "the picture is back")


@pytest.mark.alone
def test_masks_that_nobody_asked_for_are_no_work(page: Page, studio: Studio) -> None:
    page.evaluate(GARBAGE, "flood")
    with recording(page, studio.site, "track") as seen:
        page.wait_for_timeout(2000)
    assert seen.distinct_fps() > 10
    assert page.evaluate("errors") == []
    assert _state(page) == "live"
