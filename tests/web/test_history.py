"""What the read-out remembers, and the rates that it tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.harness.module import evaluate

SPAN_MS = 60_000

BODY = """
  const history = new module.History(given.spanMs);
  for (const [atMs, hidden] of given.turns) history.turn(atMs, hidden);
  for (const [atMs, frames] of given.samples) history.add({ atMs, frames });
  const end = given.samples.at(-1)[0];
  const hidden = history.hidden(0, end);
  return {
    times: history.samples.map(({ atMs }) => atMs),
    rates: history.rates(),
    hidden: hidden.map(({ startMs, endMs }) => [startMs, endMs]),
    visible: history.visible(0, end).map(({ startMs, endMs }) => [startMs, endMs]),
    hiddenFps: history.rate(hidden),
    visibleFps: history.rate(history.visible(0, end)),
  };
"""


def remembered(
    samples: Sequence[tuple[float, int]], turns: Sequence[tuple[float, bool]] = ()
) -> dict[str, Any]:
    given = {"spanMs": SPAN_MS, "samples": list(samples), "turns": list(turns)}
    found: dict[str, Any] = evaluate("web/history.js", BODY, given)
    return found


def test_samples_older_than_the_span_are_forgotten() -> None:
    found = remembered([(second * 1000, second) for second in range(100)])
    assert found["times"][0] == 39_000
    assert found["times"][-1] == 99_000
    assert len(found["times"]) == 61


def test_the_rate_is_that_of_the_frames_between_two_samples() -> None:
    found = remembered([(0, 100), (1000, 130), (3000, 150)])
    assert found["rates"] == [None, 30, 10]


def test_another_compositor_that_counts_from_zero_leaves_a_gap() -> None:
    found = remembered([(0, 300), (1000, 330), (5000, 20), (6000, 50)])
    assert found["rates"] == [None, 30, None, 30]
    assert found["visibleFps"] == 30


def test_only_samples_inside_a_stretch_count_for_it() -> None:
    # 30 a second while visible, 10 while hidden; a sample a second, hidden from 2.5 s to 6.5 s.
    frames = [0, 30, 60, 80, 90, 100, 110, 130, 160, 190]
    samples = [(second * 1000, count) for second, count in enumerate(frames)]
    found = remembered(samples, [(2500, True), (6500, False)])
    assert found["hidden"] == [[2500, 6500]]
    assert found["visible"] == [[0, 2500], [6500, 9000]]
    assert found["hiddenFps"] == pytest.approx(10)
    assert found["visibleFps"] == pytest.approx(30)


def test_a_page_that_is_still_hidden_is_so_until_now() -> None:
    found = remembered([(0, 0), (4000, 120)], [(1000, True)])
    assert found["hidden"] == [[1000, 4000]]
    assert found["visible"] == [[0, 1000]]


def test_the_same_state_told_twice_is_one_stretch() -> None:
    turns = [(500, False), (1000, True), (2000, True), (3000, False), (3500, False)]
    assert remembered([(0, 0), (4000, 120)], turns)["hidden"] == [[1000, 3000]]


def test_a_rate_needs_two_samples() -> None:
    found = remembered([(0, 0), (1000, 30), (2000, 60)], [(900, True), (1100, False)])
    assert found["hiddenFps"] is None


def test_stretches_are_forgotten_with_their_samples() -> None:
    samples = [(second * 1000, second) for second in range(100)]
    assert remembered(samples, [(2000, True), (5000, False)])["hidden"] == []
