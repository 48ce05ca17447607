"""Machines are simulated, on CPython; with `--full`, this one is loaded for real."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.effort import Effort
from tests.bench.ratios import Ratios

from . import live, simulated


@dataclass(frozen=True)
class Figures:
    """Of all ways."""

    simulated: simulated.Figures
    live: live.Figures
    """Empty where it was not asked for."""


def measure(effort: Effort) -> Figures:
    """Play every way on every machine; `effort.row` picks simulated machines by name."""
    return Figures(simulated.measure(effort.row), live.measure() if effort.full else {})


def table(figures: Figures) -> str:
    """What each way holds."""
    tables = [simulated.table(figures.simulated)]
    if figures.live:
        tables.append(live.table(figures.live))
    return "\n\n".join(tables)


def ratios(figures: Figures) -> Ratios:
    """Of the simulation, which is the same on every machine."""
    return simulated.ratios(figures.simulated)
