"""What stands behind the person. Every plate paints an opaque RGBA picture of the frame's size."""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np

from . import ops
from .types import Bytes, Floats, Size


class Plate(Protocol):
    """The replacement picture of a composite."""

    def paint(self, size: Size, colour: Bytes, alpha: Bytes) -> Bytes:
        """The plate for a frame.

        Args:
            size: (H, W) of the frame, even.
            colour: (h, w, 3) uint8, the frame at a smaller size.
            alpha: (h, w) uint8, the person in it.

        Returns:
            (H, W, 4) uint8, opaque; valid until the next call.
        """


class Still:
    """A plate that depends on nothing but the size: painted once per size."""

    def __init__(self, painter: Callable[[Size], Bytes]) -> None:
        """`painter` takes (height, width) and returns (height, width, 3 or 4) uint8."""
        self._painter = painter
        self._picture: Bytes | None = None

    def paint(self, size: Size, colour: Bytes, alpha: Bytes) -> Bytes:
        """See `Plate.paint`."""
        if self._picture is None or self._picture.shape[:2] != size:
            self._picture = opaque(self._painter(size))
        return self._picture


class Blur:
    """The room itself, out of focus, without the person in it.

    A blur that sees the person smears their colours around them. So every pixel counts by how
    little it is person: ``blur(w · frame) / blur(w)`` with ``w = 1 - alpha``, normalized
    convolution (Knutsson and Westin, CVPR 1993), on an eighth of the size.
    """

    SHRINK = 8
    SIGMA_MIN = 10.0
    SIGMA_MAX = 40.0
    """Standard deviation at strength 0 and 1, in pixels of a frame 480 high."""

    def __init__(self, strength: float) -> None:
        """`strength` is 0 … 1; raises ValueError outside."""
        if not 0 <= strength <= 1:
            raise ValueError(f"blur strength must be between 0 and 1, got {strength}")
        self._strength = strength
        self._output: Bytes | None = None

    def paint(self, size: Size, colour: Bytes, alpha: Bytes) -> Bytes:
        """See `Plate.paint`."""
        height, width = size
        small = (max(height // self.SHRINK, 1), max(width // self.SHRINK, 1))
        weight = _room(alpha, small)[..., None]
        room = ops.shrink(colour, small) * weight
        soft = soften(np.concatenate([room, weight], axis=-1), self._sigma(height))
        # Deep inside the person no room is in reach: there the room's mean colour stands in.
        mean = room.sum((0, 1)) / max(float(weight.sum()), 1e-6)
        reach = np.float32(1e-3)
        picture = opaque(_byte((soft[..., :3] + reach * mean) / (soft[..., 3:] + reach)))
        if self._output is None or self._output.shape[:2] != size:
            self._output = np.empty((height, width, 4), np.uint8)
        # Finer than half the size there is nothing in it.
        _double(ops.stretch(picture, (height // 2, width // 2)), self._output)
        return self._output

    def _sigma(self, height: int) -> float:
        sigma = self.SIGMA_MIN + self._strength * (self.SIGMA_MAX - self.SIGMA_MIN)
        return max(sigma * height / 480 / self.SHRINK, 0.5)


def soften(field: Floats, sigma: float, passes: int = 3) -> Floats:
    """A Gaussian blur, nearly, in time that does not grow with sigma: repeated box blurs.

    Their odd widths are the pair around ``sqrt(12 sigma² / passes + 1)`` that meets the variance
    best (Kovesi, "Fast Almost-Gaussian Filtering", DICTA 2010).

    Args:
        field: (h, w) or (h, w, c) float32.
        sigma: standard deviation, pixels; below one or so the shape is not that of a Gaussian.
        passes: how many box blurs.
    """
    ideal = math.sqrt(12 * sigma**2 / passes + 1)
    low = int(ideal) - (int(ideal) + 1) % 2
    excess = 12 * sigma**2 - passes * (low**2 + 4 * low + 3)
    narrow = round(excess / (-4 * low - 4))
    for number in range(passes):
        field = ops.box(field, low // 2 if number < narrow else low // 2 + 1)
    return field


def _double(picture: Bytes, output: Bytes) -> None:
    """Each pixel twice each way: (h, w, 4) → (2h, 2w, 4) uint8."""
    twice = picture.view(np.uint32)[..., 0].astype(np.uint64) * np.uint64(2**32 + 1)
    pairs = output.reshape(len(output), -1).view(np.uint64)
    pairs[0::2] = twice
    pairs[1::2] = twice


def _room(alpha: Bytes, small: Size) -> Floats:
    """How much each small pixel is room: none where any of it, or a neighbour, is person."""
    person = ops.shrink(ops.highest(alpha, 1, 1), small)
    return 1 - person.astype(np.float32) / np.float32(255)


def _byte(picture: Floats) -> Bytes:
    return np.rint(np.clip(picture, 0, 255)).astype(np.uint8)


def color(rgb: tuple[int, int, int]) -> Still:
    """One colour everywhere; see `checked`."""
    wall = checked(rgb)
    return Still(lambda size: np.full((*size, 3), wall, np.uint8))


def checked(rgb: tuple[int, int, int]) -> tuple[int, int, int]:
    """The colour, 0 … 255 per channel; raises ValueError for another."""
    if any(not 0 <= channel <= 255 for channel in rgb):
        raise ValueError(f"colour channels must be between 0 and 255, got {rgb}")
    return rgb


def image(picture: Bytes) -> Still:
    """A picture of any size, (h, w, 4) uint8, fitted to cover the frame; see `cover`."""
    return Still(lambda size: cover(picture, size))


def cover(picture: Bytes, size: Size) -> Bytes:
    """Scale to cover `size`, keep the proportions, crop what stands over, equally on both sides."""
    height, width = size
    rows, columns = picture.shape[:2]
    scale = max(height / rows, width / columns)
    take_rows = min(rows, max(1, round(height / scale)))
    take_columns = min(columns, max(1, round(width / scale)))
    top, left = (rows - take_rows) // 2, (columns - take_columns) // 2
    crop = picture[top : top + take_rows, left : left + take_columns]
    return (ops.shrink if scale < 1 else ops.stretch_smooth)(crop, size)


def opaque(picture: Bytes) -> Bytes:
    """RGB or RGBA to RGBA with alpha 255. What was transparent is laid on white."""
    rgb: Bytes = picture[..., :3]
    if picture.shape[2] == 4:
        alpha = picture[..., 3:].astype(np.uint16)
        rgb = ((rgb * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    result = np.full((*picture.shape[:2], 4), 255, np.uint8)
    result[..., :3] = rgb
    return result
