"""The empty room behind the person, learned over time: a clean plate.

Where masks are sure of background, a running mean of the colours is kept; a gain per channel makes
up for the camera's exposure and white balance. Where a mask is in doubt, a pixel that looks like
the empty room is room, and one that does not is person:

    v = clip((max over channels |picture - gain · room| - NOISE) / CONTRAST, 0, 1)
    alpha += trust · doubt · ((v - 1) · alpha + LIFT · max(2v - 1, 0) · (1 - alpha))

Trust falls to nothing when the room that can be seen is not the room that was learned: its things
move, or the camera was pushed. After Porikli and Tuzel's and others' background subtraction with a
running mean; the gain is Brown and Lowe's ("Automatic Panoramic Image Stitching", IJCV 2007).
"""

from typing import TypeAlias, cast

import cv2
import numpy as np
import numpy.typing as npt

from . import ops
from .ops import Array
from .types import Bytes, Floats, Size

Mask: TypeAlias = npt.NDArray[np.bool_]

SURE = -2.5
"""Logit below which a mask is sure of background; one small pixel around the person is left out."""

KNOWN = 3
"""Masks that must have been sure of a pixel before its colour counts."""

RATE = 0.08
"""Share of a new colour in the running mean, once that has settled."""

NOISE = 8.0
"""Levels by which a pixel of the empty room differs from the mean of earlier ones."""

CONTRAST = 16.0
"""Levels above NOISE at which a pixel is surely not the room."""

LIFT = 0.5
"""How far a pixel that is not the room is drawn to the person; the other way it goes all of it."""

CALM, UNREST = 5.0, 11.0
"""Levels of the 80th percentile of the difference: up to CALM the room is trusted, from UNREST on
not at all."""

OTHER = 36.0
"""Levels from which a pixel is something else than what was learned, and is forgotten."""

OTHER_SHARE = 0.25
"""Share of such pixels from which the camera has moved, and all is forgotten."""

SPARSE = (slice(None, None, 3), slice(None, None, 3))
"""Every third pixel each way is asked for gain and trust: medians of thousands cost the most of
what a mask costs, and say no more than medians of hundreds."""

ENOUGH = 16
"""Of these, how many of known room must be in sight to say how bright it is now."""


class Room:
    """The clean plate of one camera.

    Args:
        size: (height, width) of the small pictures.
    """

    def __init__(self, size: Size) -> None:
        self._mean: Floats = np.zeros((*size, 3), np.float32)
        self._seen: Floats = np.zeros(size, np.float32)
        self._gain: Floats = np.ones(3, np.float32)
        self._trust = 0.0
        self._expected: Bytes = np.zeros((*size, 3), np.uint8)
        self._weight: Floats = np.zeros(size, np.float32)
        difference = np.arange(256, dtype=np.float32)
        other = np.clip((difference - NOISE) / CONTRAST, 0, 1)
        self._fall: Floats = other - 1
        self._lift: Floats = LIFT * np.maximum(2 * other - 1, 0)

    @property
    def trust(self) -> float:
        """How much the room's word counts, 0 … 1."""
        return self._trust

    def learn(self, picture: Bytes, z: Floats) -> None:
        """Take in the room as this picture shows it.

        Args:
            picture: (h, w, 3) uint8.
            z: (h, w) float32, the mask's logits of that picture.
        """
        sure = ops.lowest((z < SURE).astype(np.uint8), 1) > 0
        known = sure & (self._seen >= KNOWN - 1)
        colour = picture.astype(np.float32)
        if np.count_nonzero(known[SPARSE]) >= ENOUGH:
            self._gain = self._brightness(colour[SPARSE], known[SPARSE])
            colour /= self._gain
            self._judge(_difference(colour, self._mean), known)
        else:
            colour /= self._gain
        rate = np.maximum(1 / (self._seen + 1), np.float32(RATE)) * sure
        self._mean += rate[..., None] * (colour - self._mean)
        self._seen += sure
        expected = np.clip(self._mean * self._gain, 0, 255)
        self._expected = np.rint(expected).astype(np.uint8)
        self._weight = (self._seen >= KNOWN) * np.float32(self._trust)

    def correct(self, alpha: Floats, doubt: Floats, picture: Bytes) -> Floats:
        """Alpha with the room's word added, by the equation above.

        Args:
            alpha: (h, w) float32, 0 … 1.
            doubt: (h, w) float32, 0 … 1; 1 where the mask does not know at all.
            picture: (h, w, 3) uint8, the frame that alpha is of.
        """
        if self._trust == 0:
            return alpha
        difference = _difference(picture, self._expected)
        change = self._fall[difference] * alpha
        change += self._lift[difference] * (1 - alpha)
        change *= self._weight
        change *= doubt
        return alpha + change

    def _brightness(self, colour: Floats, known: Mask) -> Floats:
        """Gain per channel against the known room in sight, (3,) float32; of SPARSE pixels."""
        now, then = colour[known], self._mean[SPARSE][known]
        # Four levels added: a ratio of two dark pixels is noise.
        gain: Floats = np.median((now + 4) / (then + 4), axis=0).astype(np.float32)
        return gain

    def _judge(self, difference: Floats, known: Mask) -> None:
        """Set the trust by how much the known room differs; forget what is no longer there."""
        sample = difference[SPARSE][known[SPARSE]]
        unrest = float(np.percentile(sample, 80))
        self._trust = min(max((UNREST - unrest) / (UNREST - CALM), 0.0), 1.0)
        if np.mean(sample > OTHER) > OTHER_SHARE:
            self._seen[:] = 0
            self._trust = 0.0
        else:
            self._seen[known & (difference > OTHER)] = 0


def _difference(a: Array, b: Array) -> Array:
    """Largest absolute difference over the channels: two (h, w, 3) → (h, w)."""
    red, green, blue = cv2.split(cv2.absdiff(a, b))
    return cast("Array", cv2.max(cv2.max(red, green), blue))
