"""How much alpha changes where the picture stands still. Needs no truth."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np

from cyclorama.types import Bytes

WINDOW = 5
"""Frames over which a pixel must not change."""

STILL = 2
"""Levels of luma by which it may."""

SIGMA = 2.0
"""Pixels; blur that takes the sensor's noise away first."""

CHANGED = 8
"""Levels of alpha from which a change is seen."""


class Stillness:
    """Finds the still pixels, frame by frame."""

    def __init__(self) -> None:
        self._recent: deque[Bytes] = deque(maxlen=WINDOW)

    def observe(self, frame: Bytes) -> Bytes | None:
        """255 where this RGBA frame and those before it are alike; None while they are too few."""
        luma = cv2.cvtColor(frame, cv2.COLOR_RGBA2GRAY)
        self._recent.append(np.asarray(cv2.GaussianBlur(luma, (0, 0), SIGMA), np.uint8))
        if len(self._recent) < WINDOW:
            return None
        stack = np.stack(self._recent)
        return np.asarray(np.ptp(stack, axis=0) <= STILL, np.uint8) * np.uint8(255)


def changed(alpha: Bytes, before: Bytes, still: Bytes) -> tuple[int, int]:
    """(still pixels whose alpha changed, still pixels)."""
    change = cv2.compare(cv2.absdiff(alpha, before), CHANGED, cv2.CMP_GT)  # type: ignore[call-overload]
    return cv2.countNonZero(cv2.bitwise_and(change, still)), cv2.countNonZero(still)
