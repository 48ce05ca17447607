"""The figures as text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bench.speed.subjects import OURS, RIVALS, SUBJECTS, Subject
from tests.bench.speed.summary import COMPARED, STATES, Figures, Summary, ratios

LABEL, CELL = 46, 13
"""Characters; widths of the columns."""

Rows = Mapping[str, tuple[str, ...]]
"""Names of figures by label."""

ROWS = {
    "distinct frames per second": ("output.distinct_fps",),
    "repeated frames per second": ("output.repeated_fps",),
    "between distinct frames, ms, p50 / p95": ("output.interval_ms.p50", "output.interval_ms.p95"),
    "longest without a new frame, ms": ("output.longest_interval_ms",),
    "masks per second": ("masks_per_second",),
    "mask age, ms, p50 / p95": ("mask_age_ms.p50", "mask_age_ms.p95"),
    "browser's CPU per distinct frame, ms": ("browser_ms_per_distinct_frame",),
    "main thread's CPU per second, ms": ("main_thread.cpu_ms_per_second",),
    "main thread answers after ms, p95": ("main_thread.answer_ms.p95",),
    "main thread answers after ms, longest": ("main_thread.longest_answer_ms",),
    "main thread's tasks over 50 ms, number": ("main_thread.long_tasks",),
    "main thread's longest task, 0 is under 50 ms": ("main_thread.longest_task_ms",),
    "first composite after ms": ("first_composite_ms",),
    "cores busy with something else": ("others_cores",),
}


def tables(summary: Summary) -> str:
    """Ratios first, then the figures, then the stages of a frame."""
    compared = {label: (name,) for name, label in COMPARED.items()}
    blocks = [
        _table(f"{OURS.label} divided by", RIVALS, compared, ratios(summary)),
        _table("Medians over the runs", SUBJECTS, ROWS, summary),
        *(_table("Stages, ms, p50 / p95", [each], _stages(summary[each.name]), summary)
          for each in SUBJECTS),
    ]  # fmt: skip
    return "\n\n".join(blocks)


def _table(title: str, subjects: Sequence[Subject], rows: Rows, summary: Summary) -> str:
    columns = [summary[subject.name][state] for subject in subjects for state in STATES]
    lines = [
        title.ljust(LABEL) + "".join(each.label.rjust(2 * CELL) for each in subjects),
        " " * LABEL + "".join(state.rjust(CELL) for _ in subjects for state in STATES),
    ]
    for label, names in rows.items():
        cells = [" / ".join(_number(column, name) for name in names) for column in columns]
        lines.append(label.ljust(LABEL) + "".join(cell.rjust(CELL) for cell in cells))
    return "\n".join(lines)


def _stages(states: dict[str, Figures]) -> Rows:
    start, end = "stages_ms.", ".p50"
    names = [name for name in states[STATES[0]] if name.startswith(start) and name.endswith(end)]
    stages = [name.removeprefix(start).removesuffix(end) for name in names]
    return {stage: (f"{start}{stage}.p50", f"{start}{stage}.p95") for stage in stages}


def _number(figures: Figures, name: str) -> str:
    value = figures.get(name)
    if value is None:
        return "–"
    return (
        f"{value:.0f}"
        if value >= 100 or value == 0
        else f"{value:.1f}"
        if value >= 1
        else f"{value:.2f}"
    )
