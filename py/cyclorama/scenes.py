"""Backgrounds painted by Python, so that none has to be downloaded.

They are pictures of soft light: detail behind a person in a call distracts, and a camera would show
it out of focus anyway. So they are painted small and scaled up, which keeps a change of background
from holding up the next frame. Each painter takes (height, width) and returns (height, width, 3)
float32, 0 … 255.

Chance comes from Python and OpenCV: `numpy.random` is nine more libraries for a browser to load.
"""

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from . import ops
from .types import Bytes, Floats, Size

Colour = tuple[float, float, float]


def studio(size: Size) -> Floats:
    """A grey-blue paper backdrop, lit from the upper left."""
    x, y = _field(size)
    light = np.exp(-(((x - 0.36) / 0.62) ** 2 + ((y - 0.34) / 0.75) ** 2))
    return _between((42, 52, 66), (186, 197, 207), light)


def plaster(size: Size) -> Floats:
    """A warm plaster wall with the shadow of a window frame across it."""
    x, y = _field(size)
    wall = _between((176, 160, 140), (233, 222, 205), 1 - 0.75 * y - 0.2 * x)
    slanted_x, slanted_y = x + 0.35 * y, y + 0.12 * x
    panes: Floats = np.zeros(size, np.float32)
    for left in (0.52, 0.74, 0.96):
        for top in (0.08, 0.42):
            inside_x = (slanted_x > left) & (slanted_x < left + 0.19)
            inside_y = (slanted_y > top) & (slanted_y < top + 0.31)
            panes[inside_x & inside_y] = 1
    panes = _soften(panes, 0.012) * 0.8 + _soften(panes, 0.05) * 0.2
    return wall + panes[..., None] * np.array([30, 24, 10], np.float32)


def evening(size: Size) -> Floats:
    """City lights out of focus behind a window at dusk."""
    y = _field(size)[1]
    picture = _between((36, 40, 72), (214, 132, 104), np.clip((y - 0.05) / 0.6, 0, 1) ** 1.6)
    picture = _over(picture, np.clip((y - 0.55) / 0.12, 0, 1), (24, 25, 42))
    random = Random(7)  # noqa: S311 - no secret
    height, width = size
    glow = np.zeros((*size, 3), np.float32)
    lamps: list[Colour] = [(255, 196, 120), (255, 150, 90), (255, 225, 180), (150, 190, 255)]
    for _ in range(70):
        centre = (int(random.uniform(0, width)), int(random.gauss(0.72, 0.1) * height))
        radius = max(2, int(random.uniform(0.012, 0.034) * height))
        lamp = _colour(random.choice(lamps)) * random.uniform(0.15, 0.5)
        disc = np.zeros(size, np.uint8)
        cv2.circle(disc, centre, radius, [255], -1, cv2.LINE_AA)
        glow += (disc[..., None] / np.float32(255)) * lamp
    return picture + _soften(glow, 0.004)


def library(size: Size) -> Floats:
    """Bookshelves, well out of focus, with a lamp's light on one side."""
    random = Random(11)  # noqa: S311 - no secret
    height, width = size
    picture = np.full((*size, 3), (58, 42, 31), np.float32)
    spines: list[Colour] = [
        (120, 54, 44), (52, 72, 84), (158, 128, 82), (72, 84, 62), (176, 160, 132), (60, 48, 62),
        (138, 88, 56), (38, 52, 66),
    ]  # fmt: skip
    shelf = height / 4.2
    for row in range(6):
        bottom = round((row + 0.72) * shelf)
        at = 0.0
        while at < width:
            thick = random.uniform(0.018, 0.05) * height
            tall = random.uniform(0.62, 0.86) * shelf
            tint = _colour(random.choice(spines)) * random.uniform(0.7, 1.15)
            if random.random() > 0.08:
                corner = (round(at), round(bottom - tall))
                cv2.rectangle(
                    picture, corner, (round(at + thick * 0.94), bottom), tint.tolist(), -1
                )
            at += thick
        cv2.rectangle(picture, (0, bottom), (width, bottom + round(shelf * 0.09)), (92, 66, 46), -1)
    x, y = _field(size)
    light = 0.55 + 0.75 * np.exp(-(((x - 0.85) / 0.45) ** 2 + ((y - 0.3) / 0.6) ** 2))
    return _soften(picture, 0.016) * light[..., None]


SCENES: dict[str, Callable[[Size], Floats]] = {
    "studio": studio,
    "plaster": plaster,
    "library": library,
    "evening": evening,
}
"""By name, in the order in which they are offered."""


PAINTED_HEIGHT = 240
"""Pixels; the height at which scenes are painted."""


def paint(name: str, size: Size) -> Bytes:
    """The scene of this name at (height, width), (height, width, 3) uint8; KeyError for another.

    A little grain is laid over it: without, smooth gradients show bands.
    """
    height, width = size
    scale = min(1.0, PAINTED_HEIGHT / height)
    small = SCENES[name]((max(1, round(height * scale)), max(1, round(width * scale))))
    picture = ops.stretch(small.astype(np.float32), size)
    grain = ops.grain(size, sigma=0.9)
    return np.clip(np.rint(picture + grain[..., None]), 0, 255).astype(np.uint8)


def _field(size: Size) -> tuple[Floats, Floats]:
    """x and y of every pixel, 0 … 1 across the picture."""
    height, width = size
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :].repeat(height, 0)
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None].repeat(width, 1)
    return x, y


def _between(dark: Colour, light: Colour, share: Floats) -> Floats:
    low, high = _colour(dark), _colour(light)
    return low + (high - low) * np.clip(share, 0, 1)[..., None]


def _over(picture: Floats, share: Floats, colour: Colour) -> Floats:
    return picture + (_colour(colour) - picture) * share[..., None]


def _soften(picture: Floats, sigma: float) -> Floats:
    """Gaussian blur; sigma as a share of the height."""
    pixels = max(sigma * picture.shape[0], 0.3)
    return ops.gaussian(picture, pixels)


def _colour(rgb: Colour) -> Floats:
    return np.array(rgb, np.float32)
