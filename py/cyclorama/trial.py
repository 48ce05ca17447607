"""Which of several ways is the fastest here: each is tried a few times, and the best is kept."""

import numpy as np

TURNS = 8
"""How often each is tried; four ways take a second of a call."""


class Trial:
    """Tries ways in turn, so that a slow moment meets all of them, and settles.

    Args:
        count: how many ways there are, at least 1; they go by number, the one to prefer first.
    """

    def __init__(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"there must be at least 1 way to try, got {count}")
        self._times: dict[int, list[float]] = {way: [] for way in range(count)}

    @property
    def way(self) -> int:
        """The one to use next."""
        return min(
            self._times, key=lambda way: (min(len(self._times[way]), TURNS), self._typical(way))
        )

    def took(self, way: int, ms: float) -> None:
        """That way was used and took so long."""
        if way in self._times and len(self._times[way]) < TURNS:
            self._times[way].append(ms)

    def failed(self, way: int) -> bool:
        """That way does not work here; whether there is another one left."""
        if len(self._times) > 1:
            self._times.pop(way, None)
            return True
        return way not in self._times

    def _typical(self, way: int) -> float:
        return float(np.median(self._times[way])) if len(self._times[way]) == TURNS else 0.0
