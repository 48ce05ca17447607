"""What else goes on on a machine: functions of time in ms."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable

Load = Callable[[float], float]


def constant(threads: float) -> Load:
    """So many busy threads."""
    return lambda _: threads


def bursts(threads: float, seed: int, *, every_ms: float = 2500, for_ms: float = 250) -> Load:
    """So many for a moment, at random moments, about as often as that."""
    chance = random.Random(seed)
    starts = [chance.expovariate(1 / every_ms) for _ in range(400)]
    edges: list[float] = []
    time = 0.0
    for gap in starts:
        time += gap
        edges += [time, time + for_ms]
        time += for_ms

    def load(now_ms: float) -> float:
        return threads if bisect_right(edges, now_ms) % 2 else 0.0

    return load


def step(before: float, after: float, at_ms: float) -> Load:
    """So many, and from a moment on so many."""
    return lambda now_ms: before if now_ms < at_ms else after


def between(threads: float, start_ms: float, end_ms: float) -> Load:
    """So many from one moment to another."""
    return lambda now_ms: threads if start_ms <= now_ms < end_ms else 0.0


def heating(slower: float, over_ms: float) -> Load:
    """Gets slower, up to that, over that time."""
    return lambda now_ms: 1 + (slower - 1) * min(1.0, now_ms / over_ms)
