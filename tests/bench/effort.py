"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """What every part of the benchmark is told."""

    full: bool
    """Everything; otherwise the product and the article's loop at 640×480."""
    repeats: int
    """Of everything that is timed; rows take turns, so that a slow minute meets all of them."""
    seconds: float
    """Of each window."""
    minutes: float = 0
    """Of the hidden call; 0 leaves it out."""
    row: str = ""
    """Only rows whose name holds this."""


FULL = Effort(full=True, repeats=3, seconds=8, minutes=12)
QUICK = Effort(full=False, repeats=1, seconds=5)
