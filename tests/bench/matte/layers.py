"""A composited clip taken apart again, so that its person can stand elsewhere.

`talk-*` were made as ``frame = alpha · person + (1 - alpha) · room`` with a known alpha. The room
is the median of what was ever seen of it; the person is what is opaque, its colours spread a few
pixels outwards for the soft edge.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama.types import Bytes
from tests.bench.matte import footage

CLEAR = 9
"""Pixels; side of the square around a pixel that must be free of person to count as room."""

SPREAD = 9
"""Pixels; side of the box that carries opaque colours into the soft edge."""


@dataclass(frozen=True)
class Person:
    """A person cut out of a frame."""

    colour: Bytes
    """(H, W, 3) uint8 BGR; meaningful where alpha is above 0."""
    alpha: Bytes
    """(H, W) uint8."""

    def over(self, room: Bytes) -> Bytes:
        """The person before a room of the same size."""
        weight = self.alpha[..., None].astype(np.uint16)
        total = self.colour * weight + room * (255 - weight)
        return ((total + 127) // 255).astype(np.uint8)

    def moved(self, x: float, *, mirrored: bool = False) -> Person:
        """Shifted by x pixels to the right; what comes in from outside is empty."""
        colour, alpha = self.colour, self.alpha
        if mirrored:
            colour, alpha = colour[:, ::-1], alpha[:, ::-1]
        return Person(shift(colour, (x, 0)), shift(alpha, (x, 0)))


def cut(frame: Bytes, alpha: Bytes) -> Person:
    """Take the person out of a frame, (H, W, 3) and (H, W) uint8."""
    solid = (alpha >= 250).astype(np.float32)
    box = (SPREAD, SPREAD)
    total = cv2.blur(frame * solid[..., None], box)
    near = cv2.blur(solid, box)[..., None]
    outward = np.where(near > 0, total / np.maximum(near, 1e-6), frame)
    colour = np.where(solid[..., None] > 0, frame, np.rint(outward))
    return Person(colour.astype(np.uint8), alpha)


@functools.cache
def room(clip: Path, truth: Path) -> Bytes:
    """The room of a clip without the person, (H, W, 3) uint8.

    What was never seen is made of its surroundings, mirrored at the border of what was.
    """
    frames = np.stack(footage.stored(clip)[::4])
    kernel = np.ones((CLEAR, CLEAR), np.uint8)
    person = np.stack([cv2.dilate(matte, kernel) for matte in footage.mattes(truth)[::4]]) > 0
    seen = (~person).sum(0)
    # The median of the seen only: those come first when the others are sorted to the end.
    ordered = np.sort(np.where(person[..., None], 255, frames), axis=0)
    middle = np.maximum(seen - 1, 0) // 2
    median = np.take_along_axis(ordered, middle[None, ..., None], axis=0)[0]
    return mirrored_into(median, seen == 0)


def mirrored_into(picture: Bytes, hole: NDArray[np.bool_]) -> Bytes:
    """Fill a hole, (H, W) bool, with the picture around it mirrored at the hole's border."""
    result = picture.copy()
    hole = hole.copy()
    rows, columns = np.indices(hole.shape)
    while hole.any():
        _, labels = cv2.distanceTransformWithLabels(
            hole.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
        )
        nearest = np.zeros(labels.max() + 1, np.intp)
        nearest[labels[~hole]] = np.flatnonzero(~hole)
        y, x = np.divmod(nearest[labels], hole.shape[1])
        y = np.clip(2 * y - rows, 0, hole.shape[0] - 1)
        x = np.clip(2 * x - columns, 0, hole.shape[1] - 1)
        found = hole & ~hole[y, x]
        result[found] = picture[y[found], x[found]]
        picture, hole = result.copy(), hole & ~found
    return result


def shift(picture: Bytes, by: tuple[float, float], scale: float = 1.0) -> Bytes:
    """Scale a picture about its middle, then move it by (x, y) pixels; zero comes in."""
    height, width = picture.shape[:2]
    placing = np.array(
        [
            [scale, 0, (1 - scale) * (width - 1) / 2 + by[0]],
            [0, scale, (1 - scale) * (height - 1) / 2 + by[1]],
        ]
    )
    return np.asarray(cv2.warpAffine(picture, placing, (width, height)), np.uint8)
