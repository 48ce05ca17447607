"""Every browser in turn, as a table."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench import pages
from tests.bench.browsers.drivers import BROWSERS, Driver
from tests.bench.effort import Effort
from tests.bench.matte.report import layout
from tests.bench.speed import camera
from tests.bench.speed.browser import BenchError
from tests.bench.speed.session import SETTLE_S
from tests.bench.speed.subjects import BENCH, PREFIX
from tests.bench.speed.surroundings import surroundings
from tests.harness import clips
from tests.harness.firefox import CLIP

PAGE = f"{PREFIX}/browsers/page/product.html"

COUNT = """(async (seconds) => {
  const controls = probe.startControls();
  const fps = await (await product).rate(seconds);
  return { fps, ...controls.stop() };
})"""


@dataclass(frozen=True)
class Row:
    """The product in one browser."""

    browser: str
    """With its version."""
    visible_fps: float
    """Frames published per second, each of another picture of the camera."""
    hidden_fps: float
    adapters: dict[str, str]
    """How frames pass from thread to thread there."""
    features: dict[str, bool]
    """What else there is for the user."""


def measure(effort: Effort) -> list[Row]:
    """Measure the product in each browser, visible and hidden, once.

    Raises:
        BenchError: a page failed, or was not hidden when it should be.
    """
    rows = []
    with surroundings() as (playwright, site, folder):
        site.overlay.update(pages.overlay(BENCH / "browsers" / "page"))
        clip = camera.write(folder, camera.VGA)
        webm = clips.write_webm(folder / "camera.webm", clips.read(clip))
        site.overlay[CLIP] = webm.read_bytes()
        for name, open_browser in BROWSERS.items():
            if effort.row not in name:
                continue
            print(name, file=sys.stderr, flush=True)
            with open_browser(playwright, site.url + PAGE, clip) as driver:
                rows.append(_row(name, driver, effort.seconds))
    return rows


def table(rows: Sequence[Row]) -> str:
    """One line for each browser; empty where there is none."""
    if not rows:
        return ""
    features = list(rows[0].features)
    head = ["browser", "visible fps", "hidden fps", "frames in", "frames out", *features]
    body = [
        [
            row.browser,
            f"{row.visible_fps:.1f}",
            f"{row.hidden_fps:.1f}",
            row.adapters["input"],
            row.adapters["output"],
            *("yes" if row.features[name] else "no" for name in features),
        ]
        for row in rows
    ]
    return layout([head, *body])


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """The visible rate divided by the hidden one: 1 where hiding costs nothing."""
    return {
        f"{row.browser.split()[0]}: visible ÷ hidden": row.visible_fps / row.hidden_fps
        for row in rows
    }


def count(driver: Driver, seconds: float, state: str) -> float:
    """The frames per second of a page that is in this state, `visible` or `hidden`.

    Raises:
        BenchError: it is not.
    """
    seen = driver.evaluate(f"{COUNT}({json.dumps(seconds)})")
    animated = seen["animationFramesPerSecond"] > 1
    if seen["visibilityState"] != state or animated != (state == "visible"):
        raise BenchError(f"the page was not treated as a {state} one is: {seen}")
    return float(seen["fps"])


def _row(name: str, driver: Driver, seconds: float) -> Row:
    driver.evaluate("product.then(() => null)")
    time.sleep(SETTLE_S)
    visible = count(driver, seconds, "visible")
    driver.hide()
    hidden = count(driver, seconds, "hidden")
    return Row(
        browser=f"{name} {driver.version}",
        visible_fps=visible,
        hidden_fps=hidden,
        adapters=driver.evaluate("product.then((ready) => ready.adapters())"),
        features=driver.evaluate("product.then((ready) => ready.features())"),
    )
