"""What the page shows while it loads, and what can be done meanwhile."""

from __future__ import annotations

import re
from itertools import pairwise

from playwright.sync_api import expect

from tests.harness import looks
from tests.harness.choices import choose_color
from tests.harness.holding import holding
from tests.harness.recording import SELF_VIEW
from tests.harness.site import dist
from tests.harness.studio import Studio, wait_live

TEAL = (20, 140, 140)

EXPOSE = b"\nglobalThis.studio = studio;\n"

# A network that brings 10 MB in 5 s, as the page is told of it; gives what it said of the time.
LOAD_SLOWLY = """async () => {
  // The page has begun by itself.
  await studio.stop();
  studio.opening = true;
  studio.dispatchEvent(new Event('change'));
  const progress = (stage, loaded, total) =>
    studio.dispatchEvent(new CustomEvent('progress', { detail: { stage, loaded, total } }));
  const told = [];
  progress('segmenter', 500_000, 1_000_000);
  for (let step = 0; step <= 20; step++) {
    progress('python', 200_000 * step, 9_000_000);
    told.push(document.querySelector('#remaining').textContent);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return told;
}"""


def test_the_time_that_is_left_shrinks(shared_studio: Studio) -> None:
    shared_studio.site.overlay["main.js"] = (dist() / "main.js").read_bytes() + EXPOSE
    page = shared_studio.open()
    del shared_studio.site.overlay["main.js"]
    told: list[str] = page.evaluate(LOAD_SLOWLY)
    assert told[0] == ""
    said = [int(found[1]) for text in told if (found := re.search(r"About (\d+) seconds", text))]
    assert len(said) > 10
    assert all(later <= earlier for earlier, later in pairwise(said))
    assert said[-1] < said[0]
    bar = page.get_by_role("progressbar", name="Python, numpy and OpenCV")
    assert bar.evaluate("({ value, max }) => [value, max]") == [4_000_000, 9_000_000]
    expect(page.get_by_role("group", name="Loading")).to_contain_text("4.0 of 9.0 MB")
    page.close()


def test_a_background_can_be_chosen_meanwhile(shared_studio: Studio) -> None:
    with holding(shared_studio.context, "**/py/cyclorama.zip"):
        page = shared_studio.open()
        page.locator("#start").click()
        expect(page.get_by_role("group", name="Loading")).to_be_visible()
        choose_color(page, TEAL)
        expect(page.locator("#color")).to_be_checked()
        expect(page.get_by_role("group", name="Loading")).to_be_visible()
        page.wait_for_timeout(500)
    wait_live(page)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(TEAL))
    page.close()


def test_settings_chosen_meanwhile_all_hold(shared_studio: Studio) -> None:
    with holding(shared_studio.context, "**/models/**"):
        page = shared_studio.open()
        expect(page.locator("[data-scene]").first).to_be_visible()
        page.locator("#settings-panel > summary").click()
        # Each begins to load the segmenter anew, and only the last counts.
        for stride in ("8", "16", "8"):
            page.locator("#stride").select_option(stride)
        page.locator("#quality").select_option("low")
        page.locator("#threshold").fill("0.3")
        expect(page.locator("#segmenter-running")).to_have_text("")
    expect(page.locator("#segmenter-running")).to_contain_text("runs on the wasm backend")
    expect(page.locator("#stride")).to_have_value("8")
    expect(page.locator("#quality")).to_have_value("low")
    expect(page.locator("#threshold")).to_have_value("0.3")
    kept = page.evaluate("JSON.parse(localStorage.getItem('cyclorama.settings'))")
    assert kept == {"stride": 8, "quality": "low", "threshold": 0.3}
    page.evaluate("localStorage.clear()")
    page.close()
