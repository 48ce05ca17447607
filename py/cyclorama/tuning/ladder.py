"""The rungs, from the best to the cheapest: data, and what becomes of it on one machine.

Mask rate and the segmenter's resolution go first, then the matte's steps, and what everybody sees,
the size of the picture, last. docs/matte.md has the figures that the order follows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from ..quality import STEPS


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to work. Each field is an axis, which can be pinned."""

    segmenter: str
    """What it is, whatever a build calls it: one of `cost.SEGMENTERS`."""
    stride: int
    """Output stride; 0 where the segmenter has no choice."""
    backend: str
    """What runs the segmenter: `wasm`, `webgl` or `webgpu`. What a GPU is named for needs it."""
    resolution: float
    """Share of the frame's size that the segmenter is shown."""
    mask_interval_ms: float
    quality: str
    """One of `quality.STEPS`."""
    scale: float = 1.0
    """Share of the camera's own width and height."""
    frame_rate: float = 60.0
    """At most so many frames per second are asked of the camera."""


LADDER = (
    Rung("bodypix-075", 16, "webgpu", 0.75, 50, "finest"),
    Rung("bodypix-075", 16, "webgl", 0.75, 50, "finest"),
    Rung("bodypix-050", 8, "wasm", 0.475, 75, "finest"),
    Rung("bodypix-075", 16, "wasm", 0.475, 75, "finest"),
    Rung("bodypix-050", 16, "webgpu", 0.475, 50, "finest"),
    Rung("bodypix-050", 16, "webgl", 0.475, 50, "finest"),
    Rung("bodypix-050", 16, "wasm", 0.475, 75, "finest"),
    Rung("bodypix-050", 16, "wasm", 0.475, 75, "fine"),
    Rung("bodypix-050", 16, "wasm", 0.475, 100, "fine"),
    Rung("selfie", 0, "wasm", 1.0, 100, "fine"),
    Rung("bodypix-050", 16, "wasm", 0.375, 100, "good"),
    Rung("bodypix-050", 16, "wasm", 0.375, 130, "fair"),
    Rung("bodypix-050", 16, "wasm", 0.25, 160, "fair"),
    Rung("bodypix-050", 16, "wasm", 0.25, 200, "lowest"),
    Rung("bodypix-050", 16, "wasm", 0.25, 250, "lowest", scale=0.75),
    Rung("bodypix-050", 16, "wasm", 0.25, 250, "lowest", scale=0.5),
    Rung("bodypix-050", 16, "wasm", 0.25, 250, "lowest", scale=0.5, frame_rate=24),
    Rung("bodypix-050", 16, "wasm", 0.25, 250, "lowest", scale=0.5, frame_rate=15),
)

DEFAULT = next(rung for rung in LADDER if (rung.backend, rung.quality) == ("wasm", "fine"))
"""What holds where nothing was measured yet."""

AXES = tuple(field.name for field in fields(Rung))


@dataclass(frozen=True, slots=True)
class Offer:
    """What this build and this machine have."""

    segmenters: Mapping[str, tuple[int, ...]]
    """Strides by segmenter; empty where it has no choice."""
    backend: str
    """What runs the segmenter here: the fastest that works, which the page finds out."""
    frame_rate: float
    """Frames per second that are wished for."""


def rungs(
    offer: Offer, pins: Mapping[str, Any], ladder: tuple[Rung, ...] = LADDER
) -> tuple[Rung, ...]:
    """What is left of the ladder, from the best to the cheapest.

    Args:
        offer: rungs that need anything else drop out.
        pins: values by axis that hold for every rung; rungs that coincide then are one.
        ladder: all of it, or a part.

    Returns:
        At least one: where nothing is left, `DEFAULT` with the pins.

    Raises:
        ValueError: a pin names no axis.
    """
    if unknown := set(pins) - set(AXES):
        raise ValueError(f"there is no axis {', '.join(sorted(unknown))} to pin")
    pinned = [plain(replace(rung, **pins), offer) for rung in ladder]
    here = (_here(rung, offer) for rung in pinned)
    there = _distinct(rung for rung in here if rung)
    return there or (replace(plain(replace(DEFAULT, **pins), offer), backend=offer.backend),)


def nearest(ladder: tuple[Rung, ...], rung: Rung) -> int:
    """The place of the rung that shares most of its axes with this one; of several the best."""

    def alike(place: int) -> int:
        return sum(getattr(ladder[place], axis) == getattr(rung, axis) for axis in AXES)

    return max(range(len(ladder)), key=lambda place: (alike(place), -place))


def plain(rung: Rung, offer: Offer) -> Rung:
    """The same without what has no effect, so that equals look equal."""
    rate = min(rung.frame_rate, offer.frame_rate)
    if rung.segmenter == "selfie":
        return replace(rung, stride=0, resolution=1.0, frame_rate=rate)
    resolution = min(rung.resolution, STEPS[rung.quality].resolution)
    return replace(rung, resolution=resolution, frame_rate=rate)


def _here(rung: Rung, offer: Offer) -> Rung | None:
    """The same on this machine; what WebAssembly does a GPU does too."""
    strides = offer.segmenters.get(rung.segmenter)
    if strides is None or rung.backend not in ("wasm", offer.backend):
        return None
    return replace(rung, backend=offer.backend) if rung.stride in strides or not strides else None


def _distinct(rungs_: Iterable[Rung]) -> tuple[Rung, ...]:
    return tuple(dict.fromkeys(rungs_))
