"""Which frame of the camera a picture of the output shows."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from cyclorama.types import Bytes, Floats
from tests.bench.matte.live.numbered import PLACE, NumberedClip
from tests.harness import marker

SAMPLING = 4
"""Every so many pixels each way are compared."""

MOST_UNEXPLAINED = 0.3
"""Levels, on average over the picture. The frame that is shown leaves 0.03 of rounding in these
clips, the one next to it 1 or more, the card 30."""


class Identifier:
    """Tells the frames of one clip apart.

    The barcode is missing where the matte has a hole just there. To leave such pictures out would
    flatter a matte with holes, so they are told by all their pixels instead: of all frames of the
    clip, the shown one alone can be mixed with the plate so as to give the picture.

    Args:
        clip: that the camera plays.
        plate: (3,) uint8.
    """

    def __init__(self, clip: NumberedClip, plate: Bytes) -> None:
        self._clip = clip
        self._plate = plate.astype(np.float32)

    def barcode(self, picture: Bytes) -> int | None:
        """The number that an (H, W, 3) uint8 RGB picture carries, where it can be read."""
        number = marker.read(picture, *PLACE)
        return number if number is not None and number < len(self._clip.frames) else None

    def best_explained(self, picture: Bytes) -> int | None:
        """The number of the frame that explains the picture; None where none does."""
        seen = _sampled(picture) - self._plate
        weight = np.maximum(np.einsum("nhwc,nhwc->nhw", self._people, self._people), 1)
        fitted = np.einsum("hwc,nhwc->nhw", seen, self._people) / weight
        rest = seen - np.clip(fitted, 0, 1)[..., None] * self._people
        unexplained = np.abs(rest).mean(axis=(1, 2, 3))
        best = int(unexplained.argmin())
        return best if unexplained[best] <= MOST_UNEXPLAINED else None

    @cached_property
    def _people(self) -> Floats:
        """Differences of all frames to the plate, (frames, h, w, 3)."""
        numbers = range(len(self._clip.frames))
        frames = [_sampled(self._clip.camera_frame(number)) for number in numbers]
        return np.stack(frames) - self._plate


def _sampled(picture: Bytes) -> Floats:
    first = SAMPLING // 2
    return picture[first::SAMPLING, first::SAMPLING].astype(np.float32)
