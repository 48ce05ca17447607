"""The command line of the benchmark of record."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.bench import baseline, ratios
from tests.bench.effort import FULL, QUICK, Effort
from tests.bench.matte.footage import NoFootageError
from tests.bench.parts import PARTS
from tests.bench.ratios import Ratios
from tests.bench.speed import camera, machine
from tests.bench.speed.browser import BenchError
from tools import npm


def main(arguments: Sequence[str]) -> int:
    """Measure, print ratios and tables, and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    effort = replace(QUICK if _quick(options) else FULL, row=options.row)
    if options.repeats is not None:
        effort = replace(effort, repeats=options.repeats)
    if options.minutes is not None:
        effort = replace(effort, minutes=options.minutes)
    names = [name for name in PARTS if options.only in name]
    if not names:
        parser.error(f"--only: there is no such part; there are {', '.join(PARTS)}")
    npm.install()
    found, failed = _measure(names, effort)
    compared = {name: dict(PARTS[name].ratios(figures)) for name, figures in found.items()}
    conditions = _conditions(effort)
    _print(conditions, compared, found)
    if options.json:
        report = {"conditions": conditions, "ratios": compared, "figures": found}
        text = json.dumps(report, indent=1, ensure_ascii=False, default=asdict)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    if options.write_baseline:
        baseline.write(baseline.FILE, baseline.renewed(baseline.read(baseline.FILE), compared))
    worse = _check(compared) if options.check else []
    return 1 if failed or worse else 0


def _measure(names: Sequence[str], effort: Effort) -> tuple[dict[str, Any], list[str]]:
    """The figures of each part, and the names of those that failed: others took long to measure."""
    found: dict[str, Any] = {}
    failed = []
    for name in names:
        print(f"== {name}", file=sys.stderr, flush=True)
        started = time.monotonic()
        try:
            found[name] = PARTS[name].measure(effort)
        except (BenchError, NoFootageError) as error:
            failed.append(name)
            print(f"bench: {name}: {error}", file=sys.stderr)
        print(f"{time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return found, failed


def _print(
    conditions: Mapping[str, object], compared: Mapping[str, Ratios], found: Mapping[str, Any]
) -> None:
    for condition, value in conditions.items():
        print(f"{condition}: {value}")
    for name, each in compared.items():
        if each:
            print(f"\n{ratios.table(f'{name}: less is better', each)}")
    for name, figures in found.items():
        if text := PARTS[name].table(figures):
            print(f"\n## {name}\n\n{text}")


def _check(compared: Mapping[str, Ratios]) -> list[str]:
    """Say what got worse than the baseline; gives the same."""
    expected = baseline.read(baseline.FILE)
    worse, unknown = baseline.worse(expected, compared), baseline.unknown(expected, compared)
    count = sum(map(len, compared.values())) - len(unknown)
    print(f"\n{len(worse)} of {count} ratios got worse than {baseline.FILE.name} says.")
    print("\n".join(worse))
    if unknown:
        print(f"It does not know these: {'; '.join(unknown)}.")
    return worse


def _conditions(effort: Effort) -> dict[str, str | int | float]:
    return {
        **machine.describe(),
        "camera": f"{camera.name()}, 30 fps",
        "runs": effort.repeats,
        "seconds of each": effort.seconds,
        "minutes of the call": effort.minutes,
    }


def _quick(options: argparse.Namespace) -> bool:
    return bool(options.quick or (options.check and not options.full))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py bench",
        description=(
            "Measure the product beside the loop that is usually published and other libraries, "
            "each in a visible and in a really hidden tab, in about an hour."
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
        "--repeats",
        metavar="N",
        type=int,
        choices=range(1, 10),
        help="how often, where three times takes too long",
    )
    parser.add_argument(
        "--minutes",
        metavar="N",
        type=float,
        help=f"how long the call is hidden, {FULL.minutes:g} unless it is said or with --quick",
    )
    parser.add_argument(
        "--only",
        metavar="TEXT",
        default="",
        help=f"parts whose name holds this, of {', '.join(PARTS)}",
    )
    parser.add_argument("--row", metavar="TEXT", default="", help="rows whose name holds this")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    held = parser.add_mutually_exclusive_group()
    held.add_argument(
        "--check",
        action="store_true",
        help="hold the ratios against the committed ones, quickly where not --full is said too",
    )
    held.add_argument(
        "--write-baseline",
        action="store_true",
        help="put the ratios that are found into the file that is committed",
    )
    return parser
