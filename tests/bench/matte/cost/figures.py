"""Times as medians and 95th percentiles, for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from tests.bench.matte import report
from tests.bench.matte.cost.stages import STAGES, Times

HEADINGS = {
    "matte": "matte/frame",
    "mask": "learn/mask",
    "composite": "composite/frame",
    "copy": "plain copy",
}


@dataclass(frozen=True)
class Spread:
    """Milliseconds; None where nothing was timed."""

    p50: float | None
    p95: float | None


Figures = Mapping[str, Mapping[str, Mapping[str, Spread]]]
"""By where it ran, the row's name and the stage."""


def figures(times: Mapping[str, Times]) -> dict[str, dict[str, Spread]]:
    """One run's figures, by the row's name and the stage."""
    return {
        row: {stage: spread(stages[stage]) for stage in STAGES} for row, stages in times.items()
    }


def spread(times: Sequence[float]) -> Spread:
    """Median and 95th percentile."""
    if not times:
        return Spread(None, None)
    p50, p95 = np.percentile(times, (50, 95)).tolist()
    return Spread(p50, p95)


def table(title: str, found: Figures) -> str:
    """A Markdown table: a line for each row wherever it ran, a column for each stage."""
    body = [
        [f"{row}, {where}", *(_cell(stages[stage]) for stage in STAGES)]
        for where, rows in found.items()
        for row, stages in rows.items()
    ]
    return report.layout([[title, *(HEADINGS[stage] for stage in STAGES)], *body])


def as_json(found: Figures) -> dict[str, dict[str, dict[str, dict[str, float | None]]]]:
    """The same for machines."""
    return {
        where: {
            row: {stage: asdict(value) for stage, value in stages.items()}
            for row, stages in rows.items()
        }
        for where, rows in found.items()
    }


def _cell(value: Spread) -> str:
    return f"{report.cell(value.p50, 2)} / {report.cell(value.p95, 2)}"
