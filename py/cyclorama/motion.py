"""Tells whether the person moved, and so must look different in the picture that is made of it."""

import numpy as np

from .types import Bytes, Indices, Size

GRID: Size = (24, 32)
"""Rows and columns of the places that are looked at, spread over the whole picture."""

FEWEST = 8
"""Places that must be all person; of fewer nothing is said."""

MOVED = 0.1
"""Share of them that must have changed. A camera's noise alone changes more."""


class Motion:
    """Remembers the frame before."""

    def __init__(self) -> None:
        self._before: Bytes | None = None

    def seen(self, frame: Bytes, alpha: Bytes) -> bool:
        """Whether the person in this frame is not where or as they were in the one before.

        Args:
            frame: (H, W, 4) uint8; only read.
            alpha: (h, w) uint8 of any size, the frame's matte.
        """
        now = frame[_places(frame)]
        before, self._before = self._before, now
        solid = alpha[_places(alpha)] == 255
        if before is None or np.count_nonzero(solid) < FEWEST:
            return False
        return bool(np.mean((now != before).any(axis=2)[solid]) > MOVED)


def _places(picture: Bytes) -> tuple[Indices, ...]:
    """The middles of the grid's cells on a picture."""
    return np.ix_(
        *(
            (np.arange(count) * 2 + 1) * side // (2 * count)
            for side, count in zip(picture.shape, GRID, strict=False)
        )
    )
