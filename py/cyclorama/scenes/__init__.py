"""Backgrounds painted by Python, so that none has to be downloaded.

Each is a small picture of light (`canvas`), scaled up: what stands behind a person in a call is out
of focus, and a change of background must not hold up the next frame.

Chance comes from OpenCV: `numpy.random` is nine more libraries for a browser to load.
"""

from collections.abc import Callable

from .. import ops
from ..types import Bytes, Floats, Size
from . import evening, library, room, studio, sunlight, window

SCENES: dict[str, Callable[[Size], Floats]] = {
    "studio": studio.paint,
    "sunlight": sunlight.paint,
    "window": window.paint,
    "library": library.paint,
    "room": room.paint,
    "evening": evening.paint,
}
"""By name, in the order in which they are offered: (height, width) → (height, width, 3) float32,
0 … 255."""

PAINTED_SHARE, PAINTED_HEIGHT = 2 / 3, 360
"""Of a picture's size, and the greatest height in pixels, at which scenes are painted."""

GRAIN = 0.9
"""Standard deviation, levels; without any, smooth gradients show bands."""


def paint(name: str, size: Size) -> Bytes:
    """The scene of this name at (height, width), (height, width, 3) uint8; KeyError for another."""
    return finish(SCENES[name](painted(size)), size)


def painted(size: Size) -> Size:
    """The size at which a picture of a size is painted."""
    height, width = size
    scale = min(PAINTED_SHARE, PAINTED_HEIGHT / height)
    return max(1, round(height * scale)), max(1, round(width * scale))


def finish(picture: Floats, size: Size) -> Bytes:
    """A picture, 0 … 255, at this size with grain, as bytes."""
    return ops.with_grain(ops.stretch_smooth(picture, size), GRAIN)
