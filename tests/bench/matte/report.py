"""What was found, as tables for people and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from tests.bench.matte.play import Result


@dataclass(frozen=True)
class Summary:
    """One method on one or more takes. All in percent but the times; None where unknown."""

    iou: float | None
    iou_p5: float | None
    f1_2px: float | None
    f1_4px: float | None
    mad: float | None
    flicker: float | None
    leak: float | None
    miss: float | None
    still_changed: float | None
    """Of the still pixels, those whose alpha changes from frame to frame."""
    still: float | None
    """Still pixels, of all."""
    missing: int
    """Frames without an alpha."""
    frame_ms: float | None
    mask_ms: float | None
    """Medians, native, with bringing alpha to full size."""


Summaries = Mapping[str, Summary]
"""By the name of the row."""

COLUMNS = {
    "iou": ("IoU", 1),
    "iou_p5": ("p5", 1),
    "f1_2px": ("F1 2px", 1),
    "f1_4px": ("F1 4px", 1),
    "mad": ("MAD", 2),
    "flicker": ("flicker", 2),
    "leak": ("leak", 2),
    "miss": ("miss", 2),
    "still_changed": ("still changed", 3),
    "still": ("still", 1),
    "missing": ("none", 0),
    "frame_ms": ("ms/frame", 1),
    "mask_ms": ("ms/mask", 1),
}
"""Heading and decimals of each field of `Summary`."""


def summarize(results: Sequence[Result]) -> Summary:
    """Put one method's results on some takes together, every frame counting once."""
    scores = [score for result in results for score in result.scores]
    ious = [score.iou for score in scores if score.iou is not None]
    changed = sum(result.changed for result in results)
    still = sum(result.still for result in results)
    compared = sum(result.compared for result in results)
    return Summary(
        iou=_percent(ious),
        iou_p5=float(np.percentile(ious, 5)) * 100 if ious else None,
        f1_2px=_percent([score.f1_2px for score in scores if score.f1_2px is not None]),
        f1_4px=_percent([score.f1_4px for score in scores if score.f1_4px is not None]),
        mad=_percent([score.mad for score in scores]),
        flicker=_percent([value for result in results for value in result.flicker]),
        leak=_percent([score.leak for score in scores]),
        miss=_percent([score.miss for score in scores]),
        still_changed=100 * changed / still if still else None,
        still=100 * still / compared if compared else None,
        missing=sum(result.missing for result in results),
        frame_ms=_median([value for result in results for value in result.frame_ms]),
        mask_ms=_median([value for result in results for value in result.mask_ms]),
    )


def table(title: str, rows: Summaries) -> str:
    """A table of all that is known, in Markdown with its columns aligned."""
    known = [
        (name, *column)
        for name, column in COLUMNS.items()
        if any(getattr(row, name) for row in rows.values())
    ]
    body = [
        [row, *(cell(getattr(summary, name), digits) for name, _, digits in known)]
        for row, summary in rows.items()
    ]
    return layout([[title, *(heading for _, heading, _ in known)], *body])


def overview(title: str, scenes: Mapping[str, Summaries]) -> str:
    """A table of IoU and MAD, a scene a column."""
    names = list(next(iter(scenes.values())))
    body = [
        [name, *(f"{cell(s[name].iou, 1)} / {cell(s[name].mad, 2)}" for s in scenes.values())]
        for name in names
    ]
    return layout([[title, *scenes], *body])


def as_json(summaries: Summaries) -> dict[str, dict[str, float | None]]:
    """The same for machines."""
    return {name: asdict(summary) for name, summary in summaries.items()}


def layout(rows: Sequence[Sequence[str]]) -> str:
    """Lines of cells as a Markdown table with its columns aligned; the first are headings."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = [f"{'-' * widths[0]}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return "\n".join(
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in [rows[0], rule, *rows[1:]]
    )


def cell(value: float | None, digits: int) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def _percent(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) * 100 if values else None


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None
