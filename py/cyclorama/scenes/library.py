"""Bookshelves in shallow focus."""

from dataclasses import dataclass

import numpy as np

from .. import ops
from ..types import Floats, Size
from .canvas import Canvas, Colour, to_light
from .shapes import ellipse, rounded, spray

PITCH = 0.285
"""From shelf to shelf."""

FIRST = 0.24
"""y of the highest shelf."""

BOARD = 0.026
REACH = 1.8
"""How far the rows go to both sides, whatever the picture shows of them."""

SETS = 90
"""Of books in a row: more than reach from one side to the other."""

SPINES = np.array([
    (226, 218, 202), (204, 192, 170), (188, 176, 158), (236, 232, 224), (150, 136, 118),
    (58, 72, 92), (38, 46, 58), (122, 58, 46), (164, 92, 60), (88, 98, 80),
    (62, 76, 62), (196, 152, 84), (96, 84, 76), (52, 46, 44), (142, 156, 160),
], np.float32)  # fmt: skip


def paint(size: Size) -> Floats:
    """Four rows of books with things between them, lit from the right."""
    canvas = Canvas(size, (52, 40, 31))
    for row in range(4):
        bottom = FIRST + row * PITCH
        _books(canvas, bottom, row)
        _board(canvas, bottom)
    _things(canvas)
    for upright in (-0.52, 0.52):
        canvas.box(upright - 0.014, 0, upright + 0.014, 1.1, (128, 96, 66))
    canvas.defocus(0.013)
    _light(canvas)
    return canvas.develop()


@dataclass
class Books:
    """A row of them, each attribute by book.

    Attributes:
        left: (n + 1,) x of their left sides, and of the last one's right side.
        tall: (n,)
        band: (n,) where there is print on a spine, as a share of its height.
        colour: (n, 3), as light.
    """

    left: Floats
    tall: Floats
    band: Floats
    colour: Floats


def _row(number: int) -> Books:
    """Books as they come: what belongs together stands together."""
    cloth, tall, thick, band, count = ops.chances(5 * SETS, 70 + number).reshape(5, -1)
    books = np.repeat(np.arange(SETS), np.take((1, 1, 1, 2, 3, 5), (6 * count).astype(np.intp)))
    worn, read = ops.chances(2 * books.size, 80 + number).reshape(2, -1)
    thick = (0.016 + 0.024 * thick)[books]
    light = to_light(SPINES[(cloth * len(SPINES)).astype(np.intp)])[books]
    return Books(
        left=np.concatenate([[0], np.cumsum(thick)]).astype(np.float32) - REACH,
        tall=(0.16 + 0.072 * tall)[books] * (0.97 + 0.03 * read),
        band=np.take((0.0, 0.35, 0.6, 0.8), (4 * band).astype(np.intp))[books],
        colour=light * (0.75 + 0.35 * worn)[:, None],
    )


def _books(canvas: Canvas, bottom: float, row: int) -> None:
    """One row, painted as columns: spine by spine would be slow."""
    height = canvas.size[0]
    rows = slice(max(0, round((bottom - PITCH + BOARD) * height)), round(bottom * height))
    x, y = np.clip(canvas.x[0], -REACH, REACH), canvas.y[rows]
    book = _row(row)
    number = np.searchsorted(book.left, x, side="right") - 1
    left, right = book.left[number], book.left[number + 1]
    top, colour = bottom - book.tall[number], book.colour[number]
    across = 2 * (x - left) / (right - left) - 1
    spine = colour * (0.55 + 0.45 * np.sqrt(1 - np.minimum(across * across, 1)))[:, None]
    up = (bottom - y) / (bottom - top)
    printed = 1 + 0.2 * (np.abs(up - book.band[number]) < 0.035)
    # Under the next shelf it is dark.
    shade = printed * np.clip(1.7 - 1.1 * up, 0.5, 1.2)
    behind = canvas.light[rows]
    canvas.light[rows] = np.where((up < 1)[..., None], spine * shade[..., None], behind)


def _board(canvas: Canvas, bottom: float) -> None:
    end = canvas.edge + 0.1
    canvas.box(-end, bottom, end, bottom + BOARD, (146, 110, 76))
    canvas.box(-end, bottom + BOARD, end, bottom + BOARD + 0.03, (34, 26, 20))


def _things(canvas: Canvas) -> None:
    """What stands between the books."""
    dark, edge = (44, 34, 27), canvas.edge
    first, second = FIRST, FIRST + PITCH
    left, right = max(-edge + 0.05, -0.86), min(edge - 0.05, 0.86)
    # A vase.
    canvas.box(right - 0.2, first - 0.235, right, first, dark)
    canvas.fill(ellipse(right - 0.1, first - 0.07, 0.055, 0.07), (206, 196, 180))
    canvas.box(right - 0.118, first - 0.17, right - 0.082, first - 0.1, (206, 196, 180))
    canvas.shadow(ellipse(right - 0.145, first - 0.05, 0.04, 0.1), 0.05, 0.6)
    # A plant that hangs over its shelf.
    canvas.box(left, first - 0.235, left + 0.22, first, dark)
    for number, tone in enumerate((0.6, 1.0, 1.35)):
        leaf: Colour = (68 * tone, 94 * tone, 58 * tone)
        canvas.fill(spray(left + 0.11, first - 0.09, 9, 0.15, 3 + number), leaf)
    canvas.fill(rounded(left + 0.06, first - 0.1, left + 0.16, first, 0.02), (204, 198, 188))
    canvas.shadow(rounded(left + 0.04, first - 0.1, left + 0.09, first, 0.02), 0.05, 0.6)
    # A picture in a frame.
    canvas.box(left + 0.02, second - 0.235, left + 0.26, second, dark)
    canvas.box(left + 0.05, second - 0.19, left + 0.2, second, (196, 160, 96))
    canvas.box(left + 0.062, second - 0.178, left + 0.188, second - 0.012, (232, 228, 218))
    canvas.box(left + 0.085, second - 0.15, left + 0.165, second - 0.04, (108, 128, 138))
    # Books that lie, and a bowl on them.
    canvas.box(right - 0.24, second - 0.235, right - 0.02, second, dark)
    for number, colour in enumerate(((92, 104, 112), (188, 150, 92), (214, 206, 190))):
        top = second - 0.03 * (number + 1)
        canvas.box(right - 0.23 + 0.012 * number, top, right - 0.04, top + 0.027, colour)
    canvas.fill(ellipse(right - 0.13, second - 0.11, 0.05, 0.028), (172, 96, 62))


def _light(canvas: Canvas) -> None:
    x, y = canvas.x, canvas.y
    lamp = np.exp(-(((x - 0.5) / 0.6) ** 2 + ((y - 0.3) / 0.6) ** 2))
    canvas.shade(canvas.tinted(lamp, (0.62, 0.62, 0.64), (1.75, 1.55, 1.25)))
