"""The compositing equation, paid for along the edge only.

    composite = alpha * foreground + (1 - alpha) * plate

Porter and Duff, "Compositing Digital Images", SIGGRAPH 1984. Where alpha is 0 or 1 this is a copy,
and nearly all of a picture is: so the solid parts are copied, and only 8×8 tiles that hold an edge
are gathered, blended in integers and put back. Doubling the picture at the same edge costs copies.
"""

from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from . import ops
from .types import Bytes, Indices, Size

TILE = 8
"""Pixels; side of a tile. Two small pixels of the matte."""

Pixel = TypeVar("Pixel", np.uint8, np.uint32)

CONTRAST = 2.5
"""Steepness of the ramp put on alpha after the last upsampling, around one half.

Upsampling a quarter-size matte smears every edge over some eight pixels; a camera's is about two.
"""


def ramp(contrast: float) -> Bytes:
    """Look-up table ``clip(0.5 + contrast · (alpha - 0.5), 0, 1)`` for byte alpha, (256,) uint8."""
    alpha = np.arange(256) / 255
    return np.rint(np.clip(0.5 + contrast * (alpha - 0.5), 0, 1) * 255).astype(np.uint8)


def mix(foreground: Bytes, plate: Bytes, alpha: Bytes) -> Bytes:
    """The equation itself, rounded to nearest; shapes (…, c), (…, c), (…, 1), all uint8.

    The sum is at most 255², so sixteen bits hold it; ``(x + 128 + ((x + 128) >> 8)) >> 8`` is
    x / 255 rounded, exactly, for every such x (Blinn, "Three Wrongs Make a Right", 1995).
    """
    weight = alpha.astype(np.uint16)
    total: npt.NDArray[np.uint16] = foreground * weight
    total += plate * (np.uint16(255) - weight)
    total += np.uint16(128)
    total += total >> np.uint16(8)
    total >>= np.uint16(8)
    return total.astype(np.uint8)


class Blend:
    """Composites frames of one size in place.

    Args:
        size: (height, width) of the pictures, at least TILE each.
        small: (height, width) of the mattes that will come.
    """

    def __init__(self, size: Size, small: Size) -> None:
        height, width = size
        if min(size) < TILE:
            raise ValueError(f"a frame must be at least {TILE}x{TILE} pixels, got {width}x{height}")
        self._size = size
        self._alpha = np.empty(size, np.uint8)
        self._ramp = ramp(CONTRAST)
        # The last tile of a row or column is moved inwards where the size is no multiple of
        # TILE: it overlaps its neighbour and both write the same pixels there.
        self._tops = np.minimum(np.arange(0, height, TILE), height - TILE)
        self._lefts = np.minimum(np.arange(0, width, TILE), width - TILE)
        self._rows = _nearest(self._tops, height, small[0])
        self._columns = _nearest(self._lefts, width, small[1])

    def composite(self, frame: Bytes, plate: Bytes, alpha: Bytes, output: Bytes) -> None:
        """Write the composite of `frame` over `plate` into `output`.

        Args:
            frame: (H, W, 4) uint8, opaque.
            plate: (H, W, 4) uint8, opaque.
            alpha: (h, w) uint8 at the small size, before contrast.
            output: (H, W, 4) uint8, overwritten whole.
        """
        full = self.enlarge(alpha)
        np.copyto(output, plate)
        cv2.copyTo(frame, full, output)

        tops, lefts = self._edges(alpha)
        if not tops.size:
            return
        tiles = mix(
            _windows(frame)[tops, lefts].view(np.uint8).reshape(-1, TILE, TILE, 4),
            _windows(plate)[tops, lefts].view(np.uint8).reshape(-1, TILE, TILE, 4),
            _tiles_of(full)[tops, lefts][..., None],
        )
        _windows(output)[tops, lefts] = tiles.reshape(-1, TILE, TILE * 4).view(np.uint32)

    def enlarge(self, alpha: Bytes) -> Bytes:
        """Alpha at the full size, with contrast: (h, w) → (H, W); valid until the next call."""
        ops.stretch(alpha, self._size, out=self._alpha)
        cv2.LUT(self._alpha, self._ramp, dst=self._alpha)
        return self._alpha

    def _edges(self, alpha: Bytes) -> tuple[Indices, Indices]:
        """Top and left of every tile in which the upsampled alpha is not all 0 or all 255.

        Decided on the small matte: a tile draws on small pixels within two of the one nearest
        its centre, so a 5×5 minimum and maximum there bound everything in the tile.
        """
        high, low = self._ramp[ops.highest(alpha, 2)], self._ramp[ops.lowest(alpha, 2)]
        mixed = (high > 0) & (low < 255)
        rows, columns = np.nonzero(mixed[self._rows[:, None], self._columns])
        return self._tops[rows], self._lefts[columns]


def _nearest(starts: Indices, full: int, small: int) -> Indices:
    """Index of the small pixel at or just before the centre of each tile."""
    centre = (starts + TILE / 2) * (small / full) - 0.5
    index: Indices = np.clip(np.floor(centre), 0, small - 1).astype(np.intp)
    return index


def _windows(picture: Bytes) -> npt.NDArray[np.uint32]:
    """Every TILE×TILE window of an RGBA picture by its top left pixel, a pixel a uint32."""
    return _tiles_of(picture.view(np.uint32)[..., 0])


def _tiles_of(plane: npt.NDArray[Pixel]) -> npt.NDArray[Pixel]:
    height, width = plane.shape
    shape = (height - TILE + 1, width - TILE + 1, TILE, TILE)
    return np.lib.stride_tricks.as_strided(plane, shape, plane.strides * 2)
