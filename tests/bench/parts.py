"""What the benchmark of record is made of."""

from __future__ import annotations

from typing import Any, Protocol

from tests.bench import adapters, browsers, call, latency, memory, speed, stages, start, tuning
from tests.bench.effort import Effort
from tests.bench.ratios import Ratios


class Part(Protocol):
    """Something that is measured; a package that offers these three."""

    def measure(self, effort: Effort, /) -> Any:
        """Take the figures: a dataclass, or what is JSON already.

        Raises:
            BenchError: a figure could not be taken.
        """

    def table(self, figures: Any, /) -> str:
        """The figures as text for people; empty where there are none."""

    def ratios(self, figures: Any, /) -> Ratios:
        """Those of ours to others', by name; less is better."""


PARTS: dict[str, Part] = {
    "speed": speed,
    "latency": latency,
    "memory": memory,
    "adapters": adapters,
    "start": start,
    "stages": stages,
    "call": call,
    "browsers": browsers,
    "tuning": tuning,
}
"""By name, in the order in which they are measured."""
