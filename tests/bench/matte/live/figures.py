"""The figures of a row, as a table for people and for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from tests.bench.matte import report
from tests.bench.matte.live.score import Scored
from tests.bench.speed.window import Window

MEASURES = ("iou", "iou_p5", "f1_2px", "f1_4px", "mad", "flicker", "leak", "miss")
"""Those of the fields of `report.Summary` that can be known here."""


@dataclass(frozen=True)
class Measured:
    """A row before one clip."""

    window: Window
    scored: Scored


@dataclass(frozen=True)
class Figures:
    """A row before one or more clips. What is not of single pictures is the mean over the clips."""

    distinct_fps: float
    masks_per_second: float
    mask_age_p50_ms: float
    mask_age_p95_ms: float
    read: float
    """Percent of the pictures whose barcode could be read."""
    scored: float
    """Percent of the pictures that show a frame of the camera, and so could be scored."""
    pictures: int
    unexplained: float | None
    """Levels; see `readback.unexplained`."""
    others_cores: float | None
    """Most cores that worked for somebody else meanwhile."""
    matte: dict[str, float | None]
    """MEASURES, in percent. Flicker is from one picture of the output to the next."""


Rows = Mapping[str, Figures]
"""By the name of the row."""

COLUMNS = {
    "distinct_fps": ("fps", 1),
    "masks_per_second": ("masks/s", 1),
    "mask_age_p50_ms": ("age p50", 0),
    "mask_age_p95_ms": ("age p95", 0),
    "pictures": ("pictures", 0),
    "read": ("read", 1),
    "scored": ("scored", 1),
}
"""Heading and decimals; the columns of MEASURES come behind."""


def figures(measured: Sequence[Measured]) -> Figures:
    """Put one row's measurements before some clips together."""
    windows = [each.window for each in measured]
    masks = [window.masks for window in windows if window.masks]
    scored = [each.scored for each in measured]
    pictures = sum(each.pictures for each in scored)
    summary = report.summarize([each.result for each in scored])
    unexplained = [level for each in scored for level in each.unexplained]
    others = [window.others_cores for window in windows if window.others_cores is not None]
    return Figures(
        distinct_fps=fmean(window.output.distinct_fps for window in windows),
        masks_per_second=fmean(each.per_second for each in masks),
        mask_age_p50_ms=fmean(each.age_ms.p50 for each in masks),
        mask_age_p95_ms=fmean(each.age_ms.p95 for each in masks),
        read=_percent(sum(each.read for each in scored), pictures),
        scored=_percent(sum(len(each.result.scores) for each in scored), pictures),
        pictures=pictures,
        unexplained=fmean(unexplained) if unexplained else None,
        others_cores=max(others, default=None),
        matte={name: getattr(summary, name) for name in MEASURES},
    )


def table(title: str, rows: Rows) -> str:
    """In Markdown with its columns aligned."""
    headings = [heading for heading, _ in COLUMNS.values()]
    headings += [report.COLUMNS[name][0] for name in MEASURES]
    body = [
        [
            name,
            *(report.cell(getattr(row, field), digits) for field, (_, digits) in COLUMNS.items()),
            *(report.cell(row.matte[field], report.COLUMNS[field][1]) for field in MEASURES),
        ]
        for name, row in rows.items()
    ]
    return report.layout([[title, *headings], *body])


def as_json(rows: Rows) -> dict[str, dict[str, object]]:
    """The same and more."""
    return {name: asdict(row) for name, row in rows.items()}


def _percent(some: int, of: int) -> float:
    return 100 * some / of if of else 0.0
