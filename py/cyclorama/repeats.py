"""Tells a frame met twice by its pixels, for browsers that give frames no time of their own."""

import numpy as np

from .types import Bytes

STEP = 16
"""Every so manieth row and column is looked at: a camera's noise is in all of them."""

STANDS_MS = 100.0
"""A picture that stands for longer is taken for a new one: of no camera, or of a dark one."""


class Repeats:
    """Remembers the last frame that was new."""

    def __init__(self) -> None:
        self._sample: Bytes | None = None
        self._since_ms = 0.0

    def met(self, frame: Bytes, now_ms: float) -> bool:
        """Whether this (H, W, 4) frame is the last one once more; otherwise it is remembered.

        Args:
            frame: only read.
            now_ms: of any steady clock.
        """
        sample = frame[::STEP, ::STEP]
        if (
            self._sample is not None
            and now_ms - self._since_ms < STANDS_MS
            and np.array_equal(sample, self._sample)
        ):
            return True
        self._sample, self._since_ms = sample.copy(), now_ms
        return False
