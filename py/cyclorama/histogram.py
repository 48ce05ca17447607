"""What colours the person and the room have: evidence that does not depend on the place.

Two joint histograms of colour are kept, one of what masks are sure is person, one of what they are
sure is room. Their log ratio at a pixel's colour is how much that colour speaks for the person,
in the unit of the logits that it is added to (naive Bayes).
"""

import numpy as np
import numpy.typing as npt

from . import ops
from .types import Bytes, Floats

SURE = 3.0
"""Logits beyond ±SURE are counted."""

ENOUGH = 50
"""Small pixels that person and room must each have to be counted."""

RATE = 0.2
"""Share of a new mask in the running mean: half of what is known is from the last three."""

RARE = 1e-5
"""Added to each frequency: a colour never seen says nothing."""

LIMIT = 3.0
"""The evidence of a colour is clipped to ±LIMIT."""

BINS = 16
"""Per channel; sixteen levels of 256 each."""


_PLACES: Floats = (
    (np.arange(256) // (256 // BINS))[:, None] * np.array([BINS**2, BINS, 1])
).astype(np.float32)
"""What a level of each channel adds to the number of a bin, (256, 3)."""


class Histogram:
    """Colours of person and room, over the last masks."""

    def __init__(self) -> None:
        self._frequency: Floats | None = None
        self._evidence: Floats = np.zeros(BINS**3, np.float32)

    def learn(self, picture: Bytes, z: Floats) -> None:
        """Count the colours of a picture, (h, w, 3) uint8, where its logits (h, w) are sure."""
        bins = _bins(picture)
        person, room = bins[z > SURE], bins[z < -SURE]
        if min(person.size, room.size) < ENOUGH:
            return
        frequency = np.stack([_frequency(person), _frequency(room)])
        if self._frequency is None:
            self._frequency = frequency
        else:
            self._frequency += np.float32(RATE) * (frequency - self._frequency)
        person, room = self._frequency + np.float32(RARE)
        self._evidence = np.clip(np.log(person / room), -LIMIT, LIMIT).reshape(-1)

    def evidence(self, picture: Bytes) -> Floats:
        """Logits that the colours of pixels add, (…, 3) uint8 → (…) float32."""
        evidence: Floats = self._evidence[_bins(picture)]
        return evidence


def _bins(picture: Bytes) -> npt.NDArray[np.intp]:
    """The bin of each pixel in a flat table of BINS³."""
    flat = picture.reshape(1, -1, 3)
    return ops.total(ops.look_up(_PLACES, flat)).astype(np.intp).reshape(picture.shape[:-1])


def _frequency(bins: npt.NDArray[np.intp]) -> Floats:
    """How frequent each colour is, smoothed over neighbours: (BINS,) * 3 float32 of sum 1."""
    table: Floats = np.bincount(bins, minlength=BINS**3).astype(np.float32)
    table = table.reshape(BINS, BINS, BINS)
    for axis in range(3):
        table = np.moveaxis(_with_neighbours(np.moveaxis(table, axis, 0)), 0, axis)
    frequency: Floats = table / table.sum()
    return frequency


def _with_neighbours(table: Floats) -> Floats:
    """Each slice with the one before and the one after added."""
    total = table.copy()
    total[1:] += table[:-1]
    total[:-1] += table[1:]
    return total
