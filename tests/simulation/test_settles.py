"""The issue's sentences over the grid of machines, and over machines that nobody thought of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyclorama.tuning.budget import BUDGETS
from cyclorama.tuning.controller import Controller
from tests.simulation import loads
from tests.simulation.grid import RUNGS, SECONDS, Case, cases
from tests.simulation.machine import Machine, Run, Simulation
from tests.simulation.outcome import most_changes, worst_share

CHEAPEST = next(rung for rung in reversed(RUNGS) if rung.frame_rate == 30)
"""No other holds a higher rate, on any machine of this model."""


def play(machine: Machine, start: int, seconds: float) -> Run:
    controller = Controller(RUNGS, BUDGETS["balanced"], start)
    return Simulation(machine, RUNGS[start], controller).play(seconds)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.machine.name)
def test_it_settles_and_holds_the_best_rate(case: Case) -> None:
    fixed = [Simulation(case.machine, CHEAPEST).play(SECONDS)]
    for start in (0, len(RUNGS) - 1):
        run = play(case.machine, start, SECONDS)
        assert worst_share(run, fixed, SECONDS, case.steps) >= 0.95
        assert most_changes(run, SECONDS, case.steps) <= 1
        assert all(change.reason for change in run.changes)


machines = st.builds(
    lambda others, **kind: Machine("any", load=loads.constant(others), **kind),
    others=st.floats(0, 3),
    slow=st.floats(0.2, 6),
    cores=st.sampled_from([2, 4, 8]),
    camera_fps=st.sampled_from([15.0, 24.0, 30.0]),
    seed=st.integers(0, 1000),
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(machine=machines, start=st.integers(0, len(RUNGS) - 1))
def test_it_settles_on_any_machine(machine: Machine, start: int) -> None:
    run = play(machine, start, 40)
    assert worst_share(run, [Simulation(machine, CHEAPEST).play(40)], 40, ()) >= 0.95
    assert most_changes(run, 40, ()) <= 1


def test_a_dark_room_is_no_slow_machine() -> None:
    machine = Machine("dark", 1.0, dark=loads.step(1, 0.5, 20_000))
    run = play(machine, 3, 60)
    assert [change for change in run.changes if change.at_ms > 20_000] == []


@pytest.mark.parametrize("stubborn", [False, True])
def test_the_rate_comes_back_after_a_load(*, stubborn: bool) -> None:
    heavy = loads.between(10, 15_000, 30_000)
    run = play(Machine("busy", 3.0, load=heavy, stubborn=stubborn), 3, 60)
    assert min(change.after.frame_rate for change in run.changes) < 30
    assert run.fps(50_000, 60_000) > 29


def test_quality_comes_back_after_a_load() -> None:
    machine = Machine("busy", 1.5, load=loads.between(2, 15_000, 30_000))
    run = play(machine, 3, 80)
    places = [RUNGS.index(change.after) for change in run.changes]
    during = [RUNGS.index(c.after) for c in run.changes if 15_000 < c.at_ms < 30_000]
    assert during
    assert places[-1] < max(during)


def test_the_same_machine_gives_the_same_run() -> None:
    machine = Machine("bursty", 1.8, load=loads.bursts(2, 5), seed=5)
    assert play(machine, 0, 15) == play(machine, 0, 15)


def test_a_quiet_machine_takes_less() -> None:
    machine = Machine("usual", 1.0)
    quiet = Controller(RUNGS, BUDGETS["quiet"], 0)
    Simulation(machine, RUNGS[0], quiet).play(30)
    best = Controller(RUNGS, BUDGETS["best"], 0)
    Simulation(machine, RUNGS[0], best).play(30)
    assert quiet.place > best.place
