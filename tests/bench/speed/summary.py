"""Medians over the runs, and ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import median

from tests.bench.speed.subjects import OURS, RIVALS, SUBJECTS
from tests.bench.speed.window import Window

STATES = ("visible", "hidden")

Figures = dict[str, float | None]
"""Figures by dotted name, for example `output.distinct_fps`; None where there is none."""

Summary = dict[str, dict[str, Figures]]
"""Figures by subject and state."""

COMPARED = {
    "output.distinct_fps": "distinct frames per second",
    "masks_per_second": "masks per second",
    "mask_age_ms.p50": "mask age, p50",
    "browser_ms_per_distinct_frame": "browser's CPU per distinct frame",
    "main_thread.cpu_ms_per_second": "main thread's CPU",
    "main_thread.longest_answer_ms": "main thread's longest answer",
    "first_composite_ms": "time to the first composite",
}
"""Figures whose ratios say something, with their labels."""


def summarize(windows: Sequence[Window]) -> Summary:
    """Medians over the runs."""
    flat = [(window.subject, window.state, _flat(asdict(window))) for window in windows]
    return {
        subject.name: {
            state: _medians([each for *of, each in flat if of == [subject.name, state]])
            for state in STATES
        }
        for subject in SUBJECTS
    }


def ratios(summary: Summary) -> Summary:
    """Ours divided by each rival's."""
    return {
        rival.name: {
            state: {name: _ratio(summary[OURS.name][state], figures, name) for name in COMPARED}
            for state, figures in summary[rival.name].items()
        }
        for rival in RIVALS
    }


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


def _ratio(ours: Figures, theirs: Figures, name: str) -> float | None:
    numerator, denominator = ours.get(name), theirs.get(name)
    return numerator / denominator if numerator is not None and denominator else None
