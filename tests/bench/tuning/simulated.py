"""Simulated on CPython: no browser, and no figure depends on the machine that it runs on."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from cyclorama.tuning.budget import BUDGETS
from cyclorama.tuning.controller import Controller
from cyclorama.tuning.ladder import DEFAULT, nearest
from tests.bench.matte.report import layout
from tests.bench.ratios import Ratios
from tests.simulation.grid import RUNGS, SECONDS, Case, cases
from tests.simulation.machine import Run, Simulation
from tests.simulation.outcome import SETTLED_S, most_changes, worst_share

AUTOMATIC, PEERS = "automatic", "skip frames"


@dataclass(frozen=True)
class Outcome:
    """Of one way to work on one machine."""

    fps: float
    """Once settled."""
    worst: float
    """Share of the best rate of any fixed rung, in the worst ten seconds of steady load."""
    age_ms: float
    """Mean age of the mask on a frame."""
    changes: int
    """The most in any twenty seconds of steady load."""


Figures = dict[str, dict[str, Outcome]]
"""By machine and way."""


def measure(row: str) -> Figures:
    """Play every way on every machine whose name holds this."""
    return {case.machine.name: _play(case) for case in cases() if row in case.machine.name}


def table(figures: Figures) -> str:
    """Frames per second and worst share of each way, and what a change costs."""
    rows = [["machine", AUTOMATIC, "changes", "mask age", *_fixed(), PEERS]]
    for machine, ways in figures.items():
        ours = ways[AUTOMATIC]
        others = [ways[way] for way in (*_fixed(), PEERS)]
        rows.append(
            [
                machine,
                _cell(ours),
                str(ours.changes),
                f"{ours.age_ms:.0f} ms",
                *(_cell(other) for other in others),
            ]
        )
    legend = "\n".join(f"{_name(place)}: {rung}" for place, rung in enumerate(RUNGS))
    told = "Frames per second, and the worst ten seconds' share of the best fixed rung's rate."
    return f"{layout(rows)}\n\n{told}\n\n{legend}"


def ratios(figures: Figures) -> Ratios:
    """The best fixed rung's frames to ours, in the worst ten seconds of any machine."""
    worst = {machine: ways[AUTOMATIC].worst for machine, ways in figures.items()}
    return {"best fixed rung's rate to ours, worst of all machines": 1 / min(worst.values())}


def _play(case: Case) -> dict[str, Outcome]:
    fixed = {
        _name(place): Simulation(case.machine, rung).play(SECONDS)
        for place, rung in enumerate(RUNGS)
    }
    start = nearest(RUNGS, DEFAULT)
    controller = Controller(RUNGS, BUDGETS["balanced"], start)
    ours = Simulation(case.machine, RUNGS[start], controller).play(SECONDS)
    peers = Simulation(case.machine, RUNGS[start]).skip(SECONDS)
    ways = {AUTOMATIC: ours, **fixed, PEERS: peers}
    best = list(fixed.values())
    return {way: _outcome(case, run, best) for way, run in ways.items()}


def _outcome(case: Case, run: Run, fixed: list[Run]) -> Outcome:
    return Outcome(
        fps=run.fps(1000 * SETTLED_S, 1000 * SECONDS),
        worst=worst_share(run, fixed, SECONDS, case.steps),
        age_ms=fmean(run.ages) if run.ages else 0.0,
        changes=most_changes(run, SECONDS, case.steps),
    )


def _fixed() -> list[str]:
    return [_name(place) for place in range(len(RUNGS))]


def _name(place: int) -> str:
    return f"rung {place + 1}"


def _cell(outcome: Outcome) -> str:
    return f"{outcome.fps:.1f} ({100 * outcome.worst:.0f} %)"
