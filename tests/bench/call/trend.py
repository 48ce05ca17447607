"""Straight lines through figures over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Trend:
    """By how much a figure rises in a minute."""

    per_minute: float
    error: float
    """Standard error of that, as if what is left over of each figure were by chance."""


def trend(minutes: Sequence[float], values: Sequence[float]) -> Trend | None:
    """The line of least squares; None of fewer than three points, which tell no error."""
    if len(minutes) < 3:
        return None
    x = np.asarray(minutes, np.float64) - np.mean(minutes)
    y = np.asarray(values, np.float64) - np.mean(values)
    spread = float(x @ x)
    slope = float(x @ y) / spread
    left_over = y - slope * x
    variance = float(left_over @ left_over) / (len(x) - 2)
    return Trend(slope, (variance / spread) ** 0.5)
