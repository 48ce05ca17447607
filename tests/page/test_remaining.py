"""How long loading still takes: near the truth, and never more than was said before."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest

from tests.harness.module import evaluate

MODULE = "web/ui/remaining.js"
STARTING_MS = evaluate(MODULE, "return module.STARTING_MS;")

STEP_MS = 100
TOTAL = 20_000_000
"""Bytes."""


def said(sizes: Sequence[int], total: int = TOTAL) -> list[float | None]:
    """What is said after each step, in each of which so many bytes came."""
    body = """return given.loaded.reduce((all, loaded, step) => [
      ...all,
      module.remaining(all.at(-1) ?? null, loaded, given.total, 1000 + step * given.stepMs),
    ], []).map(({ leftMs }) => leftMs);"""
    loaded = [0, *accumulate(sizes)]
    given = {"loaded": loaded, "total": total, "stepMs": STEP_MS}
    told: list[float | None] = evaluate(MODULE, body, given)
    return told


def test_nothing_is_said_before_there_is_something_to_tell_from() -> None:
    first = said([200_000] * 20)[: 500 // STEP_MS]
    assert first == [None] * len(first)
    assert said([0] * 50) == [None] * 51


def test_an_even_network_is_told_as_it_is() -> None:
    size = 200_000
    for step, left in enumerate(said([size] * 100)):
        if left is not None:
            truth = (TOTAL - step * size) / (size / STEP_MS) + STARTING_MS
            assert left == pytest.approx(truth, rel=1e-6)


def test_a_network_that_becomes_faster_is_followed() -> None:
    slow, fast = 50_000, 200_000
    sizes = [slow] * 40 + [fast] * 60
    truth = (TOTAL - sum(sizes)) / (fast / STEP_MS) + STARTING_MS
    assert said(sizes)[-1] == pytest.approx(truth, rel=0.15)


@pytest.mark.parametrize("seed", range(5))
def test_it_never_grows_whatever_comes(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [chance.choice([0, 0, 20_000, 100_000, 400_000]) for _ in range(120)]
    told = [left for left in said(sizes, total=sum(sizes)) if left is not None]
    assert all(later <= earlier for earlier, later in pairwise(told))
    assert told[-1] == STARTING_MS


@pytest.mark.parametrize(
    ("left_ms", "words"),
    [
        (0, "Almost there"),
        (2000, "Almost there"),
        (2001, "About 3 seconds left"),
        (9000, "About 9 seconds left"),
        (12_000, "About 15 seconds left"),
        (55_000, "About 55 seconds left"),
        (55_001, "About a minute left"),
        (60_001, "About 2 minutes left"),
    ],
)
def test_it_is_said_in_words(left_ms: int, words: str) -> None:
    assert evaluate(MODULE, "return module.inWords(given);", left_ms) == words
