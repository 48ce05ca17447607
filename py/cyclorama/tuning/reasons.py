"""Why a rung was left for another, for people."""

from collections.abc import Sequence
from statistics import fmean

from .budget import Budget
from .ladder import Rung
from .load import Load
from .monitor import Sample

NAMES = {
    "segmenter": "segmenter",
    "stride": "stride",
    "backend": "backend",
    "resolution": "segmenter's look",
    "mask_interval_ms": "mask every",
    "quality": "matte",
    "scale": "camera's size",
    "frame_rate": "camera's rate",
}
"""Of a rung's axes."""


def late(samples: Sequence[Sample]) -> str:
    """Frames were missed."""
    frame_ms = fmean([each.frame_ms for each in samples if each.frame_ms] or [0.0])
    missed = sum(each.missed for each in samples)
    all_ = missed + sum(each.frames for each in samples)
    period_ms = 1000 / samples[-1].camera_fps
    return f"{missed} of {all_} frames were missed, they took {frame_ms:.0f} ms of {period_ms:.0f}"


def old(load: Load) -> str:
    """Masks came too late."""
    return f"masks grew {load.age_ms:.0f} ms old"


def much(load: Load, budget: Budget) -> str:
    """More was taken than may be."""
    return f"{load.cores:.1f} cores were taken of {budget.cores:.1f}"


def room(load: Load, camera_fps: float) -> str:
    """There is time for more."""
    return f"frames will take {load.frame_ms:.0f} ms of {1000 / camera_fps:.0f}, trying more"


def change(before: Rung, after: Rung) -> str:
    """What is another."""
    parts = [
        f"{name} {_value(axis, before)} → {_value(axis, after)}"
        for axis, name in NAMES.items()
        if getattr(before, axis) != getattr(after, axis)
    ]
    return ", ".join(parts)


def _value(axis: str, rung: Rung) -> str:
    value = getattr(rung, axis)
    match axis:
        case "resolution" | "scale":
            return f"{100 * value:g} %"
        case "mask_interval_ms":
            return f"{value:g} ms"
        case "frame_rate":
            return f"{value:g} fps"
        case _:
            return str(value)
