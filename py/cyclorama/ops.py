"""The OpenCV calls that the package uses, with its types and its order of height and width."""

from typing import TypeVar, cast

import cv2
import numpy as np
import numpy.typing as npt

from .types import Bytes, Floats, Size

Array = TypeVar("Array", Bytes, Floats)


def shrink(picture: Array, size: Size) -> Array:
    """Area average, for getting smaller.

    By halves as far as they go: OpenCV takes less than half as long to halve a picture twice as to
    quarter it once. What is then less than a half is left to linear interpolation, which still sees
    every pixel.
    """
    height, width = picture.shape[:2]
    while height >= 2 * size[0] and width >= 2 * size[1] and height % 2 == width % 2 == 0:
        height, width = height // 2, width // 2
        picture = _average(picture, (height, width))
    if (height, width) == size:
        return picture
    whole = height < 2 * size[0] and width < 2 * size[1]
    return stretch(picture, size) if whole else _average(picture, size)


def _average(picture: Array, size: Size) -> Array:
    return cast("Array", cv2.resize(picture, size[::-1], interpolation=cv2.INTER_AREA))


def stretch(picture: Array, size: Size, out: Array | None = None) -> Array:
    """Linear interpolation, for getting larger, or less than half as small."""
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


# numpy is slow where its innermost axis is as short as that of channels; these are not.


def planes(picture: Array) -> list[Array]:
    """The channels, each (h, w)."""
    return cast("list[Array]", cv2.split(picture))


def stack(*fields: Floats) -> Floats:
    """Fields as channels: (h, w) or (h, w, c) each → (h, w, …)."""
    return cast("Floats", cv2.merge([cast("cv2.Mat", field) for field in fields]))


def total(picture: Floats) -> Floats:
    """Sum over the channels, (h, w, c) → (h, w)."""
    return cast("Floats", cv2.transform(picture, np.ones((1, picture.shape[2]), np.float32)))


def scale(picture: Floats, gain: Floats) -> Floats:
    """Each channel times a number of its own: (h, w, 3), (3,) → (h, w, 3)."""
    scalar = cast("cv2.Mat", (*gain.tolist(), 0.0))
    return cast("Floats", cv2.multiply(picture, scalar))


def rounded(picture: Floats) -> Bytes:
    """Values of at least 0 to the nearest byte."""
    return cast("Bytes", cv2.convertScaleAbs(picture))


def with_ones(picture: Floats) -> Floats:
    """(h, w, 3) → (h, w, 4), the last channel 1."""
    return cast("Floats", cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA))


def put(picture: Floats, where: npt.NDArray[np.bool_], onto: Floats) -> Floats:
    """`onto` with a picture, both (h, w, 3), put there where (h, w) is true; overwrites it."""
    return cast("Floats", cv2.copyTo(picture, where.view(np.uint8), onto))


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
    return sample(field, cast("cv2.Mat", back), None)


class Way:
    """A map made ready to `carry` several fields: in fixed point, to 1/32 of a pixel."""

    def __init__(self, back: Floats) -> None:
        self._whole, self._rest = cv2.convertMaps(
            cast("cv2.Mat", back), cast("cv2.Mat", None), cv2.CV_16SC2
        )

    def carry(self, field: Array) -> Array:
        """See `carry`."""
        return sample(field, self._whole, self._rest)


def sample(field: Array, whole: cv2.typing.MatLike, rest: cv2.typing.MatLike | None) -> Array:
    """`field` at places that lie between its pixels, linear; past its border, the border.

    Args:
        field: (h, w) or (h, w, c ≤ 4).
        whole: (n, m, 2), the places (x, y): float32, or in the fixed point of `cv2.convertMaps`.
        rest: (n, m) uint16, the fractions in fixed point.

    Returns:
        (n, m) or (n, m, c).
    """
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
    red, green, blue = planes(cast("Array", cv2.absdiff(a, b)))
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


def highest(field: Bytes, before: int, after: int) -> Bytes:
    """Maximum over a square, from so many pixels before to so many after each, both ways."""
    square, anchor = _window(before, after)
    return cast("Bytes", cv2.dilate(field, square, anchor=anchor))


def lowest(field: Bytes, before: int, after: int) -> Bytes:
    """Minimum over a square; see `highest`."""
    square, anchor = _window(before, after)
    return cast("Bytes", cv2.erode(field, square, anchor=anchor))


def _window(before: int, after: int) -> tuple[Bytes, tuple[int, int]]:
    side = before + 1 + after
    return np.ones((side, side), np.uint8), (before, before)


def noise(size: Size, deviation: float, seed: int) -> Floats:
    """Noise of mean 0 and this standard deviation, (height, width) float32; by seed the same."""
    noise: Floats = np.empty(size, np.float32)
    cv2.setRNGSeed(seed)
    cv2.randn(noise, np.zeros(1), np.array([deviation]))
    return noise


def chances(count: int, seed: int) -> Floats:
    """So many numbers between 0 and 1, (count,) float32; by seed the same."""
    numbers: Floats = np.empty((count, 1), np.float32)
    cv2.setRNGSeed(seed)
    cv2.randu(numbers, np.zeros(1), np.ones(1))
    return numbers[:, 0]


def with_grain(picture: Floats, deviation: float) -> Bytes:
    """A picture, (h, w, 3) 0 … 255, with noise laid over it, as bytes."""
    height, width = picture.shape[:2]
    grain = noise((height, width), deviation, 3)
    return cast("Bytes", cv2.add(picture, stack(grain, grain, grain), dtype=cv2.CV_8U))
