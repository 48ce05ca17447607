"""A local map from colour to alpha, learned once per mask and applied to every later frame.

The guided filter of He, Sun and Tang ("Guided Image Filtering", TPAMI 2013, section 3.5 for colour
guides) models alpha near each pixel as ``alpha = a · colour + b`` and finds a, b by weighted ridge
regression over a box. What is kept are the coefficients, not the filtered mask: applied to a later
frame's own colours they put the edge where it is now.
"""

import numpy as np

from . import ops
from .types import Floats, Size

RADIUS_FRACTION = 1 / 20
"""Radius of the box as a share of the picture's shorter side: 6 px of 120."""

EPSILON = 1e-3
"""Ridge, in squared colour units of 0 … 1: contrast below 3 % does not make an edge."""

_PAIRS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
"""Index pairs of the upper triangle of the colour covariance."""


def learn(colour: Floats, target: Floats, weight: Floats) -> Floats:
    """Fit ``target ≈ a · colour + b`` around every pixel.

    Args:
        colour: (h, w, 3) float32, 0 … 1.
        target: (h, w) float32, 0 … 1; what the mask says.
        weight: (h, w) float32 > 0; how much each pixel's word counts.

    Returns:
        (h, w, 4) float32: a for the three channels, then b.
    """
    height, width = target.shape
    # Statistics at half the size: a box of this radius has nothing finer to say.
    half: Size = (max(height // 2, 1), max(width // 2, 1))
    coefficients = _fit(*(ops.shrink(field, half) for field in (colour, target, weight)))
    return ops.stretch(coefficients, (height, width))


def _fit(colour: Floats, target: Floats, weight: Floats) -> Floats:
    radius = max(1, round(min(colour.shape[:2]) * RADIUS_FRACTION))
    channels = ops.planes(colour)
    weighted = [channel * weight for channel in channels]

    # One box filter over all moments: Σw, Σw·I, Σw·p, Σw·I·p, Σw·I·Iᵀ.
    moments = ops.stack(
        weight,
        *weighted,
        weight * target,
        *(channel * target for channel in weighted),
        *(weighted[i] * channels[j] for i, j in _PAIRS),
    )
    total, *sums = ops.planes(ops.box(moments, radius))
    means = [each / total for each in sums]
    mean, mean_target, crossed, squared = means[:3], means[3], means[4:7], means[7:]
    r, g, b = (crossed[i] - mean[i] * mean_target for i in range(3))
    rr, rg, rb, gg, gb, bb = (squared[k] - mean[i] * mean[j] for k, (i, j) in enumerate(_PAIRS))
    rr, gg, bb = rr + EPSILON, gg + EPSILON, bb + EPSILON

    # a = (Σ + εU)⁻¹ cov(I, p), the inverse of the symmetric 3×3 written out by cofactors.
    c_rr, c_rg, c_rb = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + rb * c_rb
    a = (
        (c_rr * r + c_rg * g + c_rb * b) / determinant,
        (c_rg * r + c_gg * g + c_gb * b) / determinant,
        (c_rb * r + c_gb * g + c_bb * b) / determinant,
    )
    offset = mean_target - (a[0] * mean[0] + a[1] * mean[1] + a[2] * mean[2])
    return ops.box(ops.stack(*a, offset), radius)


def fill(coefficients: Floats, whole: Floats) -> Floats:
    """The map with alpha drawn to 1, whatever the colour, by `whole`: (h, w) float32, 0 … 1."""
    *a, offset = ops.planes(coefficients)
    rest = 1 - whole
    return ops.stack(*(each * rest for each in a), offset * rest + whole)


def apply(coefficients: Floats, colour: Floats) -> Floats:
    """``clip(a · colour + b, 0, 1)``: (h, w, 4), (h, w, 3) → (h, w) float32."""
    alpha = ops.total(coefficients * ops.with_ones(colour))
    return np.clip(alpha, 0, 1, out=alpha)
