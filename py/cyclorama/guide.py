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
    weighted = colour * weight[..., None]

    # One box filter over all moments: Σw, Σw·I, Σw·p, Σw·I·p, Σw·I·Iᵀ.
    moments = np.empty((*colour.shape[:2], 14), np.float32)
    moments[..., 0] = weight
    moments[..., 1:4] = weighted
    moments[..., 4] = weight * target
    moments[..., 5:8] = weighted * target[..., None]
    for k, (i, j) in enumerate(_PAIRS):
        np.multiply(weighted[..., i], colour[..., j], out=moments[..., 8 + k])
    means = ops.box(moments, radius)
    means /= means[..., :1]

    mean_colour = means[..., 1:4]
    mean_target = means[..., 4]
    covariance = means[..., 5:8] - mean_colour * mean_target[..., None]
    rr, rg, rb, gg, gb, bb = (
        means[..., 8 + k] - mean_colour[..., i] * mean_colour[..., j]
        for k, (i, j) in enumerate(_PAIRS)
    )
    rr, gg, bb = rr + EPSILON, gg + EPSILON, bb + EPSILON

    # a = (Σ + εU)⁻¹ cov(I, p), the inverse of the symmetric 3×3 written out by cofactors.
    c_rr, c_rg, c_rb = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    c_gg, c_gb, c_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + rb * c_rb
    r, g, b = covariance[..., 0], covariance[..., 1], covariance[..., 2]
    result = np.empty((*colour.shape[:2], 4), np.float32)
    result[..., 0] = (c_rr * r + c_rg * g + c_rb * b) / determinant
    result[..., 1] = (c_rg * r + c_gg * g + c_gb * b) / determinant
    result[..., 2] = (c_rb * r + c_gb * g + c_bb * b) / determinant
    result[..., 3] = mean_target - np.einsum("hwc,hwc->hw", result[..., :3], mean_colour)

    return ops.box(result, radius)


def fill(coefficients: Floats, whole: Floats) -> Floats:
    """The map with alpha drawn to 1, whatever the colour, by `whole`: (h, w) float32, 0 … 1."""
    filled: Floats = coefficients * (1 - whole)[..., None]
    filled[..., 3] += whole
    return filled


def apply(coefficients: Floats, colour: Floats) -> Floats:
    """``clip(a · colour + b, 0, 1)``: (h, w, 4), (h, w, 3) → (h, w) float32."""
    alpha: Floats = np.einsum("hwc,hwc->hw", coefficients[..., :3], colour)
    alpha += coefficients[..., 3]
    return np.clip(alpha, 0, 1, out=alpha)
