"""The live evaluation from beginning to end."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.matte.live import numbered, session
from tests.bench.matte.live.figures import Figures, Measured, as_json, figures, table
from tests.bench.matte.live.readback import NoPlateError
from tests.bench.matte.live.score import score
from tests.bench.matte.live.subjects import GREEN, ROWS, Row
from tests.bench.speed import machine
from tests.bench.speed.browser import BenchError
from tests.bench.speed.subjects import overlay
from tests.bench.speed.window import Window
from tests.harness import clips
from tests.harness.site import Site, dist, site
from tools import npm

MOST_UNEXPLAINED = 1.0
"""Levels; rounding alone leaves 0.2."""

Found = dict[str, dict[str, Measured]]
"""By the names of clip and row."""


def run(only: str, row: str, report: Path | None) -> int:
    """Measure, print the tables and return the exit code.

    Args:
        only: names of clips hold this.
        row: names of rows hold this.
        report: where to write the figures as JSON.

    Raises:
        NoFootageError: there is nothing to measure on.
    """
    names = [name for name in numbered.NAMES if only in name]
    rows = [each for each in ROWS if row in each.name]
    started = time.monotonic()
    try:
        found = _measure(names, rows)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    summary = {title: _figures(found, members) for title, members in _tables(names).items()}
    conditions = _conditions(found)
    for name, value in conditions.items():
        print(f"{name}: {value}")
    for title, each in summary.items():
        print(f"\n{table(title, each)}")
    _warn(found)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    if report:
        everything = {
            "conditions": conditions,
            "figures": {title: as_json(each) for title, each in summary.items()},
            "windows": {
                clip: {name: _window(each.window) for name, each in measured.items()}
                for clip, measured in found.items()
            },
        }
        text = json.dumps(everything, indent=1, ensure_ascii=False)
        report.write_text(text + "\n", encoding="utf-8")
    return 0


def _measure(names: Sequence[str], rows: Sequence[Row]) -> Found:
    if not names or not rows:
        raise BenchError("--only and --row leave nothing to measure")
    numbered.require(names)
    if not (dist() / "manifest.json").is_file():
        raise BenchError(f"there is no product in {dist()}; run `python3 build.py build`")
    npm.install()
    found: Found = {}
    with (
        tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder,
        sync_playwright() as playwright,
        site() as served,
    ):
        served.overlay.update(overlay())
        for name in names:
            found[name] = _measure_clip(playwright, served, rows, name, Path(folder))
    return found


def _measure_clip(
    playwright: Playwright, served: Site, rows: Sequence[Row], name: str, folder: Path
) -> dict[str, Measured]:
    """Every row before one clip, by its name."""
    clip = numbered.read(name)
    path = clip.write(folder)
    measured = {}
    for subject, members in groupby(rows, key=lambda row: row.subject):
        print(f"{name}: {subject.label}", file=sys.stderr, flush=True)
        # Scored when the browser has ended: it would take processor time from the next window.
        for seen in session.watch(playwright, served, list(members), clip, path):
            try:
                scored = score(seen.shown, clip, GREEN)
            except NoPlateError as error:
                raise BenchError(f"{seen.row.name}: {error}") from error
            measured[seen.row.name] = Measured(seen.window, scored)
    path.unlink()  # 175 MB
    return measured


def _tables(names: Sequence[str]) -> dict[str, Sequence[str]]:
    """The clips of each table by its title."""
    tables: dict[str, Sequence[str]] = {f"{name}, live": [name] for name in names}
    return tables | ({"seated, live": names} if len(names) > 1 else {})


def _figures(found: Found, names: Sequence[str]) -> dict[str, Figures]:
    return {row: figures([found[name][row] for name in names]) for row in found[names[0]]}


def _conditions(found: Found) -> dict[str, str | int]:
    return {
        **machine.describe(),
        "clips": f"{', '.join(found)}, 640×384, {clips.FPS} fps, forward and backward",
        "seconds of each row": session.SECONDS,
        "flicker": "between a picture that came out and the next one that did",
        "pictures": f"in pairs of neighbours, one pair in {session.PAIR_EVERY} frames",
    }


def _window(window: Window) -> dict[str, object]:
    """All of it but how the main thread did, which sent the pictures away at the end."""
    return {name: value for name, value in asdict(window).items() if name != "main_thread"}


def _warn(found: Found) -> None:
    """Say what makes figures worth less."""
    every = {f"{clip}, {row}": each for clip, rows in found.items() for row, each in rows.items()}
    for name, each in every.items():
        unexplained = figures([each]).unexplained or 0.0
        if unexplained > MOST_UNEXPLAINED:
            print(
                f"\n{name}: mixed pixels are {unexplained:.1f} levels off a mix of camera and "
                "plate, so alpha at the edge is not exact."
            )
    warning = machine.warning(each.window.others_cores for each in every.values())
    if warning:
        print(f"\n{warning}")
