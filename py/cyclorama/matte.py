"""The matte: what one old, coarse mask says about the frame that is on now.

A mask is made from a frame that is 100 to 170 ms old when the mask arrives. So a mask is not laid
over the picture: it teaches, on its own frame, a local map from colour to alpha (`guide`); that map
is carried along with the motion since (`flow`) and asked about the colours of the present frame,
seen in the mask's own light (`light`). The edge then sits where it is now.

Four things are known besides the mask, and are weighed in: what the empty room looks like
(`room`), where the frame shows what the mask's frame did not (`flow.novelty`), which colours are
the person's (`histogram`), and what was said of the same place before (`memory`).

All of it runs on a *small* picture, a quarter of the frame each way; `blend` brings the result to
the full size along the edge only.
"""

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np

from . import flow, guide, light, logits, ops
from .histogram import Histogram
from .memory import Memory
from .room import Room
from .types import Bytes, Floats, Size

HISTORY = 40
"""Frames kept to meet a late mask: over a second at 30 per second, the age limit of a mask."""

SOFT_AGE_MS = 300.0
"""Up to this age a mask is trusted as it is."""

LIMIT_AGE_MS = 1000.0
"""From this age on a mask says nothing; there is no matte."""

COLOUR_SHARE = 0.3
"""Weight of the histogram's evidence beside the logits."""

WHOLE = (3.0, 4.0)
"""Logits from which, and from which on surely, masks are believed against the local map …"""

LIKELY = (-0.5, 0.5)
"""… where the histogram's evidence is as much as this for the person."""

NEAR_FRACTION = 1 / 10
"""As far from the person as this share of the picture's shorter side, what is new is taken for
theirs: 12 px of 120, an arm's way in 150 ms."""

HARDLY = 1e-4
"""Share of a neighbourhood that is less than one pixel of it, and more than a rounding error."""

PERSONAL = (1.0, 2.0)
"""Evidence of the histogram from which, and from which on surely, what is new is the person's
wherever it is."""

ISLAND_SHARE = 0.1
"""Of the area of the largest part of the person: a smaller part that is nowhere sure is none."""

ISLAND_SURE = 2.5
"""Logit that a small part must reach somewhere to be believed, as a raised hand does."""


SHORT = 480
"""Pixels; a frame whose shorter side is longer is looked at no more closely than this one: masks
say no more about it, and time goes by small pixels."""

SPARSE = (slice(2, None, 5), slice(2, None, 5))
"""Every fifth pixel each way is asked how the light has changed: hundreds are enough."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the matte is made of: less of it takes less time; see `quality`."""

    shrink: int = 4
    """Frame pixels per small pixel, each way, of a frame whose shorter side is SHORT."""
    flow: int | None = 2
    """Pyramid level at which the search for motion ends; None for no search."""
    light: bool = True
    novelty: bool = True
    room: bool = True
    histogram: bool = True
    memory: bool = True


@dataclass(slots=True)
class _Past:
    timestamp: int
    colour: Bytes
    step: Floats | None
    """From the frame before, where motion is looked for."""
    alpha: Floats | None = None
    """What was said of this frame, where anything was."""


@dataclass(slots=True)
class _Lesson:
    """What a mask taught on its own frame, and the way back there from now."""

    timestamp: int
    colour: Bytes
    """(h, w, 3) uint8, the mask's own frame."""
    coefficients: Floats
    doubt: Floats
    """(h, w) float32, 0 … 1; 1 where the mask does not know at all."""
    near: Floats
    """(h, w) float32, 1 near the person, else 0; where they were, not carried along."""
    back: Floats


class Matte:
    """Alpha of the person, frame by frame, from masks that come late.

    Args:
        size: (height, width) of the frames.
    """

    def __init__(self, size: Size, parts: Parts = Parts()) -> None:
        self.parts = parts
        self.small: Size = _small(size, parts.shrink)
        self._flow = None if parts.flow is None else flow.Flow(self.small, parts.flow)
        self._room = Room(self.small)
        self._histogram = Histogram()
        self._memory = Memory()
        self._past: deque[_Past] = deque(maxlen=HISTORY)
        self._lesson: _Lesson | None = None
        self._nowhere = flow.identity(self.small)

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """Take note of a frame, (H, W, 4) uint8, before `alpha` is asked about it."""
        small = ops.shrink(frame, self.small)
        step = self._flow.step(ops.luma(small)) if self._flow else None
        self._past.append(_Past(timestamp, ops.rgb(small), step))
        if self._lesson and step is not None:
            self._lesson.back = flow.chain(self._lesson.back, step)

    @property
    def colour(self) -> Bytes:
        """The newest frame at the small size, (h, w, 3) uint8."""
        return self._past[-1].colour

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
            if past.step is not None:
                later.append(past.step)
        else:
            return False

        said = logits.upsample(logits.decode(mask), grid, self.small) + logits.shift(threshold)
        z, whole = self._refine(said, past)
        coefficients = guide.learn(_unit(past.colour), _target(z), _weight(z))
        coefficients = guide.fill(coefficients, whole)
        *steps, back = later or [self._nowhere]
        for step in reversed(steps):
            back = flow.chain(back, step)
        self._lesson = _Lesson(timestamp, past.colour, coefficients, _doubt(z), _near(z), back)
        return True

    def _refine(self, z: Floats, past: _Past) -> tuple[Floats, Floats]:
        """A mask's logits with what else is known of its frame.

        And where masks and colour agree that it is the person, (h, w) float32, 0 … 1: a highlight
        on the forehead, brighter than the wall above dark hair, is no hole in the head.
        """
        if self.parts.room:
            self._room.learn(past.colour, z)
        if self.parts.memory:
            z = self._memory.recall(z, past.colour, past.alpha)
        if not self.parts.histogram:
            return _without_islands(z), np.zeros_like(z)
        self._histogram.learn(past.colour, z)
        evidence = self._histogram.evidence(past.colour)
        whole = ops.rise(z, *WHOLE) * ops.rise(evidence, *LIKELY)
        return _without_islands(z + COLOUR_SHARE * evidence), whole

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
        now = self._past[-1]
        alpha = self._read(self._lesson, now.colour)
        now.alpha = alpha
        if age_ms > SOFT_AGE_MS:
            shy = (age_ms - SOFT_AGE_MS) / (LIMIT_AGE_MS - SOFT_AGE_MS) / 2
            alpha = np.clip((alpha - np.float32(shy)) / np.float32(1 - shy), 0, 1)
        return np.rint(alpha * 255).astype(np.uint8)

    def _read(self, lesson: _Lesson, colour: Bytes) -> Floats:
        """Alpha of a picture, (h, w) float32, by what was learned."""
        # Where no motion is looked for, everything is where it was.
        way = ops.Way(lesson.back) if self._flow else None
        then = way.carry(lesson.colour) if way else lesson.colour
        if self.parts.light:
            gain = light.change(_some(colour), _some(then))
            colour = colour if (gain == 1).all() else light.without(colour, gain)
        coefficients = way.carry(lesson.coefficients) if way else lesson.coefficients
        alpha = guide.apply(coefficients, _unit(colour))
        if self._room.trust == 0:
            return alpha
        doubt = way.carry(lesson.doubt) if way else lesson.doubt
        novelty = np.zeros_like(doubt)
        if self.parts.novelty:
            novelty = flow.novelty(colour, then, lesson.back)
        likely = self._likely(lesson.near, novelty, colour)
        return self._room.correct(alpha, doubt, novelty, likely, colour)

    def _likely(self, near: Floats, novelty: Floats, colour: Bytes) -> Floats:
        """How likely what is new is of the person: near them, or of their own colours."""
        far = np.flatnonzero((novelty > 0) & (near == 0))
        if not far.size:
            return near
        likely = near.copy()
        evidence = self._histogram.evidence(colour.reshape(-1, 3)[far])
        likely.reshape(-1)[far] = ops.rise(evidence, *PERSONAL)
        return likely


def _small(size: Size, shrink: int) -> Size:
    """(height, width) of the small picture."""
    height, width = size
    factor = shrink * max(1.0, min(size) / SHORT)
    return max(int(height / factor), 1), max(int(width / factor), 1)


def _some(picture: Bytes) -> Floats:
    """A sample of a picture's pixels, (n, 3) float32."""
    sparse = picture[SPARSE]
    return (sparse if sparse.size else picture).reshape(-1, 3).astype(np.float32)


_UNIT: Floats = np.arange(256, dtype=np.float32) / np.float32(255)


def _unit(picture: Bytes) -> Floats:
    return ops.look_up(_UNIT, picture)


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


def _near(z: Floats) -> Floats:
    """1 within reach of the person, else 0."""
    reach = max(1, round(min(z.shape) * NEAR_FRACTION))
    return (ops.box((z > 0).astype(np.float32), reach) > HARDLY).astype(np.float32)


def _doubt(z: Floats) -> Floats:
    """How little the logits know, 1 at the edge of the mask and 0 at their limit."""
    doubt: Floats = 1 - np.minimum(np.abs(z) / logits.LIMIT, 1)
    return doubt
