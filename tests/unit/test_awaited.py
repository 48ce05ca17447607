from __future__ import annotations

import pytest

from cyclorama.awaited import LAPSE_MS, LEAST_MS, MOST_MS, TIMES, Awaited

STEP_MS = 33.0


def given_up(awaited: Awaited, start_ms: float, until_ms: float) -> float | None:
    """When it was given up, asked every frame; None where it was not."""
    now = start_ms
    while now < until_ms:
        if awaited.overdue(now):
            return now - start_ms
        now += STEP_MS
    return None


def answering(ms: float) -> Awaited:
    """One that has answered once, in this time."""
    awaited = Awaited()
    awaited.ask(-ms)
    awaited.settle(0)
    return awaited


def test_the_first_answer_may_take_longest() -> None:
    awaited = Awaited()
    awaited.ask(0)
    assert given_up(awaited, 0, 60_000) == pytest.approx(MOST_MS, abs=STEP_MS)


@pytest.mark.parametrize(
    ("usual_ms", "limit_ms"), [(80, LEAST_MS), (250, 250 * TIMES), (4000, MOST_MS)]
)
def test_who_is_quick_is_missed_soon(usual_ms: float, limit_ms: float) -> None:
    awaited = answering(usual_ms)
    awaited.ask(0)
    assert given_up(awaited, 0, 60_000) == pytest.approx(limit_ms, abs=STEP_MS)


def test_one_quick_answer_does_not_make_a_slow_one_late() -> None:
    awaited = answering(400)
    awaited.ask(0)
    awaited.settle(5)
    assert awaited.limit_ms > 3000


def test_time_in_which_nobody_looked_does_not_count() -> None:
    awaited = answering(80)
    awaited.ask(0)
    assert not awaited.overdue(10)
    assert not awaited.overdue(10 + 20 * LAPSE_MS)
    assert given_up(awaited, 10 + 20 * LAPSE_MS, 60_000) is not None


def test_it_is_given_up_once_and_whoever_follows_is_given_time() -> None:
    awaited = answering(80)
    awaited.ask(0)
    assert given_up(awaited, 0, 10_000) is not None
    assert given_up(awaited, 10_000, 60_000) is None
    assert awaited.limit_ms == MOST_MS


def test_nothing_is_overdue_that_was_not_asked_for() -> None:
    assert given_up(Awaited(), 0, 60_000) is None
