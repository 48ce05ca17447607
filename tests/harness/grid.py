"""A code grid: a pattern on the room's wall that shows at once where the raw room is visible.

The grid is made of words of WORD_COLUMNS × WORD_ROWS black and white cells, as many white as
black, drawn at random once. A word *decodes* where every one of its cells is on its side of the
word's own mean, and light and dark differ by more than MIN_CONTRAST levels. A picture that knows
nothing of the room gets a word right once in 2¹² times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.harness.marker import Box

Picture = NDArray[np.uint8]

WORD_COLUMNS, WORD_ROWS = 3, 4
MIN_CONTRAST = 6.0
"""Grey levels out of the 219 that the grid is drawn with: less cannot be seen."""
VISIBLE = 0.01
"""Share of words that decode from which on the room counts as seen."""


@dataclass(frozen=True)
class Word:
    """One word of the grid.

    Attributes:
        left: of its top left corner, pixels of the picture that is drawn on.
        top: likewise.
        cell: side of its cells in pixels.
        bits: (WORD_ROWS, WORD_COLUMNS), True is white.
    """

    left: int
    top: int
    cell: int
    bits: NDArray[np.bool_]

    @property
    def width(self) -> int:
        """Pixels."""
        return WORD_COLUMNS * self.cell

    @property
    def height(self) -> int:
        """Pixels."""
        return WORD_ROWS * self.cell


class CodeGrid:
    """Two columns of words, at the left and the right border of a picture of 640×480."""

    SIZE = (480, 640)

    def __init__(self) -> None:
        random = np.random.default_rng(20261122)
        half = np.arange(WORD_COLUMNS * WORD_ROWS) % 2 == 0
        self.words = [
            Word(left, top, cell, random.permutation(half).reshape(WORD_ROWS, WORD_COLUMNS))
            for left, top, cell in _places()
        ]

    def draw(self, picture: Picture) -> None:
        """Draw the grid into a (480, 640, 3) picture, in place."""
        for word in self.words:
            cells = np.where(word.bits, 235, 16).astype(np.uint8)
            pixels = cells.repeat(word.cell, axis=0).repeat(word.cell, axis=1)
            bottom, right = word.top + word.height, word.left + word.width
            picture[word.top : bottom, word.left : right] = pixels[..., None]

    def area(self) -> NDArray[np.bool_]:
        """Where the grid is, (480, 640)."""
        canvas = np.zeros((*self.SIZE, 3), np.uint8)
        self.draw(canvas)
        drawn: NDArray[np.bool_] = canvas.max(axis=2) > 0
        return drawn

    def boxes(self) -> list[Box]:
        """Every cell as (left, top, right, bottom) in fractions of the picture, word by word."""
        height, width = self.SIZE
        return [
            (
                (word.left + column * word.cell) / width,
                (word.top + row * word.cell) / height,
                (word.left + (column + 1) * word.cell) / width,
                (word.top + (row + 1) * word.cell) / height,
            )
            for word in self.words
            for row in range(WORD_ROWS)
            for column in range(WORD_COLUMNS)
        ]

    def decoded(self, brightness: NDArray[np.float64], largest_cell: int = 32) -> float:
        """Return the share of words that decode.

        Args:
            brightness: means of `boxes`, in order, 0 … 255.
            largest_cell: words of larger cells do not count.
        """
        counted = [word.cell <= largest_cell for word in self.words]
        words = brightness.reshape(len(self.words), WORD_COLUMNS * WORD_ROWS)[counted]
        bits = np.array([word.bits.ravel() for word in self.words])[counted]
        right = ((words > words.mean(axis=1, keepdims=True)) == bits).all(axis=1)
        contrast = (words * np.where(bits, 2, -2)).mean(axis=1)
        return float((right & (contrast > MIN_CONTRAST)).mean())


def _places() -> list[tuple[int, int, int]]:
    """Left, top and cell of every word: each column 96 wide and 256 high."""
    fine = [(x, y, 8) for y in range(0, 128, 32) for x in range(0, 96, 24)]
    middle = [(x, y, 16) for y in (128, 192) for x in (0, 48)]
    coarse = [(0, 128, 32)]
    left = fine + middle
    right = [(x + 544, y + 48, cell) for x, y, cell in fine + coarse]
    return left + right
