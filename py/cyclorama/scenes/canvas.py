"""What scenes are painted on: a small picture of light, put out of focus while it is painted.

Light is added and blurred as light, and only then made into the bytes of a picture: so a lamp out
of focus becomes a bright disc, and a bright window bleeds over its frame, as in a camera. What is
far is painted first; each time the canvas is put out of focus, what is on it gets softer than what
comes after.

Lengths are in heights of the picture. x is 0 in the middle, y is 0 at the top and 1 at the bottom,
and `edge` is x at the right edge: what is placed by it stands beside the person in any shape of
picture.
"""

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from .. import ops
from ..plate import soften
from ..types import Bytes, Floats, Size
from . import shapes as outlines

Colour = tuple[float, float, float]
"""As on a screen, 0 … 255 per channel; above 255 it is a source of light."""

Gain = tuple[float, float, float]
"""Of light, per channel."""

FRACTION = 4
"""Bits, of places in fixed point."""

LAYERS = 3

WHITEST = 247.0
"""The brightest that `untone` can make light of: white itself would be without end."""

BLOOM, BLOOM_RADIUS = 0.1, 0.12
"""Share of the light that a lens scatters, and how far."""


class Canvas:
    """A picture of light.

    Args:
        size: (height, width), pixels.
        colour: of all of it, at first.
    """

    def __init__(self, size: Size, colour: Colour) -> None:
        height, width = size
        self.light: Floats = np.full((height, width, 3), to_light(colour), np.float32)
        """(height, width, 3), 1 is what a screen shows as white."""
        self.edge = width / height / 2
        self.x: Floats = ((np.arange(width, dtype=np.float32) + 0.5) / height - self.edge)[None, :]
        """(1, width)"""
        self.y: Floats = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
        """(height, 1)"""

    @property
    def size(self) -> Size:
        """(height, width), pixels."""
        height, width = self.light.shape[:2]
        return height, width

    def fill(self, shapes: Floats, colour: Colour) -> None:
        """Paint polygons over what is there; (corners, 2), or several (n, corners, 2)."""
        light = to_light(colour).tolist()
        cv2.fillPoly(cast("cv2.Mat", self.light), self._pixels(shapes), light, shift=FRACTION)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Paint an upright rectangle."""
        self.fill(outlines.box(left, top, right, bottom), colour)

    def mask(self, shapes: Floats, radius: float) -> Floats:
        """How much of each place polygons cover, (height, width) 0 … 1, softened by a radius."""
        covered: Floats = np.zeros(self.size, np.float32)
        cv2.fillPoly(cast("cv2.Mat", covered), self._pixels(shapes), [1.0], shift=FRACTION)
        return self.softened(covered, radius)

    def shade(self, gain: Floats) -> None:
        """Multiply by (height, width) or (height, width, 3)."""
        if gain.ndim == 2:
            gain = ops.stack(gain, gain, gain)
        self.light *= gain

    def shadow(self, shapes: Floats, radius: float, depth: float) -> None:
        """Darken what lies under polygons by that share, softly."""
        self.shade(1 - np.float32(depth) * self.mask(shapes, radius))

    def shine(self, share: Floats, colour: Colour) -> None:
        """Add this light, times (height, width)."""
        red, green, blue = to_light(colour).tolist()
        self.light += ops.stack(share * red, share * green, share * blue)

    def discs(self, x: Floats, y: Floats, radii: Floats, colours: Floats) -> None:
        """Add lamps that are out of focus: discs of even light.

        Args:
            x: (n,)
            y: (n,)
            radii: (n,)
            colours: (n, 3), as on a screen.
        """
        scale = self.size[0] * 2**FRACTION
        places = np.rint(np.stack([x + self.edge, y, radii], axis=1) * scale).astype(np.int32)
        # Where two overlap, the light of both counts: neighbours lie on different layers.
        layers: Floats = np.zeros((LAYERS, *self.light.shape), np.float32)
        lights = to_light(colours).tolist()
        for number, (place, light) in enumerate(zip(places.tolist(), lights, strict=True)):
            layer = cast("cv2.Mat", layers[number % LAYERS])
            cv2.circle(layer, place[:2], max(place[2], 2**FRACTION), light, -1, shift=FRACTION)
        self.light += layers.sum(axis=0)

    def defocus(self, radius: float) -> None:
        """Put what is painted so far out of focus."""
        self.light = self.softened(self.light, radius)

    def mottle(self, cells: int, seed: int, deviation: float) -> Floats:
        """Unevenness of mean 0, always the same: so many spots from top to bottom."""
        grid = (cells + 1, round(cells * 2 * self.edge) + 1)
        return ops.stretch_smooth(ops.noise(grid, deviation, seed), self.size)

    def tinted(self, share: Floats, none: Gain, whole: Gain) -> Floats:
        """A gain per channel that goes from one to another, (height, width) → (…, 3)."""
        return ops.stack(*(a + (b - a) * share for a, b in zip(none, whole, strict=True)))

    def softened(self, field: Floats, radius: float) -> Floats:
        """A field out of focus by that radius, in heights."""
        pixels = radius * self.size[0]
        return soften(field, pixels / 2, passes=2) if pixels >= 1 else field

    def develop(self) -> Floats:
        """The picture as a camera gives it, (height, width, 3), 0 … 255.

        A little of the light is scattered over its surroundings.
        """
        scattered = self.softened(self.light, BLOOM_RADIUS)
        return tone(self.light + np.float32(BLOOM) * (scattered - self.light))

    def _pixels(self, shapes: Floats) -> list[npt.NDArray[np.int32]]:
        """Corners in OpenCV's fixed point, where whole numbers are the middles of pixels."""
        corners = (shapes + np.array([self.edge, 0], np.float32)) * self.size[0] - 0.5
        fixed = np.rint(corners * 2**FRACTION).astype(np.int32)
        return [fixed] if fixed.ndim == 2 else list(fixed)


def to_light(colour: Colour | Floats) -> Floats:
    """Colours as on a screen as light, (…, 3); a screen's gamma taken for 2."""
    return (np.asarray(colour, np.float32) / np.float32(255)) ** 2


def tone(light: Floats) -> Floats:
    """Light as a camera shows it, 0 … 255.

    The shoulder, ``x / √(1 + x²)``, keeps what is brighter than white from being cut off.
    """
    shown: Floats = np.float32(255) * np.sqrt(np.maximum(light / np.sqrt(1 + light * light), 0))
    return shown


def untone(colours: Colour | Bytes) -> Floats:
    """The light that `tone` shows as these colours, (…, 3)."""
    shown = (np.minimum(np.asarray(colours, np.float32), WHITEST) / np.float32(255)) ** 2
    light: Floats = shown / np.sqrt(1 - shown * shown)
    return light


def inside(first: int, count: int, whole: int) -> slice:
    """What of a row of so many pixels is in the picture."""
    start = min(max(first, 0), whole)
    return slice(start, min(max(first + count, start), whole))


def shifted(span: slice, by: int) -> slice:
    """A slice moved by so much."""
    return slice(span.start + by, span.stop + by)
