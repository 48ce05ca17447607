"""The command line of the matte's evaluation."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import cv2

from tests.bench.matte import constants, footage, masks, report, rows, scenes, sheet, takes
from tests.bench.matte.cost import figures, node
from tests.bench.matte.cost import run as cost
from tests.bench.matte.play import REALISTIC, ZERO, Result, Schedule, play
from tests.bench.matte.rows import Row
from tests.bench.matte.scenes import Scene

NO_FOOTAGE = 2
"""Exit code where there is nothing to measure on."""

LIVE_OPTIONS = {"live", "only", "row", "json"}
"""The live evaluation has clips, schedule and masks of its own."""

SHEET_OPTIONS = {"sheet", "only", "clip", "stride", "resolution"}
"""A sheet has no rows and no figures."""

QUICK_ASL = ("asl-night", "asl-walk")


def main(arguments: Sequence[str]) -> int:
    """Measure the matte and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.truth and not options.clip:
        parser.error("--truth is the truth of a --clip")
    given = _given(parser, options)
    if options.live and (senseless := given - LIVE_OPTIONS):
        parser.error(f"--live measures dist/ on clips of its own; leave out {_names(senseless)}")
    if options.sheet and (senseless := given - SHEET_OPTIONS):
        parser.error(f"--sheet measures nothing; leave out {_names(senseless)}")
    if options.sheet and not options.sheet.parent.is_dir():
        parser.error(f"--sheet: there is no folder {options.sheet.parent}")
    cv2.setNumThreads(1)  # as in Pyodide
    try:
        if options.live:
            import tests.bench.matte.live.run as live  # needs a browser, which the rest does not

            return live.run(options.only, options.row, options.json)
        if options.sheet:
            _draw(options)
        else:
            _measure(options)
    except (footage.NoFootageError, masks.NoSegmenterError, node.NoPyodideError) as error:
        print(error, file=sys.stderr)
        return NO_FOOTAGE
    return 0


def _given(parser: argparse.ArgumentParser, options: argparse.Namespace) -> set[str]:
    """Names of the options that are not what they are where nobody gives them."""
    return {name for name, value in vars(options).items() if value != parser.get_default(name)}


def _names(options: Iterable[str]) -> str:
    return ", ".join(f"--{name}" for name in sorted(options))


def _settings(options: argparse.Namespace) -> masks.Settings:
    return masks.Settings(stride=options.stride, resolution=options.resolution)


def _measure(options: argparse.Namespace) -> None:
    started = time.monotonic()
    chosen = [scene for scene in _scenes(options) if options.only in scene.name]
    compared = _rows(options)
    schedules = [ZERO, REALISTIC] if options.full else [REALISTIC]
    found: dict[str, object] = {}
    with masks.Segmenter(_settings(options)) as segmenter:
        for schedule in schedules:
            results = {}
            for scene in chosen:
                print(f"{schedule.name}: {scene.name}", file=sys.stderr, flush=True)
                results[scene] = _play(scene, schedule, compared, segmenter)
            if options.constants:
                _print_constants(results)
            else:
                _print(schedule, results)
            found[schedule.name] = {
                scene.name: report.as_json(_summaries([result]))
                for scene, result in results.items()
            }
        if _is_whole(options):
            print("cost: in Pyodide and natively", file=sys.stderr, flush=True)
            found["cost"] = figures.as_json(cost.run(segmenter))
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


def _is_whole(options: argparse.Namespace) -> bool:
    """Whether nothing was left out that the cost belongs to."""
    return not (options.only or options.row or options.clip or options.constants)


def _draw(options: argparse.Namespace) -> None:
    chosen = [scene for scene in _scenes(options) if options.only in scene.name]
    with masks.Segmenter(_settings(options)) as segmenter:
        sheet.write(options.sheet, [takes.take(scene) for scene in chosen if scene.real], segmenter)


def _play(
    scene: Scene, schedule: Schedule, compared: Sequence[Row], segmenter: masks.Segmenter
) -> dict[str, Result]:
    take = takes.take(scene)
    needed = segmenter.masks(take, schedule.indices(len(take)))
    height, width = take.frame(0).shape[:2]
    return play(take, needed, segmenter.settings.grid(width, height), schedule, compared)


def _print_constants(results: dict[Scene, dict[str, Result]]) -> None:
    groups = groupby(results, key=lambda scene: scene.group)
    summaries = {
        group: _summaries([results[scene] for scene in members]) for group, members in groups
    }
    print(constants.table(summaries), flush=True)


def _print(schedule: Schedule, results: dict[Scene, dict[str, Result]]) -> None:
    """A table for each group of scenes, and the robustness clips side by side."""
    for group, members in groupby(results, key=lambda scene: scene.group):
        together = [results[scene] for scene in members]
        print(f"\n{report.table(f'{group}, {schedule.name}', _summaries(together))}")
    robust = {
        scene.name: _summaries([result])
        for scene, result in results.items()
        if scene.group == "robust"
    }
    if robust:
        print(f"\n{report.overview('IoU / MAD', robust)}")
    print(flush=True)


def _summaries(results: Sequence[dict[str, Result]]) -> dict[str, report.Summary]:
    return {name: report.summarize([result[name] for result in results]) for name in results[0]}


def _rows(options: argparse.Namespace) -> Sequence[Row]:
    if options.constants:
        ours, *changed = constants.rows()
        # What the others are told as differences from is always there.
        return [ours, *(row for row in changed if options.row in row.name)]
    asked = [row for row in rows.ROWS if row.quick or options.full or options.row]
    return [row for row in asked if options.row in row.name]


def _scenes(options: argparse.Namespace) -> Sequence[Scene]:
    if options.clip:
        for path in filter(None, (options.clip, options.truth)):
            if not path.is_file():
                raise footage.NoFootageError(f"There is no file {path}; give another.")
        name = f"own {options.clip.stem}"
        return [scenes.filmed(name, "own footage", options.clip, options.truth)]
    if not footage.TRUTH.is_file():
        raise footage.NoFootageError(
            f"The evaluation's footage is not in {footage.CLIPS}; "
            "give your own with --clip PATH and, where there is one, --truth PATH."
        )
    asl = sorted(footage.CLIPS.glob("asl-*.mp4"))
    if options.constants:
        # One of each group: there are many rows.
        return [
            scenes.talk("office"),
            scenes.moving("office"),
            scenes.sway("office"),
            *(scenes.filmed(path.stem, "asl", path) for path in asl if path.stem in QUICK_ASL),
        ]
    everything = options.full or options.only or options.sheet
    return [
        scenes.talk("office"),
        scenes.talk("livingroom"),
        scenes.moving("office"),
        *([scenes.moving("livingroom")] if everything else []),
        scenes.light("office"),
        scenes.window("office"),
        scenes.sway("office"),
        scenes.second("office"),
        scenes.bump("office"),
        *(
            scenes.filmed(path.stem, "asl", path)
            for path in asl
            if everything or path.stem in QUICK_ASL
        ),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py bench --matte",
        description=(
            "Hold the matte against true mattes: IoU at one half with its 5th percentile, F1 of "
            "the boundary within 2 and 4 pixels, mean absolute difference (MAD), change that is "
            "not in the truth (flicker), alpha farther than 8 pixels outside (leak) and lacking "
            "farther than 8 pixels inside (miss), all in percent. Times are native; at the end the "
            "steps of the dial are timed in Pyodide, under Node, unless clips or rows are chosen."
        ),
        epilog=(
            "With --live, the built product and the usual loop run in a browser over a green "
            "plate, and each picture that comes out is held against the truth of the frame that it "
            "shows, in about three minutes. Of the other options, --only, --row and --json go with "
            "it. Added are distinct frames (fps) and masks per second, the age of the masks in ms, "
            "the pictures looked at, and in percent those whose barcode could be read and those "
            "scored."
        ),
    )
    parser.add_argument(
        "--live", action="store_true", help="measure in a browser, visible and hidden; see below"
    )
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument(
        "--quick", action="store_true", help="realistic schedule, some clips and rows (default)"
    )
    extent.add_argument("--full", action="store_true", help="both schedules, every clip and row")
    extent.add_argument(
        "--constants",
        action="store_true",
        help="what changes with each constant of the matte, on fewer clips; ten minutes",
    )
    extent.add_argument(
        "--sheet",
        type=Path,
        metavar="FILE",
        help="no figures: draw a contact sheet of the asl clips, or of --clip, as a JPEG",
    )
    parser.add_argument("--only", metavar="TEXT", default="", help="clips whose name holds this")
    parser.add_argument("--row", metavar="TEXT", default="", help="rows whose name holds this")
    parser.add_argument("--clip", type=Path, metavar="PATH", help="a video of your own")
    parser.add_argument("--truth", type=Path, metavar="PATH", help="video of its true matte")
    parser.add_argument("--stride", type=int, default=16, help="of BodyPix (%(default)s)")
    parser.add_argument(
        "--resolution",
        type=float,
        default=0.475,
        help="share of the frame's size at which BodyPix looks (%(default)s)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of each clip")
    return parser
