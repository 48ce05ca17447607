"""The OpenCV calls that the package uses, with its types and its order of height and width."""

from typing import TypeVar, cast

import cv2
import numpy as np

from .types import Bytes, Floats, Size

Array = TypeVar("Array", Bytes, Floats)


def shrink(picture: Array, size: Size) -> Array:
    """Area average, for getting smaller."""
    return cast("Array", cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA))


def stretch(picture: Array, size: Size, out: Array | None = None) -> Array:
    """Linear interpolation, for getting larger."""
    resized = cv2.resize(picture, size[::-1], dst=out, interpolation=cv2.INTER_LINEAR)
    return cast("Array", resized)


def stretch_smooth(picture: Array, size: Size) -> Array:
    """Cubic interpolation, for getting larger once and for good."""
    return cast("Array", cv2.resize(picture, size[::-1], interpolation=cv2.INTER_CUBIC))


def rgb(picture: Bytes) -> Bytes:
    """(h, w, 4) → (h, w, 3)."""
    return cast("Bytes", cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB))


def luma(picture: Bytes) -> Bytes:
    """(h, w, 4) → (h, w), ITU-R BT.601."""
    return cast("Bytes", cv2.cvtColor(picture, cv2.COLOR_RGBA2GRAY))


def box(field: Floats, radius: int) -> Floats:
    """Mean over a square of side 2·radius + 1, for any number of channels."""
    side = (2 * radius + 1, 2 * radius + 1)
    return cast("Floats", cv2.blur(field, side, borderType=cv2.BORDER_REFLECT))


def gaussian(field: Floats, sigma: float) -> Floats:
    """Gaussian blur; sigma in pixels."""
    return cast("Floats", cv2.GaussianBlur(field, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))


def carry(field: Floats, back: Floats) -> Floats:
    """`field` of an older frame, seen where its content is now.

    Args:
        field: (h, w) or (h, w, c ≤ 4) on the older frame.
        back: (h, w, 2), for each pixel of now where it was then (x, y).
    """
    moved = cv2.remap(
        cast("cv2.Mat", field),
        cast("cv2.Mat", back),
        cast("cv2.Mat", None),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return cast("Floats", moved)


def highest(field: Bytes, radius: int) -> Bytes:
    """Maximum over a square of side 2·radius + 1."""
    return cast("Bytes", cv2.dilate(field, _square(radius)))


def lowest(field: Bytes, radius: int) -> Bytes:
    """Minimum over a square of side 2·radius + 1."""
    return cast("Bytes", cv2.erode(field, _square(radius)))


def _square(radius: int) -> Bytes:
    return np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
