"""The command line of the benchmark of record."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.bench import baseline, ratios
from tests.bench.effort import FULL, QUICK, Effort
from tests.bench.parts import PARTS
from tests.bench.speed import camera, machine
from tests.bench.speed.browser import BenchError
from tools import npm

FAILED, WORSE = 1, 1
"""Exit codes."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print ratios and tables, and return the exit code."""
    options = _parser().parse_args(arguments)
    effort = replace(QUICK if _quick(options) else FULL, row=options.row)
    names = [name for name in PARTS if options.only in name]
    npm.install()
    try:
        found = {name: _measure(name, effort) for name in names}
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return FAILED
    compared = {name: dict(PARTS[name].ratios(figures)) for name, figures in found.items()}
    conditions = _conditions(effort)
    for condition, value in conditions.items():
        print(f"{condition}: {value}")
    for name, each in compared.items():
        if each:
            print(f"\n{ratios.table(f'{name}: less is better', each)}")
    for name, figures in found.items():
        if text := PARTS[name].table(figures):
            print(f"\n## {name}\n\n{text}")
    if options.json:
        report = {
            "conditions": conditions,
            "ratios": compared,
            "figures": found,
        }
        text = json.dumps(report, indent=1, ensure_ascii=False, default=asdict)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    if options.write_baseline:
        baseline.write(baseline.FILE, baseline.renewed(baseline.read(baseline.FILE), compared))
    return _check(compared) if options.check else 0


def _measure(name: str, effort: Effort) -> Any:
    print(f"== {name}", file=sys.stderr, flush=True)
    started = time.monotonic()
    figures = PARTS[name].measure(effort)
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return figures


def _check(compared: dict[str, dict[str, float]]) -> int:
    """Say what got worse than the baseline; gives the exit code."""
    expected = baseline.read(baseline.FILE)
    worse, unknown = baseline.worse(expected, compared), baseline.unknown(expected, compared)
    count = sum(map(len, compared.values())) - len(unknown)
    print(f"\n{len(worse)} of {count} ratios got worse than {baseline.FILE.name} says.")
    print("\n".join(worse))
    if unknown:
        print(f"It does not know these: {'; '.join(unknown)}.")
    return WORSE if worse else 0


def _conditions(effort: Effort) -> dict[str, str | int | float]:
    return {
        **machine.describe(),
        "camera": f"{camera.name()}, 30 fps",
        "runs": effort.repeats,
        "seconds of each": effort.seconds,
    }


def _quick(options: argparse.Namespace) -> bool:
    return bool(options.quick or (options.check and not options.full))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py bench",
        description=(
            "Measure the product beside the loop that is usually published and other libraries, "
            "each in a visible and in a really hidden tab, in about forty minutes."
        ),
        epilog="With --matte, the matte is measured instead; --matte --help lists its options.",
    )
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--full", action="store_true", help="everything, three times (default)")
    extent.add_argument(
        "--quick",
        action="store_true",
        help="the product and the usual loop at 640×480, once, in three minutes",
    )
    parser.add_argument(
        "--only",
        metavar="TEXT",
        default="",
        help=f"parts whose name holds this, of {', '.join(PARTS)}",
    )
    parser.add_argument("--row", metavar="TEXT", default="", help="rows whose name holds this")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    parser.add_argument(
        "--check",
        action="store_true",
        help="hold the ratios against the committed ones, quickly where not --full is said too",
    )
    parser.add_argument(
        "--write-baseline", action="store_true", help="commit to the ratios that are found"
    )
    return parser
