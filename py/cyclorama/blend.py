"""The compositing equation, paid for along the edge only.

    composite = alpha * foreground + (1 - alpha) * plate

Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984. Where alpha is 0 or 1 this is a copy,
and nearly all of a picture is: so the picture is cut into tiles, solid ones are copied, and alpha
is enlarged and the equation worked out only in those that hold an edge. Doubling the picture at
the same edge costs copies.
"""

from typing import TypeVar, cast

import cv2
import numpy as np
import numpy.typing as npt

from . import ops
from .types import Bytes, Indices, Size

TILE = 8
"""Pixels; side of a tile. Two small pixels of the matte."""

CONTRAST = 2.5
"""Steepness of the ramp put on alpha after the last upsampling, around one half.

Upsampling a quarter-size matte smears every edge over some eight pixels; a camera's is about two.
"""

MOST = (2**15 - 1) // TILE
"""Tiles that are blended at a time: OpenCV samples no picture of more rows than a short counts."""

Pixels = npt.NDArray[np.uint32]
"""RGBA pictures, a pixel a number."""

Plane = TypeVar("Plane", npt.NDArray[np.uint8], npt.NDArray[np.int16], npt.NDArray[np.uint16])

_LANES = np.uint32(0x00FF00FF)
_HALVES = np.uint32(0x00800080)
_BYTE = np.uint32(8)


def ramp(contrast: float) -> Bytes:
    """Look-up table ``clip(0.5 + contrast · (alpha - 0.5), 0, 1)`` for byte alpha, (256,) uint8."""
    alpha = np.arange(256) / 255
    return np.rint(np.clip(0.5 + contrast * (alpha - 0.5), 0, 1) * 255).astype(np.uint8)


def padded(size: Size) -> Size:
    """The size rounded up to whole tiles."""
    height, width = size
    return -(-height // TILE) * TILE, -(-width // TILE) * TILE


def mix(foreground: Pixels, plate: Pixels, alpha: Bytes) -> Pixels:
    """The equation itself, rounded to nearest, all of one shape; two channels at a time.

    A product of two bytes fits sixteen bits, so two of them fit a uint32 side by side.
    """
    weight = alpha.astype(np.uint32)
    rest = np.uint32(255) - weight
    even = _mix_two(foreground & _LANES, plate & _LANES, weight, rest)
    odd = _mix_two(foreground >> _BYTE & _LANES, plate >> _BYTE & _LANES, weight, rest)
    odd <<= _BYTE
    odd |= even
    return odd


def _mix_two(foreground: Pixels, plate: Pixels, weight: Pixels, rest: Pixels) -> Pixels:
    """Two channels of each pixel; overwrites `foreground`.

    ``(x + 128 + ((x + 128) >> 8)) >> 8`` is x / 255 rounded, exactly, for every x up to 255²
    (Blinn, "Three Wrongs Make a Right", 1995).
    """
    total = foreground
    total *= weight
    total += plate * rest
    total += _HALVES
    total += total >> _BYTE & _LANES
    total >>= _BYTE
    total &= _LANES
    return total


class Blend:
    """Composites frames of one size in place.

    Args:
        size: (height, width) of the pictures, whole tiles; see `padded`.
        small: (height, width) of the mattes that will come, at most a quarter of that.
    """

    def __init__(self, size: Size, small: Size) -> None:
        if padded(size) != size:
            raise ValueError(f"a picture must be whole tiles of {TILE} pixels, got {size}")
        height, width = size
        self._tiles: Size = (height // TILE, width // TILE)
        self._ramp = ramp(CONTRAST)
        self._rows = _nearest(self._tiles[0], small[0])
        self._columns = _nearest(self._tiles[1], small[1])
        y = _places(height, small[0])[:, None] + np.zeros((1, width), np.float32)
        x = _places(width, small[1]) + np.zeros((height, 1), np.float32)
        whole, rest = cv2.convertMaps(x, y, cv2.CV_16SC2)
        # Where each pixel lies on the matte, in fixed point to 1/32.
        self._whole = cast("npt.NDArray[np.int16]", whole)
        self._rest = cast("npt.NDArray[np.uint16]", rest)

    def composite(self, frame: Bytes, plate: Bytes, alpha: Bytes, output: Bytes) -> None:
        """Write the composite of `frame` over `plate` into `output`.

        Args:
            frame: (H, W, 4) uint8, opaque.
            plate: (H, W, 4) uint8, opaque.
            alpha: (h, w) uint8 at the small size, before contrast.
            output: (H, W, 4) uint8, overwritten whole.
        """
        solid, edge = self._classes(alpha)
        np.copyto(output, plate)
        _copy_tiles(frame, solid, output)
        for first in range(0, edge.size, MOST):
            runs = self._runs(edge[first : first + MOST])
            mixed = mix(
                _take(frame, runs).view(np.uint32)[..., 0],
                _take(plate, runs).view(np.uint32)[..., 0],
                self._enlarge(alpha, runs),
            )
            _put(output, runs, mixed.view(np.uint8))

    def _classes(self, alpha: Bytes) -> tuple[Bytes, Indices]:
        """Tiles that are all person, (rows, columns) uint8, and the numbers of those with an edge.

        Decided on the small matte: what a tile draws on lies from one small pixel before to two
        after the one at or before its centre, so the minimum and maximum there bound the tile.
        """
        low = self._ramp[self._sample(ops.lowest(alpha, 1, 2))]
        high = self._ramp[self._sample(ops.highest(alpha, 1, 2))]
        solid = low == 255
        return solid.astype(np.uint8), np.flatnonzero((high > 0) & ~solid)

    def _sample(self, field: Bytes) -> Bytes:
        """(h, w) at the tiles' centres, (rows, columns)."""
        return field[self._rows[:, None], self._columns]

    def _runs(self, tiles: Indices) -> Indices:
        """The numbers of the runs of TILE pixels in a row that tiles are made of."""
        columns = self._tiles[1]
        row, column = np.divmod(tiles, columns)
        first = row * (TILE * columns) + column
        runs: Indices = (first[:, None] + np.arange(TILE) * columns).reshape(-1)
        return runs

    def _enlarge(self, alpha: Bytes, runs: Indices) -> Bytes:
        """Alpha of some runs, with contrast, (n, TILE) uint8: linear between small pixels."""
        whole = _take(self._whole, runs)
        rest = _take(self._rest, runs)
        return ops.look_up(self._ramp, ops.sample(alpha, whole, rest))


def _nearest(tiles: int, small: int) -> Indices:
    """Index of the small pixel at or just before the centre of each tile."""
    centre = (np.arange(tiles) + 0.5) * (small / tiles) - 0.5
    index: Indices = np.clip(np.floor(centre), 0, small - 1).astype(np.intp)
    return index


def _places(full: int, small: int) -> npt.NDArray[np.float32]:
    """Where the pixels of a row lie among small ones: both have their centres at the half."""
    return ((np.arange(full) + 0.5) * (small / full) - 0.5).astype(np.float32)


def _copy_tiles(picture: Bytes, chosen: Bytes, output: Bytes) -> None:
    """Copy the tiles of a picture where `chosen`, (rows, columns) uint8, is not 0.

    OpenCV copies masked pixels of up to 32 bytes, which is a run of a tile.
    """
    rows = np.repeat(chosen, TILE, axis=0)
    height, width, _ = picture.shape
    shape = (height, width // TILE, TILE)
    runs = cast("cv2.Mat", output.view(np.int32).reshape(shape))
    cv2.copyTo(cast("cv2.Mat", picture.view(np.int32).reshape(shape)), rows, runs)


def _take(picture: Plane, runs: Indices) -> Plane:
    """Runs of a picture, (H, W, …) → (n, TILE, …)."""
    taken = _as_runs(picture).take(runs, axis=0)
    return taken.view(picture.dtype).reshape(-1, TILE, *picture.shape[2:])


def _put(picture: Bytes, runs: Indices, pixels: Bytes) -> None:
    """Write runs into a picture; see `_take`."""
    flat = _as_runs(picture)
    flat[runs] = pixels.reshape(runs.size, -1).view(np.uint64)


def _as_runs(picture: Plane) -> npt.NDArray[np.uint64]:
    """A view of a picture, a run a row: numpy moves few large numbers faster than many small."""
    return picture.reshape(picture.shape[0] * picture.shape[1] // TILE, -1).view(np.uint64)
