"""How long stages took and how often things happened, over the last few seconds."""

from collections import defaultdict, deque

import numpy as np

WINDOW_MS = 5000.0
"""What `Meter` remembers."""


class Meter:
    """Rolling measurements by name. Time is an argument, milliseconds of any steady clock."""

    def __init__(self) -> None:
        self._values: defaultdict[str, deque[tuple[float, float]]] = defaultdict(deque)
        self._started: float | None = None

    def note(self, name: str, now_ms: float, value: float = 0.0) -> None:
        """Something with this name happened now and measured `value`."""
        if self._started is None:
            self._started = now_ms
        self._values[name].append((now_ms, value))
        self._forget(name, now_ms)

    def rate(self, name: str, now_ms: float) -> float:
        """How often per second `name` was noted."""
        self._forget(name, now_ms)
        if self._started is None:
            return 0.0
        span = min(WINDOW_MS, max(now_ms - self._started, 1.0))
        return len(self._values[name]) * 1000 / span

    def quantiles(self, name: str, now_ms: float) -> tuple[float, float]:
        """Median and 95th percentile of what was noted; zeros where nothing was."""
        self._forget(name, now_ms)
        values = [value for _, value in self._values[name]]
        if not values:
            return 0.0, 0.0
        p50, p95 = np.percentile(values, (50, 95))
        return float(p50), float(p95)

    def _forget(self, name: str, now_ms: float) -> None:
        values = self._values[name]
        while values and values[0][0] < now_ms - WINDOW_MS:
            values.popleft()
