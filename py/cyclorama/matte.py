"""The matte: what one old, coarse mask says about the frame that is on now.

A mask is made from a frame that is 100 to 170 ms old when the mask arrives. So a mask is not laid
over the picture: it teaches, on its own frame, a local map from colour to alpha (`guide`); that map
is carried along with the motion since (`flow`) and asked about the colours of the present frame.
The edge then sits where it is now.

Three things are known besides the mask, and are weighed in: what the empty room looks like
(`room`), which colours are the person's (`histogram`), and what was said of the same frame before.

All of it runs on a *small* picture, a quarter of the frame each way; `blend` brings the result to
the full size along the edge only.
"""

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from . import flow, guide, logits, ops
from .histogram import Histogram
from .room import Room
from .types import Bytes, Floats, Size

SHRINK = 4
"""Frame pixels per small pixel, each way."""

HISTORY = 40
"""Frames kept to meet a late mask: over a second at 30 per second, the age limit of a mask."""

SOFT_AGE_MS = 300.0
"""Up to this age a mask is trusted as it is."""

LIMIT_AGE_MS = 1000.0
"""From this age on a mask says nothing; there is no matte."""


MASK_SHARE = 0.7
"""Share of a new mask's logits; the rest is what alpha was on the mask's frame."""

ALPHA_SLOPE, ALPHA_LIMIT = 6.0, 3.0
"""Alpha becomes a logit by ``clip(ALPHA_SLOPE · (alpha - ½), ±ALPHA_LIMIT)``."""

COLOUR_SHARE = 0.3
"""Weight of the histogram's evidence beside the logits."""

ISLAND_SHARE = 0.1
"""Of the area of the largest part of the person: a smaller part that is nowhere sure is none."""

ISLAND_SURE = 2.5
"""Logit that a small part must reach somewhere to be believed, as a raised hand does."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that can be left out, to save time or to see what each is worth."""

    flow: bool = True
    room: bool = True
    histogram: bool = True
    recurrence: bool = True


@dataclass(slots=True)
class _Past:
    timestamp: int
    colour: Bytes
    step: Floats
    alpha: Floats | None = None
    """What was said of this frame, where anything was."""


@dataclass(slots=True)
class _Lesson:
    """What a mask taught on its own frame, and the way back there from now."""

    timestamp: int
    coefficients: Floats
    doubt: Floats
    """(h, w) float32, 0 … 1; 1 where the mask does not know at all."""
    back: Floats


class Matte:
    """Alpha of the person, frame by frame, from masks that come late.

    Args:
        size: (height, width) of the frames.
    """

    def __init__(self, size: Size, parts: Parts = Parts()) -> None:
        height, width = size
        self._parts = parts
        self.small: Size = (max(height // SHRINK, 1), max(width // SHRINK, 1))
        self._flow = flow.Flow(self.small)
        self._room = Room(self.small)
        self._histogram = Histogram()
        self._past: deque[_Past] = deque(maxlen=HISTORY)
        self._lesson: _Lesson | None = None

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """Take note of a frame, (H, W, 4) uint8, before `alpha` is asked about it."""
        small = ops.shrink(frame, self.small)
        step = self._flow.step(ops.luma(small)) if self._parts.flow else flow.identity(self.small)
        self._past.append(_Past(timestamp, ops.rgb(small), step))
        if self._lesson:
            self._lesson.back = flow.chain(self._lesson.back, step)

    def learn(self, mask: Bytes, grid: logits.Grid, timestamp: int, threshold: float) -> bool:
        """Learn from a mask of the frame with this timestamp.

        Args:
            mask: (h, w) uint8, logits as `logits.encode` writes them.
            grid: where its cells lie.
            timestamp: of its frame, microseconds.
            threshold: probability at which the edge is put.

        Returns:
            Whether the mask could be used. One whose frame is no longer remembered, or that is
            older than the mask in use, is not.
        """
        newest = self._lesson.timestamp if self._lesson else None
        if newest is not None and timestamp <= newest:
            return False
        later: list[Floats] = []
        for past in reversed(self._past):
            if past.timestamp == timestamp:
                break
            later.append(past.step)
        else:
            return False

        said = logits.upsample(logits.decode(mask), grid, self.small) + logits.shift(threshold)
        z = self._refine(said, past)
        coefficients = guide.learn(_unit(past.colour), _target(z), _weight(z))
        back = flow.identity(self.small)
        for step in reversed(later):
            back = flow.chain(back, step)
        self._lesson = _Lesson(timestamp, coefficients, _doubt(z), back)
        return True

    def _refine(self, z: Floats, past: _Past) -> Floats:
        """A mask's logits with what else is known of its frame."""
        if self._parts.room:
            self._room.learn(past.colour, z)
        if self._parts.recurrence and past.alpha is not None:
            before = np.clip(ALPHA_SLOPE * (past.alpha - 0.5), -ALPHA_LIMIT, ALPHA_LIMIT)
            z = MASK_SHARE * z + (1 - MASK_SHARE) * before
        if self._parts.histogram:
            self._histogram.learn(past.colour, z)
            z = z + COLOUR_SHARE * self._histogram.evidence(past.colour)
        return _without_islands(z)

    def age_ms(self) -> float | None:
        """How much older the newest mask's frame is than the newest frame, in camera time."""
        if self._lesson is None or not self._past:
            return None
        return (self._past[-1].timestamp - self._lesson.timestamp) / 1000

    def alpha(self) -> Bytes | None:
        """Alpha of the newest frame at the small size, (h, w) uint8; None where none is known.

        Past SOFT_AGE_MS doubtful pixels go to the plate, more of them the older the mask is; at
        LIMIT_AGE_MS there is no matte any more.
        """
        age_ms = self.age_ms()
        if self._lesson is None or age_ms is None or age_ms > LIMIT_AGE_MS:
            return None
        carried = ops.carry(self._lesson.coefficients, self._lesson.back)
        now = self._past[-1]
        alpha = guide.apply(carried, _unit(now.colour))
        if self._room.trust > 0:
            doubt = ops.carry(self._lesson.doubt, self._lesson.back)
            alpha = self._room.correct(alpha, doubt, now.colour)
        now.alpha = alpha
        if age_ms > SOFT_AGE_MS:
            shy = (age_ms - SOFT_AGE_MS) / (LIMIT_AGE_MS - SOFT_AGE_MS) / 2
            alpha = np.clip((alpha - np.float32(shy)) / np.float32(1 - shy), 0, 1)
        return np.rint(alpha * 255).astype(np.uint8)


def _unit(picture: Bytes) -> Floats:
    return picture.astype(np.float32) / np.float32(255)


def _target(z: Floats) -> Floats:
    """What the mask says alpha is: a ramp of two logits around the edge, flat beyond."""
    return np.clip(np.float32(0.5) + z / 2, 0, 1)


def _weight(z: Floats) -> Floats:
    """How much the mask's word counts: little where it is in doubt, never nothing."""
    certainty = np.clip(np.abs(z) / 2, 0, 1)
    weight: Floats = np.float32(0.1) + np.float32(0.9) * certainty * certainty
    return weight


def _without_islands(z: Floats) -> Floats:
    """Logits with small parts that are nowhere sure turned to the room.

    What a mask is in doubt of can be held up by its colour and by its own past, a black chair by
    a black shirt.
    """
    count, labels, shapes, _ = cv2.connectedComponentsWithStats((z > 0).astype(np.uint8))
    if count < 3:
        return z
    areas = shapes[1:, cv2.CC_STAT_AREA]
    small = 1 + np.flatnonzero(areas < ISLAND_SHARE * areas.max())
    weak = [label for label in small if z[labels == label].max() < ISLAND_SURE]
    return np.where(np.isin(labels, weak), -np.abs(z), z)


def _doubt(z: Floats) -> Floats:
    """How little the logits know, 1 at the edge of the mask and 0 at their limit."""
    doubt: Floats = 1 - np.minimum(np.abs(z) / logits.LIMIT, 1)
    return doubt
