"""What masks said before, weighed in where the picture has not changed since.

A mask's own error changes with every frame, and a person who sits still does not: so where the
picture stands still the logits of successive masks are averaged, and what is still in doubt stays
as it was:

    mean += share · (z - mean),              share = MEAN_SHARE … 1 by how much the picture moves
    z = share · mean + (1 - share) · before,  share = DOUBT_SHARE … SURE_SHARE by how much it moves
                                                      and by how sure the mean is
    before = clip(ALPHA_SLOPE · (alpha - ½), ±ALPHA_LIMIT)

with `alpha` as it was said of the mask's own frame. It is bounded, because without a bound a
mistake would hold itself up for ever.
"""

import numpy as np

from . import ops
from .types import Bytes, Floats

STILL, MOVED = 4.0, 12.0
"""Levels between two masks' frames, over a small pixel: up to STILL the picture stands still, from
MOVED on it does not at all."""

MEAN_SHARE = 0.4
"""Share of a new mask in the running mean of logits where the picture stands still."""

SURE_SHARE, DOUBT_SHARE = 0.7, 0.4
"""Share of that mean beside what alpha was: where the mean is sure or the picture moves, and where
it is in doubt and stands still."""

DOUBTFUL, SURE = 1.0, 3.0
"""Logits up to which the mean is in doubt, and from which it is sure."""

ALPHA_SLOPE, ALPHA_LIMIT = 8.0, 3.0
"""How alpha becomes a logit. The limit lets go of a mistake: a mean below some -2 ends any person,
however long they have been there."""


class Memory:
    """Of the masks before."""

    def __init__(self) -> None:
        self._mean: Floats | None = None
        self._picture: Bytes | None = None

    def recall(self, z: Floats, picture: Bytes, alpha: Floats | None) -> Floats:
        """A mask's logits with those before it, by the equation above.

        Args:
            z: (h, w) float32, the mask's logits.
            picture: (h, w, 3) uint8, its frame.
            alpha: (h, w) float32, 0 … 1, what was said of that frame, where anything was.

        Returns:
            (h, w) float32.
        """
        if self._mean is None or self._picture is None:
            self._mean, self._picture = z, picture
            return z
        moved = ops.look_up(ops.slope(STILL, MOVED), ops.difference(picture, self._picture))
        self._mean = self._mean + (MEAN_SHARE + (1 - MEAN_SHARE) * moved) * (z - self._mean)
        self._picture = picture
        if alpha is None:
            return self._mean
        before = np.clip(ALPHA_SLOPE * (alpha - 0.5), -ALPHA_LIMIT, ALPHA_LIMIT)
        sure = ops.rise(np.abs(self._mean), DOUBTFUL, SURE)
        share = DOUBT_SHARE + (SURE_SHARE - DOUBT_SHARE) * np.maximum(moved, sure)
        recalled: Floats = before + share * (self._mean - before)
        return recalled
