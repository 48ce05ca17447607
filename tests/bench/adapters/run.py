"""The product as it chooses its input adapter, and where it has no choice."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from tests.bench.effort import Effort
from tests.bench.speed import tables
from tests.bench.speed.camera import HD, VGA
from tests.bench.speed.run import measure_cases
from tests.bench.speed.subjects import OURS, Case
from tests.bench.speed.summary import Speed

INPUTS = ("any", "ImageBitmap")


def measure(effort: Effort) -> Speed:
    """Measure the product with each, once, where everything is to be measured.

    Raises:
        BenchError: a page failed, or was not in the state in which it should be.
    """
    chosen = [
        Case(replace(OURS.at(input=name), name=f"ours by {name}"), size)
        for size, name in product((VGA, HD), INPUTS)
        if effort.full
    ]
    return measure_cases(
        [case for case in chosen if effort.row in case.name], repeats=1, seconds=effort.seconds
    )


def table(figures: Speed) -> str:
    """The figures as text for people; its last column is the adapter that really was at work."""
    return tables.table(figures) if figures.rows else ""


def ratios(figures: Speed) -> dict[str, float]:
    """None: which adapter is best differs from machine to machine."""
    return {}
