"""Hypothesis strategies for what the product may be given."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

from cyclorama.types import Bytes, Size

LONGEST = 70
"""Pixels; nine tiles."""

SIDES = st.one_of(st.just(1), st.integers(1, LONGEST))
SIZES: st.SearchStrategy[Size] = st.tuples(SIDES, SIDES)
"""(height, width), often a single row or column."""

NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, 0.5, math.nan, math.inf, -math.inf, 2**53, -(2**53), 1e308, 5e-324]),
    st.floats(-10, 10),
)
"""Whatever JavaScript calls a number."""

TIMESTAMPS = st.one_of(st.sampled_from([0, -1, 2**53, -(2**53)]), st.integers(-(10**7), 10**7))
"""Microseconds, in any order."""

BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES)

KINDS = ("dark", "bright", "halves", "noise")
"""Of picture: one value, two, or one of its own for each byte."""


def picture(kind: str, size: Size, channels: int, seed: int) -> Bytes:
    """A picture of a kind, (h, w, channels) uint8; by seed the same."""
    result = np.zeros((*size, channels), np.uint8)
    if kind == "bright":
        result[:] = 255
    elif kind == "halves":
        result[: size[0] // 2] = seed % 256
        result[:, : size[1] // 2] = 255
    elif kind == "noise":
        random = np.random.default_rng(seed)
        result[:] = random.integers(0, 256, result.shape, np.uint8)
    return result


@st.composite
def pictures(
    draw: st.DrawFn, sizes: st.SearchStrategy[Size] = SIZES, *, channels: int = 4
) -> Bytes:
    """Pictures of any size, (h, w, channels) uint8."""
    kind, seed = draw(st.sampled_from(KINDS)), draw(st.integers(0, 999))
    return picture(kind, draw(sizes), channels, seed)


def opaque(frame: Bytes) -> Bytes:
    """The same RGBA picture with alpha 255, as a camera gives it."""
    result = frame.copy()
    result[..., 3] = 255
    return result
