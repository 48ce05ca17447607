"""How much of the machine may be taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits; more of quality is tried only well within them."""

    cores: float
    """Of the frame thread and the segmenter together: busy seconds per second."""
    extra: bool = False
    """Whether rungs that are better than the default are tried, though they take more."""
    busy: float = 0.9
    """Share of its time that the frame thread may work, or frames would be missed."""
    age_ms: float = 300.0
    """Age of a mask in its last frame; past it, doubtful pixels go to the plate."""


BUDGETS = {
    "quiet": Budget(cores=0.8),
    "balanced": Budget(cores=1.7),
    "best": Budget(cores=2.0, extra=True),
}
"""By the name that a user chooses."""
