"""Medians and 95th percentiles of all frames, as tables and as ratios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.matte.cost import figures as cost
from tests.bench.matte.cost.figures import Spread
from tests.bench.matte.cost.stages import Times
from tests.bench.matte.report import cell, layout

USUAL, LARGE, ROOMY = "640×480", "1280×720", "1280×480"
"""Scenes; the last is the first with twice the area at the same edge."""

PYODIDE, NATIVE = "Pyodide", "native"


@dataclass(frozen=True)
class Figures:
    """Python's stages beside what limits them."""

    clip: str
    """Name of what was played."""
    stages_ms: dict[str, dict[str, dict[str, Spread]]]
    """By `Pyodide` or `native`, the row's name and the stage."""
    article_ms: dict[str, Spread]
    """The article's whole composite step, by the camera's size, beside Pyodide in the same run."""


def name(size: str, plate: str) -> str:
    """A row's name."""
    return f"{size}, {plate}"


def figures(
    clip: str,
    pyodide: Mapping[str, Times],
    native: Mapping[str, Times],
    article: Mapping[str, list[float]],
) -> Figures:
    """What is made of the times, the warm-up left out."""
    return Figures(
        clip,
        {PYODIDE: cost.figures(pyodide), NATIVE: cost.figures(native)},
        {size: cost.spread(times) for size, times in article.items()},
    )


def table(found: Figures) -> str:
    """Python's stages, then the article's."""
    article = [
        [size, f"{cell(each.p50, 2)} / {cell(each.p95, 2)}"]
        for size, each in found.article_ms.items()
    ]
    return "\n\n".join(
        [
            cost.table(f"{found.clip}, ms p50 / p95", found.stages_ms),
            layout([["ms p50 / p95", "article's composite step"], *article]),
        ]
    )


def ratios(found: Figures) -> dict[str, float]:
    """Of medians in Pyodide: to the article's step, to a copy of the frame, and to each other."""
    rows = found.stages_ms[PYODIDE]

    def ms(size: str, stage: str, plate: str = "image") -> float:
        return _known(rows[name(size, plate)][stage])

    result = {}
    for size, step in found.article_ms.items():
        for stage in ("composite", "matte", "mask"):
            result[f"{stage} ÷ article's composite step: {size}"] = ms(size, stage) / _known(step)
        result[f"composite ÷ copy of the frame: {size}"] = ms(size, "composite") / ms(size, "copy")
        result[f"composite, blur ÷ image: {size}"] = ms(size, "composite", "blur") / ms(
            size, "composite"
        )
    result["composite, twice the area at the same edge ÷ once"] = ms(ROOMY, "composite") / ms(
        USUAL, "composite"
    )
    return result


def _known(spread: Spread) -> float:
    if spread.p50 is None:
        raise ValueError("a stage that was never timed has no ratio")
    return spread.p50
