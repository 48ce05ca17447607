"""The plots of the last minute, and the button that proves that a hidden page goes on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.clocks import page_clocks
from tests.harness.eventually import eventually
from tests.harness.studio import Studio, wait_live

RESULT = re.compile(
    r"Hidden for (?P<seconds>\d+\.\d) s: (?P<fps>\d+\.\d) distinct frames per second, "
    r"visible before: (?P<before>\d+\.\d)\. An animation loop on this page got "
    r"(?P<animation>\d+\.\d) per second meanwhile\."
)

# Horizontal places of the points of the first plot's line, of 60; and of the shading.
POINTS = """() => document.querySelector('.plot .line-0').getAttribute('d')
  .split(/[ML]/).filter(Boolean).map((point) => Number(point.split(' ')[0]))"""
SHADES = """() => [...document.querySelector('.plot svg').querySelectorAll('.hidden-time')]
  .map((shade) => [shade.x.baseVal.value, shade.width.baseVal.value])"""

COUNT_REDRAWS = """() => {
  globalThis.redraws = 0;
  const plots = document.querySelector('#plots');
  new MutationObserver((records) => { redraws += records.length; })
    .observe(plots, { subtree: true, childList: true, attributes: true });
}"""

# An audible element: the voice of somebody in a call.
PLAY_VOICE = """(id) => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  const voice = document.createElement('audio');
  voice.id = id;
  voice.srcObject = out.stream;
  document.body.append(voice);
  return voice.play();
}"""


@pytest.fixture(scope="module")
def page(lasting_studio: Studio) -> Page:
    page = lasting_studio.open()
    expect(page.locator("#prove")).to_be_disabled()
    page.locator("#start").click()
    wait_live(page)
    page.locator("#readout summary").click()
    return page


def _points(page: Page) -> list[float]:
    found: list[float] = page.evaluate(POINTS)
    return found


def _audible(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('audio, video')]
          .filter((media) => !media.muted).map(({ id }) => id)"""
    )
    return found


def _prove(page: Page) -> Page:
    """Press the button; gives the tab that it opens, once that runs."""
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="Prove it").click()
    opening.value.wait_for_load_state()
    return opening.value


def _go_back(front: Page) -> None:
    """Press the button there, which closes the tab: a moment later, to have an answer before."""
    back = front.get_by_role("button", name="Go back now")
    back.evaluate("(button) => { setTimeout(() => button.click()); }")


def test_the_last_minute_is_plotted(page: Page, shared_studio: Studio) -> None:
    plots = page.get_by_role("figure")
    expect(plots).to_have_count(3)
    expect(plots.nth(0)).to_contain_text(re.compile(r"Output, frames per second.*\d+\.\d"))
    expect(plots.nth(1)).to_contain_text(re.compile(r"Mask age, ms.*middle \d+\.\d.*95 % \d+\.\d"))
    for stage in ("pixels", "matte", "composite", "show", "mask"):
        expect(plots.nth(2)).to_contain_text(re.compile(rf"{stage} \d+\.\d"))
    expect(page.locator("#plots-summary")).to_contain_text(
        re.compile(r"Last 60 s: \d+\.\d frames per second while visible\.")
    )
    expect(plots.nth(0).get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"frames per second: Last 60 s: \d+\.\d frames per second")
    )
    eventually(page, lambda: len(_points(page)) >= 3, "there are three points")


def test_time_while_hidden_is_measured_and_shaded_and_nothing_is_drawn(
    page: Page, shared_studio: Studio
) -> None:
    page.evaluate(COUNT_REDRAWS)
    eventually(page, lambda: page.evaluate("redraws") > 0, "a visible page is drawn")
    front = shared_studio.hide(page)
    page.evaluate("redraws = 0")
    page.wait_for_timeout(9000)
    assert page.evaluate("[document.visibilityState, redraws]") == ["hidden", 0]
    front.close()
    page.bring_to_front()
    eventually(page, lambda: len(page.evaluate(SHADES)) > 0, "the time is shaded")
    (left, width), *_ = page.evaluate(SHADES)
    assert width >= 7
    inside = [x for x in _points(page) if left <= x <= left + width]
    assert len(inside) >= 4, "samples came in while the page was hidden"
    expect(page.locator(".plot").first.get_by_text("hidden", exact=True)).to_be_visible()
    expect(page.locator("#plots-summary")).to_contain_text(
        re.compile(r"\d+\.\d frames per second while visible, \d+\.\d while hidden \(shaded\)")
    )


def test_a_closed_panel_is_not_drawn(page: Page, shared_studio: Studio) -> None:
    page.evaluate(COUNT_REDRAWS)
    page.locator("#readout summary").click()
    page.evaluate("redraws = 0")
    page.wait_for_timeout(3000)
    assert page.evaluate("redraws") == 0
    page.locator("#readout summary").click()
    eventually(page, lambda: page.evaluate("redraws") > 0, "an open panel is drawn")


def test_the_page_proves_that_it_goes_on_while_really_hidden(
    page: Page, shared_studio: Studio
) -> None:
    page.evaluate(PLAY_VOICE, "voice")
    assert _audible(page) == ["voice"]
    front = _prove(page)
    expect(front.get_by_role("heading")).to_have_text("Cyclorama is hidden now")
    eventually(
        front, lambda: page.evaluate("document.visibilityState") == "hidden", "the page is hidden"
    )
    # The controls: what only a hidden, silent page is denied.
    clocks = page_clocks(page, shared_studio.site, 2000)
    assert clocks["animationFrames"] <= 0.5, clocks
    assert _audible(page) == []
    page.evaluate(PLAY_VOICE, "latecomer")
    eventually(page, lambda: _audible(page) == [], "who begins to speak meanwhile is muted too")
    expect(page.locator("#prove")).to_be_disabled()
    assert page.evaluate("document.visibilityState") == "hidden"

    eventually(page, front.is_closed, "the tab in front closes itself")
    expect(page.locator("#proof")).to_contain_text("Hidden for")
    found = RESULT.fullmatch(page.locator("#proof").inner_text())
    assert found is not None
    assert float(found["seconds"]) >= 9
    assert float(found["fps"]) > 0
    # One may be on its way when the page is hidden.
    assert float(found["animation"]) <= 0.2
    assert page.evaluate("document.visibilityState") == "visible"
    assert _audible(page) == ["voice", "latecomer"]
    page.evaluate("for (const voice of document.querySelectorAll('audio')) voice.remove()")
    expect(page.locator("#prove")).to_be_enabled()


def test_coming_back_at_once_proves_nothing(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("proof-short")
    _go_back(_prove(page))
    expect(page.get_by_role("alert")).to_contain_text(
        "The page was hidden too briefly to count its frames. Press “Prove it” again"
    )
    expect(page.locator("#proof")).to_have_text("")


def test_a_page_beside_the_other_is_told_from_a_hidden_one(
    page: Page, shared_studio: Studio
) -> None:
    shared_studio.guard.allow("proof-visible")
    page.evaluate(
        """() => {
          const { open } = globalThis;
          globalThis.open = (url) => {
            globalThis.open = open;
            return open(url, '', 'popup,width=300,height=300');
          };
        }"""
    )
    _go_back(_prove(page))
    expect(page.get_by_role("alert")).to_contain_text("This page was never hidden")


def test_a_browser_that_opens_no_tab_is_told(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("proof-blocked")
    page.evaluate(
        """() => {
          const { open } = globalThis;
          globalThis.open = () => {
            globalThis.open = open;
            return null;
          };
        }"""
    )
    page.locator("#prove").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "The browser did not open another tab. Allow pop-ups for this page"
    )
    expect(page.locator("#prove")).to_be_enabled()
