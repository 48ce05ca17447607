"""Every stage, in Pyodide beside the article, and natively."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from playwright.sync_api import sync_playwright

from tests.bench.effort import Effort
from tests.bench.matte.cost import scene, stages
from tests.bench.matte.cost.stages import PLATES, Row, Times
from tests.bench.stages import browser, scenes
from tests.bench.stages.figures import LARGE, ROOMY, USUAL, Figures, figures, name

FRAMES = 180
"""That are counted of each row in each run, with a third as many masks."""


def _rows(size: str) -> dict[str, Row]:
    return {name(size, plate): Row(size, plate=plate) for plate in PLATES}


ROWS = {USUAL: _rows(USUAL) | {name(ROOMY, "image"): Row(ROOMY)}, LARGE: _rows(LARGE)}
"""By the camera's size. What is compared runs in one browser, in turns."""


def measure(effort: Effort) -> Figures:
    """Time every stage at two sizes, as often as `effort` says.

    Raises:
        BenchError: a page failed.
    """
    usual = scenes.record()
    shots = {USUAL: usual, LARGE: scenes.large(usual), ROOMY: scenes.roomy(usual)}
    played = {size: scene.play(shot, scene.WARM_UP + FRAMES) for size, shot in shots.items()}
    pyodide: dict[str, Times] = {}
    native: dict[str, Times] = {}
    article: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        for repeat in range(effort.repeats):
            for size, rows in ROWS.items():
                print(f"{repeat + 1} of {effort.repeats}: {size}", file=sys.stderr)
                needed = {row.scene: played[row.scene] for row in rows.values()}
                timed = browser.measure(playwright, shots[size], needed, rows)
                _add(pyodide, timed.python)
                article.setdefault(size, []).extend(timed.article)
                _add(native, stages.measure(needed, rows))
    return figures(usual.name, pyodide, native, article)


def _add(pool: dict[str, Times], found: Mapping[str, Times]) -> None:
    for row, times in found.items():
        for stage, each in times.items():
            pool.setdefault(row, {}).setdefault(stage, []).extend(each)
