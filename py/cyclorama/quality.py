"""The dial: steps that trade the matte's time for its quality, in the order that costs least.

What a step saves and what it costs was measured with `build.py bench --matte`; docs/matte.md has
the figures.
"""

from dataclasses import dataclass

from .matte import Parts


@dataclass(frozen=True, slots=True)
class Step:
    """One position of the dial."""

    parts: Parts
    resolution: float = 1.0
    """Share of the frame's size that the segmenter is shown, at most."""


STEPS = {
    "finest": Step(Parts(flow=1)),
    "fine": Step(Parts()),
    "good": Step(Parts(shrink=5)),
    "fair": Step(Parts(shrink=5, flow=None)),
    "low": Step(Parts(shrink=5, flow=None), resolution=0.375),
    "lowest": Step(Parts(shrink=5, flow=None, room=False), resolution=0.375),
}
"""From the best to the fastest."""

DEFAULT = "fine"


def named(name: str) -> Step:
    """The step of this name; raises ValueError for an unknown one."""
    if name not in STEPS:
        raise ValueError(f"quality must be one of {', '.join(STEPS)}, got {name!r}")
    return STEPS[name]
