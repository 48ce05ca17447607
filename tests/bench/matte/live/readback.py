"""Alpha, out of a composite over a plain colour. Pure functions.

With O the output, F the frame of the camera that it shows and G the plate,

    O = alpha * F + (1 - alpha) * G

in each of three channels, so that alpha is a least-squares fit to O - G = alpha * (F - G).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from cyclorama.types import Bytes, Floats

LEAST_CONTRAST = 40
"""Levels between frame and plate, over all channels, below which a pixel alone does not tell:
rounding, up to half a level in each channel, would then be more than 2 % of alpha."""

NEIGHBOURHOOD = 9
"""Pixels; side of the square that tells instead."""

PLATE_TOLERANCE = 16
"""Levels by which a track may show the plate in another colour than was asked for."""

PLATE_SAMPLING = 8
"""Every so many pixels each way are looked at for the plate's colour."""


class NoPlateError(Exception):
    """Nothing in the output has the colour of the plate."""


def alpha(output: Bytes, frame: Bytes, plate: Bytes) -> Bytes:
    """The alpha that explains the output best.

    Args:
        output: (H, W, 3) uint8.
        frame: (H, W, 3) uint8, that of the camera which the output shows.
        plate: (3,) uint8.

    Returns:
        (H, W) uint8.
    """
    weighted, weight = _normal_equation(output, frame, plate)
    faint = weight < LEAST_CONTRAST**2
    if faint.any():
        # A person of the plate's colour. Summed over a neighbourhood, both sides of the equation
        # give the one alpha that fits all of it best, and its pixels count by how much they tell.
        # Where nothing around tells either, nobody could see a person: that is plate.
        weighted[faint] = _summed(weighted)[faint]
        weight[faint] = _summed(weight)[faint]
    fitted = np.clip(weighted / np.maximum(weight, 1), 0, 1)
    return np.asarray(np.rint(fitted * 255), np.uint8)


def unexplained(output: Bytes, frame: Bytes, plate: Bytes, fitted: Bytes) -> float | None:
    """Levels by which mixed pixels differ from the mix of frame and plate, on average.

    A compositor that blends the camera's own pixels leaves a rounding error. One that also cleans
    the plate's colour or the room's out of the edge leaves more, and then alpha is not exact.

    Args:
        output: (H, W, 3) uint8.
        frame: (H, W, 3) uint8.
        plate: (3,) uint8.
        fitted: (H, W) uint8, what `alpha` gave.

    Returns:
        None where no pixel is mixed.
    """
    mixed = (fitted > 4) & (fitted < 251)
    if not mixed.any():
        return None
    share = fitted[mixed][:, None] / np.float32(255)
    expected = share * frame[mixed] + (1 - share) * plate
    return float(np.abs(expected - output[mixed]).mean())


def shown_plate(pictures: Iterable[Bytes], color: Sequence[int]) -> Bytes:
    """The plate as a track really shows it, (3,) uint8.

    Args:
        pictures: (H, W, 3) uint8 each, of the output.
        color: what the plate should be.

    Raises:
        NoPlateError: nothing is near that colour.
    """
    samples = [picture[::PLATE_SAMPLING, ::PLATE_SAMPLING].reshape(-1, 3) for picture in pictures]
    every = np.concatenate([np.empty((0, 3), np.uint8), *samples])
    near = (np.abs(every.astype(np.int16) - np.array(color)) <= PLATE_TOLERANCE).all(axis=-1)
    if not near.any():
        raise NoPlateError(f"no pixel of the output is near {tuple(color)}")
    return np.asarray(np.median(every[near], axis=0), np.uint8)


def _normal_equation(output: Bytes, frame: Bytes, plate: Bytes) -> tuple[Floats, Floats]:
    """Both sides of alpha * weight = weighted, (H, W) float32 each."""
    ground = plate.astype(np.float32)
    person, seen = frame - ground, output - ground
    return np.einsum("hwc,hwc->hw", seen, person), np.einsum("hwc,hwc->hw", person, person)


def _summed(values: Floats) -> NDArray[np.float32]:
    side = (NEIGHBOURHOOD, NEIGHBOURHOOD)
    return np.asarray(cv2.boxFilter(values, cv2.CV_32F, side, normalize=False), np.float32)
