"""What the issue asks of a run: the rate that some rung could hold, few changes, soon settled."""

from __future__ import annotations

from collections.abc import Sequence

from tests.simulation.machine import Run

SETTLED_S = 10.0
"""From any start."""

AGAIN_S = 5.0
"""After a load step."""

WINDOW_S = 10.0

BETWEEN_S = 20.0
"""At most one change in so long, while the load is steady."""


def windows(seconds: float, steps: Sequence[float]) -> list[tuple[float, float]]:
    """Every ten seconds in which the load is steady and has been for long enough, in s."""
    found = []
    starts = [SETTLED_S, *(step + AGAIN_S for step in steps)]
    ends = [*steps, seconds]
    for start, end in zip(starts, ends, strict=True):
        begin = start
        while begin + WINDOW_S <= end:
            found.append((begin, begin + WINDOW_S))
            begin += 1.0
    return found


def worst_share(run: Run, fixed: Sequence[Run], seconds: float, steps: Sequence[float]) -> float:
    """The lowest share, over all windows, of the best rate that some fixed rung had in it."""
    shares = []
    for start, end in windows(seconds, steps):
        best = max(each.fps(1000 * start, 1000 * end) for each in fixed)
        shares.append(run.fps(1000 * start, 1000 * end) / best if best else 1.0)
    return min(shares)


def most_changes(run: Run, seconds: float, steps: Sequence[float]) -> int:
    """The most changes in any twenty seconds of steady load, once settled."""
    times = [change.at_ms / 1000 for change in run.changes]
    spans = zip([SETTLED_S, *(step + AGAIN_S for step in steps)], [*steps, seconds], strict=True)
    most = 0
    for start, end in spans:
        inside = [time for time in times if start < time <= end]
        for first in inside:
            most = max(most, sum(first <= time < first + BETWEEN_S for time in inside))
    return most
