"""Medians over the runs, and ratios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from tests.bench.speed.subjects import CAMERA, OURS
from tests.bench.speed.window import Window

Figures = dict[str, float | None]
"""Figures by dotted name, for example `output.distinct_fps`; None where there is none."""


@dataclass(frozen=True)
class Row:
    """A subject before a camera of some size, in one state of its page."""

    subject: str
    size: str
    state: str
    adapters: dict[str, str]
    """How its frames pass from thread to thread."""
    medians: Figures
    """Over the runs."""


@dataclass(frozen=True)
class Speed:
    """What was measured."""

    rows: list[Row]
    """In the order in which they were first measured."""
    windows: list[Window]


@dataclass(frozen=True)
class Compared:
    """A figure of which ours is divided by another's."""

    label: str
    figure: str
    inverse: bool = False
    """Of a rate the inverse is compared, so that of every ratio less is better."""


OF_FRAMES = (
    Compared("time per distinct frame", "output.distinct_fps", inverse=True),
    Compared("frame interval p95", "output.interval_ms.p95"),
    Compared("CPU per distinct frame", "browser_ms_per_distinct_frame"),
)

OF_WORK = (
    Compared("mask age p95", "masks.age_ms.p95"),
    Compared("main thread", "main_thread.share"),
    Compared("answer p95", "main_thread.answer_ms.p95"),
)
"""What says nothing beside a camera to which nothing is done."""

OF_START = (Compared("first composite", "first_composite_ms"),)
"""Likewise, and the same whether the page is hidden later."""


def summarize(windows: list[Window]) -> Speed:
    """Medians over the runs of each case in each state."""
    runs: dict[tuple[str, str, str], list[Window]] = {}
    for window in windows:
        runs.setdefault((window.subject, window.size, window.state), []).append(window)
    rows = [
        Row(*of, each[0].adapters, _medians([_flat(asdict(window)) for window in each]))
        for of, each in runs.items()
    ]
    return Speed(rows, windows)


def ratios(figures: Speed) -> dict[str, float]:
    """Ours divided by each other's, by name; less is better."""
    ours = {(row.size, row.state): row for row in figures.rows if row.subject == OURS.name}
    return {
        name: ratio
        for row in figures.rows
        if row.subject != OURS.name and (row.size, row.state) in ours
        for name, ratio in _ratios(ours[row.size, row.state], row)
    }


def _ratios(ours: Row, theirs: Row) -> Iterator[tuple[str, float]]:
    works = theirs.subject != CAMERA.name
    of_work = OF_WORK if works else ()
    of_start = OF_START if works and ours.state == "visible" else ()
    for compared in (*OF_FRAMES, *of_work, *of_start):
        above, below = ours.medians.get(compared.figure), theirs.medians.get(compared.figure)
        if compared.inverse:
            above, below = below, above
        if above is not None and below:
            where = f"ours ÷ {theirs.subject}, {ours.size} {ours.state}"
            yield f"{where}: {compared.label}", above / below


def _flat(values: Mapping[str, object], prefix: str = "") -> Figures:
    """The numbers of nested dictionaries by dotted name."""
    figures: Figures = {}
    for name, value in values.items():
        if isinstance(value, dict):
            figures |= _flat(value, f"{prefix}{name}.")
        elif value is None or isinstance(value, int | float):
            figures[prefix + name] = value
    return figures


def _medians(runs: Sequence[Figures]) -> Figures:
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: _median([run.get(name) for run in runs]) for name in names}


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
