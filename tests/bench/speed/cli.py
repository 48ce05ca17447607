"""The command line of the speed figures."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.speed import camera, machine
from tests.bench.speed.browser import BenchError
from tests.bench.speed.session import measure
from tests.bench.speed.subjects import SUBJECTS, overlay
from tests.bench.speed.summary import ratios, summarize
from tests.bench.speed.tables import tables
from tests.bench.speed.window import Window
from tests.harness.site import site
from tools import npm


@dataclass(frozen=True)
class Effort:
    """How long to measure."""

    repeats: int
    seconds: float
    """Of each window."""


FULL = Effort(3, 12)
QUICK = Effort(1, 6)


def main(arguments: Sequence[str]) -> int:
    """Measure, print the tables and return the exit code."""
    options = _parser().parse_args(arguments)
    effort = QUICK if options.quick else FULL
    npm.install()
    with tempfile.TemporaryDirectory(prefix="cyclorama-bench-") as folder:
        clip_name, clip = camera.write(Path(folder))
        try:
            windows = _measure(clip, effort)
        except BenchError as error:
            print(f"bench: {error}", file=sys.stderr)
            return 1
    summary = summarize(windows)
    conditions = {
        **machine.describe(),
        "chromium": windows[0].browser,
        "clip": f"{clip_name}, 640×480, 30 fps",
        **asdict(effort),
    }
    for name, value in conditions.items():
        print(f"{name}: {value}")
    print(f"\n{tables(summary)}")
    warning = machine.warning(window.others_cores for window in windows)
    if warning:
        print(f"\n{warning}")
    if options.json:
        report = {
            "conditions": conditions,
            "ratios": ratios(summary),
            "medians": summary,
            "windows": [asdict(window) for window in windows],
        }
        options.json.write_text(
            json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return 0


def _measure(clip: Path, effort: Effort) -> list[Window]:
    """Every subject in turn, again and again, so that a slow minute meets all of them."""
    windows = []
    turns = [(repeat, subject) for repeat in range(effort.repeats) for subject in SUBJECTS]
    with sync_playwright() as playwright, site() as served:
        served.overlay.update(overlay())
        for number, (repeat, subject) in enumerate(turns, 1):
            print(f"{number} of {len(turns)}: {subject.label}", flush=True)
            windows += measure(
                playwright, served, subject, clip, seconds=effort.seconds, repeat=repeat
            )
    return windows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py bench",
        description=(
            "Measure the product beside the loop that is usually published, each in a visible "
            "and in a really hidden tab, in about eight minutes."
        ),
        epilog="With --matte, the matte is measured instead; --matte --help lists its options.",
    )
    parser.add_argument("--quick", action="store_true", help="one short run, about two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return parser
