"""The number of a camera frame, written on the person as a small barcode.

A frame of the output is thus known to be frame n of the camera, whatever its timestamp says.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

Box = tuple[float, float, float, float]

CELL = 10
"""Pixels; side of a cell, in the picture that is drawn on."""
COLUMNS, ROWS = 7, 2
NUMBER_BITS = 8
CHECK_BITS = COLUMNS * ROWS - NUMBER_BITS

MIN_CONTRAST = 60
"""Grey levels between black and white cells below which there is no barcode."""


def draw(picture: Picture, number: int, left: int, top: int) -> None:
    """Draw `number` (0 … 255) into an (H, W, 3) picture, in place."""
    cells = np.where(_bits(number), 235, 16).astype(np.uint8)
    blown_up = cells.repeat(CELL, axis=0).repeat(CELL, axis=1)
    height, width = blown_up.shape
    picture[top : top + height, left : left + width] = blown_up[..., None]


def read(picture: Picture, left: int, top: int) -> int | None:
    """Read the number back, or None where the barcode is not whole."""
    height, width = ROWS * CELL, COLUMNS * CELL
    patch = picture[top : top + height, left : left + width].mean(axis=2)
    return decode(patch.reshape(ROWS, CELL, COLUMNS, CELL)[:, 3:-3, :, 3:-3].mean(axis=(1, 3)))


def decode(brightness: NDArray[np.float64]) -> int | None:
    """The number of cells of these mean levels, row by row, or None where they show none."""
    if np.ptp(brightness) < MIN_CONTRAST:
        return None
    bits = brightness.ravel() > (brightness.min() + brightness.max()) / 2
    number = int(np.packbits(bits[:NUMBER_BITS])[0])
    return number if np.array_equal(bits, _bits(number).ravel()) else None


def boxes(left: int, top: int, width: int, height: int) -> list[Box]:
    """Every cell as (left, top, right, bottom) in fractions of a picture of that size."""
    return [
        (x / width, y / height, (x + CELL) / width, (y + CELL) / height)
        for y in range(top, top + ROWS * CELL, CELL)
        for x in range(left, left + COLUMNS * CELL, CELL)
    ]


def _bits(number: int) -> NDArray[np.bool_]:
    """The barcode's cells, (ROWS, COLUMNS): the number and a checksum of it."""
    # Multiplying by an odd constant spreads every bit of the number over the checksum; the
    # added one keeps frame 0 from being all black.
    check = ((number * 181 + 1) >> 2) ^ 0b101010
    value = (number << CHECK_BITS) | (check & ((1 << CHECK_BITS) - 1))
    bits = [(value >> shift) & 1 for shift in reversed(range(NUMBER_BITS + CHECK_BITS))]
    return np.array(bits, bool).reshape(ROWS, COLUMNS)
