"""The OpenCV calls that the package uses, with its types and its order of height and width."""

from typing import TypeVar, cast

import cv2
import numpy as np

from .types import Bytes, Floats, Size

Array = TypeVar("Array", Bytes, Floats)


def shrink(picture: Array, size: Size) -> Array:
    """Area average, for getting smaller.

    By halves as far as they go: OpenCV takes less than half as long to halve a picture twice as to
    quarter it once.
    """
    height, width = picture.shape[:2]
    while height >= 2 * size[0] and width >= 2 * size[1] and height % 2 == width % 2 == 0:
        height, width = height // 2, width // 2
        picture = _average(picture, (height, width))
    return picture if (height, width) == size else _average(picture, size)


def _average(picture: Array, size: Size) -> Array:
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


def carry(field: Array, back: Floats) -> Array:
    """`field` of an older frame, seen where its content is now.

    Args:
        field: (h, w) or (h, w, c ≤ 4) on the older frame.
        back: (h, w, 2), for each pixel of now where it was then (x, y).
    """
    return _remap(field, cast("cv2.Mat", back), None)


class Way:
    """A map made ready to `carry` several fields: in fixed point, to 1/32 of a pixel."""

    def __init__(self, back: Floats) -> None:
        self._whole, self._rest = cv2.convertMaps(
            cast("cv2.Mat", back), cast("cv2.Mat", None), cv2.CV_16SC2
        )

    def carry(self, field: Array) -> Array:
        """See `carry`."""
        return _remap(field, self._whole, self._rest)


def _remap(field: Array, whole: cv2.typing.MatLike, rest: cv2.typing.MatLike | None) -> Array:
    moved = cv2.remap(
        cast("cv2.Mat", field),
        whole,
        cast("cv2.Mat", rest),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return cast("Array", moved)


def difference(a: Array, b: Array) -> Array:
    """Largest absolute difference over the channels: two (h, w, 3) → (h, w)."""
    red, green, blue = cv2.split(cv2.absdiff(a, b))
    return cast("Array", cv2.max(cv2.max(red, green), blue))


def rise(values: Floats, low: float, high: float) -> Floats:
    """``clip((values - low) / (high - low), 0, 1)``."""
    return np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)


def slope(low: float, high: float) -> Floats:
    """The table of ``clip((level - low) / (high - low), 0, 1)``, (256,) float32."""
    return np.clip((np.arange(256, dtype=np.float32) - low) / np.float32(high - low), 0, 1)


def look_up(table: Array, picture: Bytes) -> Array:
    """`table[picture]`: a table (256,), or (256, c) for a picture of c channels."""
    return cast("Array", cv2.LUT(picture, table if table.ndim == 1 else table[None]))


def highest(field: Bytes, radius: int) -> Bytes:
    """Maximum over a square of side 2·radius + 1."""
    return cast("Bytes", cv2.dilate(field, _square(radius)))


def lowest(field: Bytes, radius: int) -> Bytes:
    """Minimum over a square of side 2·radius + 1."""
    return cast("Bytes", cv2.erode(field, _square(radius)))


def _square(radius: int) -> Bytes:
    return np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)


def grain(size: Size, sigma: float) -> Floats:
    """Noise of mean 0 and this standard deviation, (height, width) float32; always the same."""
    noise: Floats = np.empty(size, np.float32)
    cv2.setRNGSeed(3)
    cv2.randn(noise, np.zeros(1), np.array([sigma]))
    return noise
