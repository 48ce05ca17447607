"""Which frames of a clip are to be looked at: chosen by a rule, so that nobody picks pretty ones.

How much the person moves is asked of the masks and not of the matte: two mattes are looked at in
the same frames.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from cyclorama import logits
from cyclorama.types import Bytes, Floats, Size
from tests.bench.matte import footage
from tests.bench.matte.play import REALISTIC
from tests.bench.matte.takes import Take

LEARNED = 30
"""Frames that are not looked at: the room is being learned."""

REST = REALISTIC.late + REALISTIC.every - 1
"""Frames from that of the mask in use to the one that is on, at most; over so many a person must be
still who is called so. From one frame to the next they may seem it amid fast motion: the camera
repeats a frame now and then."""

QUARTER = 4
"""Frame pixels per pixel of the pictures in which motion is looked for, each way: at the full size
it is the camera's noise."""

REACH = 8
"""Of those pixels, that a hand may have gone beyond the mask since."""


def moments(take: Take, said: Mapping[int, Bytes], grid: logits.Grid) -> dict[str, int]:
    """The frames of a take to look at, by what they show.

    Args:
        said: masks by frame, as REALISTIC needs them.
        grid: where their cells lie.

    Raises:
        NoFootageError: the take is too short.
    """
    if len(take) <= LEARNED:
        raise footage.NoFootageError(f"{take.scene.name} is too short; it takes over a second.")
    return choose(*(_motion(take, said, grid, over) for over in (REST, 1)))


def choose(slow: Sequence[float], fast: Sequence[float]) -> dict[str, int]:
    """The frames to show, by what they show.

    Args:
        slow: how much the person of each frame has moved over REST frames.
        fast: the same since the frame before.
    """
    return {
        "least motion": LEARNED + int(np.argmin(slow[LEARNED:])),
        "most motion": LEARNED + int(np.argmax(fast[LEARNED:])),
    }


def _motion(take: Take, said: Mapping[int, Bytes], grid: logits.Grid, over: int) -> list[float]:
    """Mean change of the person's luma over so many frames up to each frame, levels."""
    height, width = take.frame(0).shape[:2]
    size = (height // QUARTER, width // QUARTER)
    lumas = [_luma(take.frame(index), size) for index in range(len(take))]
    motion: list[float] = []
    person: Bytes = np.zeros(size, np.uint8)  # the mean over nobody is 0
    for index, now in enumerate(lumas):
        made = REALISTIC.arriving(index)
        if made is not None:
            person = around(logits.upsample(logits.decode(said[made]), grid, size))
        change = cv2.absdiff(lumas[max(index - over, 0)], now)
        motion.append(cv2.mean(change, person)[0])
    return motion


def _luma(frame: Bytes, size: Size) -> Bytes:
    small = cv2.resize(frame, size[::-1], interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGBA2GRAY), np.uint8)


def around(z: Floats) -> Bytes:
    """Where the person is by these logits, (h, w), and REACH beyond: 255, else 0."""
    square = np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)
    return np.asarray(cv2.dilate(255 * (z > 0).astype(np.uint8), square), np.uint8)
