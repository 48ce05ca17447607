"""The matte: what one old, coarse mask says about the frame that is on now.

A mask is made from a frame that is 100 to 170 ms old when the mask arrives. So a mask is not laid
over the picture: it teaches, on its own frame, a local map from colour to alpha (`guide`); that map
is carried along with the motion since (`flow`) and asked about the colours of the present frame.
The edge then sits where it is now.

All of it runs on a *small* picture, a quarter of the frame each way; `blend` brings the result to
the full size along the edge only.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from . import flow, guide, logits, ops
from .types import Bytes, Floats, Size

SHRINK = 4
"""Frame pixels per small pixel, each way."""

HISTORY = 40
"""Frames kept to meet a late mask: over a second at 30 per second, the age limit of a mask."""

SOFT_AGE_MS = 300.0
"""Up to this age a mask is trusted as it is."""

LIMIT_AGE_MS = 1000.0
"""From this age on a mask says nothing; there is no matte."""


@dataclass(frozen=True, slots=True)
class _Past:
    timestamp: int
    colour: Bytes
    step: Floats


@dataclass(slots=True)
class _Lesson:
    """What a mask taught: coefficients on its own frame, and the way back there from now."""

    timestamp: int
    coefficients: Floats
    back: Floats


class Matte:
    """Alpha of the person, frame by frame, from masks that come late.

    Args:
        size: (height, width) of the frames.
    """

    def __init__(self, size: Size) -> None:
        height, width = size
        self.small: Size = (max(height // SHRINK, 1), max(width // SHRINK, 1))
        self._flow = flow.Flow(self.small)
        self._past: deque[_Past] = deque(maxlen=HISTORY)
        self._lesson: _Lesson | None = None

    @property
    def timestamp(self) -> int | None:
        """Of the frame that the newest mask was made from, microseconds."""
        return self._lesson.timestamp if self._lesson else None

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """Take note of a frame, (H, W, 4) uint8, before `alpha` is asked about it."""
        small = ops.shrink(frame, self.small)
        step = self._flow.step(ops.luma(small))
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

        z = logits.upsample(logits.decode(mask), grid, self.small) + logits.shift(threshold)
        coefficients = guide.learn(_unit(past.colour), _target(z), _weight(z))
        back = flow.identity(self.small)
        for step in reversed(later):
            back = flow.chain(back, step)
        self._lesson = _Lesson(timestamp, coefficients, back)
        return True

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
        alpha = guide.apply(carried, _unit(self._past[-1].colour))
        if age_ms > SOFT_AGE_MS:
            doubt = (age_ms - SOFT_AGE_MS) / (LIMIT_AGE_MS - SOFT_AGE_MS) / 2
            alpha = np.clip((alpha - np.float32(doubt)) / np.float32(1 - doubt), 0, 1)
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
