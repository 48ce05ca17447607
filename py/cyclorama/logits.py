"""A segmenter's answer: logits on a coarse grid, and where that grid lies on the frame.

A mask travels as bytes, ``byte = round((clip(z, -8, 8) + 8) * 255 / 16)``: a byte of logit keeps
the doubtful band exact where a byte of probability would end at ±5.5 and be coarse.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from .types import Bytes, Floats, Size

LIMIT = 8.0
"""Logits are clipped to ±LIMIT: beyond it a pixel is as certain as it will ever be."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a mask's cells lie: cell (i, j) has its centre at (x + j·dx, y + i·dy).

    In fractions of the frame's width and height, (0, 0) being the outer corner of the first
    pixel. BodyPix answers at every `stride`-th pixel of its input (dx = stride / input width,
    x = half an input pixel); a network that answers per pixel has x = dx / 2.
    """

    x: float
    y: float
    dx: float
    dy: float

    def __post_init__(self) -> None:
        for name, value in (("x", self.x), ("y", self.y), ("dx", self.dx), ("dy", self.dy)):
            if not math.isfinite(value):
                raise ValueError(f"mask grid {name} must be finite, got {value}")
        for name, step in (("dx", self.dx), ("dy", self.dy)):
            if step <= 0:
                raise ValueError(f"mask grid {name} must be above 0, got {step}")

    def on(self, size: Size, larger: Size) -> "Grid":
        """The same cells on a larger picture whose top left is the frame; (height, width) each."""
        down, across = size[0] / larger[0], size[1] / larger[1]
        return Grid(self.x * across, self.y * down, self.dx * across, self.dy * down)


def decode(mask: Bytes) -> Floats:
    """Bytes to logits: (h, w) uint8 → (h, w) float32 in ±LIMIT."""
    scale = np.float32(2 * LIMIT / 255)
    return mask.astype(np.float32) * scale - np.float32(LIMIT)


def encode(logits: Floats) -> Bytes:
    """Logits to bytes, the inverse of `decode`: (h, w) float32 → (h, w) uint8."""
    clipped = np.clip(logits, -LIMIT, LIMIT)
    return np.rint((clipped + LIMIT) * (255 / (2 * LIMIT))).astype(np.uint8)


def shift(threshold: float) -> float:
    """What to add to every logit so that probability `threshold` becomes the edge.

    ``-ln(t / (1 - t))``: 0 at one half, negative above it (fewer pixels are person).
    """
    if not 0 < threshold < 1:
        raise ValueError(f"threshold must be between 0 and 1, got {threshold}")
    return -math.log(threshold / (1 - threshold))


def upsample(logits: Floats, grid: Grid, size: Size) -> Floats:
    """Logits at the pixel centres of a picture of `size` that covers the same frame.

    Cubic, with the grid's exact geometry: half an input pixel of error here would be eight
    pixels of the frame at stride 16. Outside the outermost cells the border value holds.

    Args:
        logits: (h, w) float32.
        grid: where the cells lie.
        size: (height, width) of the result.

    Returns:
        (height, width) float32 in ±LIMIT (cubic interpolation overshoots; it is clipped).
    """
    height, width = size
    # Result pixel (u, v) has its centre at ((u + ½) / width, (v + ½) / height) of the frame.
    to_cell = np.array(
        [
            [1 / (width * grid.dx), 0, (0.5 / width - grid.x) / grid.dx],
            [0, 1 / (height * grid.dy), (0.5 / height - grid.y) / grid.dy],
        ]
    )
    result: Floats = cv2.warpAffine(  # type: ignore[assignment]  # MatLike is an array
        logits,
        to_cell,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.clip(result, -LIMIT, LIMIT, out=result)
