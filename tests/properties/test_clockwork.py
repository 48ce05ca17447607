"""What keeps the time: clocks that jump, cameras that go back, settings beyond their limits."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclorama.awaited import Awaited
from cyclorama.meter import Meter
from cyclorama.scheduler import RETRY_MAX_MS, Scheduler
from cyclorama.trial import Trial
from tests.harness.arbitrary import NUMBERS, TIMESTAMPS

TIMES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20)
"""Milliseconds of a clock that may jump."""


@given(
    rate=st.floats(1, 60),
    calls=st.lists(
        st.tuples(st.sampled_from("frmp"), st.floats(-1e6, 1e6), TIMESTAMPS, st.booleans())
    ),
)
def test_whatever_happens_the_next_pull_is_soon(
    rate: float, calls: list[tuple[str, float, int, bool]]
) -> None:
    scheduler = Scheduler(rate)
    for call, now_ms, timestamp, flag in calls:
        match call:
            case "f":
                scheduler.frame(now_ms, timestamp, mask=flag, slide=not flag)
            case "r":
                scheduler.repeat(now_ms)
            case "m":
                scheduler.mask(now_ms)
        plan = scheduler.plan(now_ms)
        assert 0 <= plan.delay_ms <= max(1000 / rate, RETRY_MAX_MS)
        assert scheduler.dropped >= 0


@given(rate=NUMBERS.filter(lambda number: not 1 <= number <= 60))
def test_another_rate_is_refused_by_its_name(rate: float) -> None:
    with pytest.raises(ValueError, match="frame rate"):
        Scheduler(rate)


@given(times=TIMES)
def test_what_is_awaited_is_given_up_in_time(times: list[float]) -> None:
    awaited = Awaited()
    for now_ms in times:
        awaited.ask(now_ms)
        awaited.overdue(now_ms)
        awaited.settle(now_ms)
        assert 0 < awaited.limit_ms < math.inf


@given(times=TIMES, values=st.lists(st.floats(0, 1e6), min_size=1))
def test_measurements_are_numbers_whatever_the_clock_does(
    times: list[float], values: list[float]
) -> None:
    meter = Meter()
    for now_ms, value in zip(times, values, strict=False):
        meter.note("stage", now_ms, value)
        assert 0 <= meter.rate("stage", now_ms) < math.inf
        p50, p95 = meter.quantiles("stage", now_ms)
        assert 0 <= p50 <= p95 < math.inf


@given(
    count=st.integers(1, 5),
    calls=st.lists(st.tuples(st.booleans(), st.integers(-2, 6), NUMBERS), max_size=80),
)
def test_there_is_a_way_whatever_fails(count: int, calls: list[tuple[bool, int, float]]) -> None:
    trial = Trial(count)
    for works, way, ms in calls:
        if works:
            trial.took(way, ms)
        else:
            trial.failed(way)
        assert 0 <= trial.way < count


@given(count=st.integers(-5, 0))
def test_no_way_at_all_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="way to try"):
        Trial(count)
