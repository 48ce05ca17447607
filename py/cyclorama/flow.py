"""Motion between small pictures, as maps that `ops.carry` takes.

A *step* of frame t says where each of its pixels was in frame t - 1, (h, w, 2) float32 in pixels
(x, y). Steps chain: the map from t back to an older frame k is found by looking up the map from
t - 1 to k at the places where step t points.
"""

from typing import cast

import cv2
import numpy as np

from . import ops
from .types import Bytes, Floats, Size

MIN_SIDE = 32
"""Pixels; DIS matches patches on a pyramid and has nothing to match on a smaller picture."""


FAMILIAR, STRANGE = 12.0, 36.0
"""Levels of difference up to which motion explains a pixel, and from which it does not at all."""


def identity(size: Size) -> Floats:
    """The map of nothing having moved, (height, width, 2) float32."""
    height, width = size
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x, y], axis=-1).astype(np.float32)


def chain(back: Floats, step: Floats) -> Floats:
    """The map from t to k, out of the map from t - 1 to k and the step of t."""
    return ops.carry(back, step)


def novelty(now: Bytes, carried: Bytes, back: Floats) -> Floats:
    """Where a picture is not what motion makes of an older one: what has come, or come to light.

        novelty = clip((max over channels |now - carried| - FAMILIAR) / (STRANGE - FAMILIAR), 0, 1)

    and 1 where the map leads out of the picture. This is the check of optical flow's own constancy
    of brightness, which it breaks at occlusions and where it fails.

    Args:
        now: (h, w, 3) uint8, in the older one's light.
        carried: (h, w, 3) uint8, the older one as `ops.carry` brings it here.
        back: (h, w, 2) float32, the map by which it was carried.

    Returns:
        (h, w) float32, 0 … 1.
    """
    height, width = now.shape[:2]
    inside = cv2.inRange(cast("cv2.Mat", back), (-1, -1), (width, height))  # type: ignore[call-overload]
    difference = cv2.max(ops.difference(now, carried), cv2.bitwise_not(inside))
    return ops.look_up(ops.slope(FAMILIAR, STRANGE), cast("Bytes", difference))


class Flow:
    """Dense inverse search between successive small luma pictures.

    Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016. The ultrafast
    preset with finest scale 2 follows a waving arm at 160×120 in a third of a millisecond.

    Args:
        size: (height, width) of the pictures.
        finest_scale: pyramid level at which the search ends; 1 is finer than 2 and takes three
            times as long.
    """

    def __init__(self, size: Size, finest_scale: int) -> None:
        self._identity = identity(size)
        self._previous: Bytes | None = None
        self._search: cv2.DISOpticalFlow | None = None
        if min(size) >= MIN_SIDE:
            self._search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
            self._search.setFinestScale(finest_scale)

    def step(self, luma: Bytes) -> Floats:
        """The step of this frame, the identity for the first; luma is (h, w) uint8."""
        previous, self._previous = self._previous, luma
        if previous is None or self._search is None:
            return self._identity
        motion = self._search.calc(luma, previous, cast("cv2.Mat", None))
        return self._identity + cast("Floats", motion)
