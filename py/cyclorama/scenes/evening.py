"""A city at dusk through a large window."""

import numpy as np

from .. import ops
from ..types import Floats, Size
from .canvas import Canvas

LAMPS = np.array(
    [(255, 190, 110), (255, 168, 92), (255, 216, 160), (255, 232, 204), (168, 196, 236)], np.float32
)

TOWERS = 26
"""In a row."""

REACH = 1.2
"""How far the city goes to both sides, whatever the picture shows of it."""


def paint(size: Size) -> Floats:
    """Towers against the last light, their windows and the street's lamps as discs."""
    canvas = Canvas(size, (0, 0, 0))
    dusk = np.clip(canvas.y / 0.62, 0, 1) ** 1.7
    canvas.light += canvas.tinted(dusk + 0 * canvas.x, (0.045, 0.07, 0.16), (0.62, 0.33, 0.22))
    for depth in range(3):
        _towers(canvas, depth)
    canvas.defocus(0.03)
    for depth in range(3):
        _lamps(canvas, depth)
    _window(canvas)
    canvas.defocus(0.012)
    return canvas.develop()


def _towers(canvas: Canvas, depth: int) -> None:
    """A row of towers, the nearer the darker and the lower."""
    haze = 1 - depth / 3
    wide, gap, top = ops.chances(3 * TOWERS, 31 + depth).reshape(3, -1)
    wide = 0.08 + 0.12 * wide
    left = np.cumsum(wide + 0.05 * gap - 0.02) - wide - REACH
    top = 0.3 + 0.1 * depth + 0.26 * top
    corners = [left, top, left + wide, top, left + wide, 1.1 + 0 * top, left, 1.1 + 0 * top]
    shapes = np.stack(corners, axis=1).reshape(TOWERS, 4, 2)
    canvas.fill(shapes, (36 + 40 * haze, 35 + 24 * haze, 52 + 20 * haze))


def _lamps(canvas: Canvas, depth: int) -> None:
    """Windows and streets, the nearer the larger."""
    count = 32 + 10 * depth
    aside, down, size, bright, kind = ops.chances(5 * count, 41 + depth).reshape(5, -1)
    top = 0.46 + 0.1 * depth
    colours = LAMPS[(kind * len(LAMPS)).astype(np.intp)] * (0.25 + 0.5 * bright)[:, None]
    radii = (0.011 + 0.006 * size) * (1 + 0.35 * depth)
    canvas.discs(REACH * (2 * aside - 1), top + (1 - top) * down, radii, colours)


def _window(canvas: Canvas) -> None:
    """Dark bars, and a faint light of the room on them."""
    edge, bar = canvas.edge, (40, 36, 38)
    for x in (-0.55, 0.55):
        canvas.box(x - 0.016, 0, x + 0.016, 1.1, bar)
    canvas.box(-edge - 0.1, 0.17, edge + 0.1, 0.19, bar)
