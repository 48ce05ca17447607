"""The figures as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tests.bench.matte.report import cell, layout
from tests.bench.speed import machine
from tests.bench.speed.subjects import SUBJECTS
from tests.bench.speed.summary import Figures, Row, Speed

COLUMNS = {
    "fps": ("output.distinct_fps",),
    "held/s": ("output.held_fps",),
    "dropped/s": ("output.dropped_fps",),
    "interval ms": ("output.interval_ms.p50", "output.interval_ms.p95"),
    "longest": ("output.longest_interval_ms",),
    "masks/s": ("masks.per_second",),
    "mask age ms": ("masks.age_ms.p50", "masks.age_ms.p95"),
    "CPU ms/frame": ("browser_ms_per_distinct_frame",),
    "main %": ("main_thread.share",),
    "tasks > 50 ms": ("main_thread.long_tasks",),
    "answers ms": ("main_thread.answer_ms.p50", "main_thread.answer_ms.p95"),
    "start s": ("first_composite_ms",),
    "others": ("others_cores",),
}
"""Names of figures by heading; of two, the second is the 95th percentile."""

SCALE = {"first_composite_ms": 1000}
"""Figures that are shown divided by this."""

LABELS = {subject.name: subject.label for subject in SUBJECTS}


def table(figures: Speed) -> str:
    """The figures of each size, then the stages of a frame, then what makes them worth less."""
    sizes = [
        _table(f"{size}, medians", list(members))
        for size, members in groupby(figures.rows, key=lambda row: row.size)
    ]
    warning = machine.warning(window.others_cores for window in figures.windows)
    return "\n\n".join([*sizes, _stages(figures.rows), *filter(None, [warning])])


def label(row: Row) -> str:
    """What people call it."""
    return LABELS.get(row.subject, row.subject)


def _table(title: str, rows: Sequence[Row]) -> str:
    body = [
        [
            f"{label(row)}, {row.state}",
            *(_cell(row.medians, names) for names in COLUMNS.values()),
            row.adapters.get("input", "–"),
        ]
        for row in rows
    ]
    return layout([[title, *COLUMNS, "input adapter"], *body])


def _stages(rows: Sequence[Row]) -> str:
    """One line for each row: there are other stages in each subject."""
    body = [
        [f"{label(row)}, {row.size}, {row.state}", ", ".join(stages)]
        for row in rows
        if (stages := list(_each_stage(row.medians)))
    ]
    return layout([["stages, medians", "ms p50 / p95"], *body])


def _each_stage(figures: Figures) -> Iterator[str]:
    start, end = "stages_ms.", ".p50"
    for name in figures:
        if name.startswith(start) and name.endswith(end):
            stage = name.removeprefix(start).removesuffix(end)
            yield f"{stage} {_cell(figures, (name, f'{start}{stage}.p95'))}"


def _cell(figures: Figures, names: Sequence[str]) -> str:
    return " / ".join(_number(figures.get(name), SCALE.get(name, 1)) for name in names)


def _number(value: float | None, scale: float) -> str:
    if value is None:
        return "–"
    shown = value / scale
    whole = isinstance(value, int) or shown >= 100 or shown == 0
    return cell(shown, 0 if whole else 1 if shown >= 1 else 2)
