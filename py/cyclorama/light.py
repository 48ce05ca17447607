"""How much brighter one picture of a scene is than another: a gain per channel.

Cameras set exposure and white balance by what they see, and lamps are switched. The gain is the
median over pixels of ``(now + OFFSET) / (then + OFFSET)``: whatever else changed in less than half
of them does not count. A gain per channel is von Kries' model of adaptation.
"""

import numpy as np

from . import ops
from .types import Bytes, Floats

OFFSET = 4.0
"""Levels added to both: a ratio of two dark pixels is noise."""

LIMIT = 4.0
"""A gain is clipped to 1/LIMIT … LIMIT; beyond it the pictures show different things."""

SHARE = 0.5
"""Of the difference between two pictures that a gain must explain to be light."""


NOTICEABLE = 2.0
"""Levels of the median difference below which it is not worth asking whether light changed."""


def gain(now: Floats, then: Floats) -> Floats:
    """Gain from `then` to `now`, (3,) float32; both (n, 3) float32, the same pixels."""
    ratio = np.median((now + OFFSET) / (then + OFFSET), axis=0)
    gain: Floats = np.clip(ratio, 1 / LIMIT, LIMIT).astype(np.float32)
    return gain


def change(now: Floats, then: Floats) -> Floats:
    """The gain, or ones where it is not the light that changed; arguments as for `gain`.

    Where most of a picture is covered or uncovered there is a median of ratios too. It is believed
    where it explains most of what differs: SHARE of the median difference.
    """
    before = np.median(np.abs(now - then))
    if before < NOTICEABLE:
        return np.ones(3, np.float32)
    found = gain(now, then)
    after = np.median(np.abs((now + OFFSET) / found - OFFSET - then))
    return found if after < (1 - SHARE) * before else np.ones(3, np.float32)


def without(picture: Bytes, gain: Floats) -> Bytes:
    """A picture (h, w, 3) as it was before the light changed by this gain, (3,)."""
    levels = np.arange(256, dtype=np.float32)[:, None]
    table = np.clip((levels + np.float32(OFFSET)) / gain - np.float32(OFFSET), 0, 255)
    return ops.look_up(np.rint(table).astype(np.uint8), picture)
