"""A bright window with a garden behind it, out of focus."""

import numpy as np

from .. import ops
from ..types import Floats, Size
from .canvas import Canvas, Colour
from .shapes import leaves, rounded, spray

SILL = 0.74

GREENS: tuple[Colour, ...] = ((84, 110, 62), (118, 138, 74), (160, 168, 98))


def paint(size: Size) -> Floats:
    """Trees in the sun, white bars before them, pots on the sill and a curtain."""
    canvas = Canvas(size, (330, 336, 332))
    wall = canvas.edge - 0.3
    _garden(canvas)
    canvas.defocus(0.045)
    _sparkle(canvas)
    _frame(canvas, wall)
    canvas.defocus(0.02)
    _sill(canvas, wall)
    canvas.defocus(0.018)
    _light(canvas, wall)
    _curtain(canvas, wall)
    return canvas.develop()


def _garden(canvas: Canvas) -> None:
    """Crowns of trees of four leaves each, the nearer the lower."""
    reach = canvas.edge + 0.1
    for layer in range(3):
        for number, green in enumerate(GREENS):
            chances = ops.chances(4 * 32, 17 + 10 * layer + number).reshape(4, 8, 4)
            x = reach * (2 * chances[0, :, :1] - 1) + np.zeros(4, np.float32)
            y = 0.36 + 0.13 * layer + 0.28 * chances[1, :, :1] + np.zeros(4, np.float32)
            turn, length = -2.8 + 2.5 * chances[2], 0.16 + 0.1 * chances[3]
            crowns = (each.reshape(-1) for each in (x, y, turn, length, 0.6 * length))
            canvas.fill(leaves(*crowns), green)
    canvas.box(-reach, 0.68, reach, 1.1, (112, 124, 84))


def _sparkle(canvas: Canvas) -> None:
    """The sun through the leaves."""
    aside, down, more, size, bright = ops.chances(5 * 40, 18).reshape(5, -1)
    colours = (0.4 + 0.55 * bright)[:, None] * np.array([190, 204, 150], np.float32)
    y = 0.2 + 0.22 * (down + more)
    canvas.discs(canvas.edge * (2 * aside - 1), y, 0.018 + 0.016 * size, colours)


def _frame(canvas: Canvas, wall: float) -> None:
    """The wall and the bars, as dark as what the light comes past."""
    left, right, white = -canvas.edge - 0.1, canvas.edge + 0.1, (184, 182, 176)
    for bar in (wall - 0.45, wall - 0.9, wall - 1.35):
        canvas.box(bar - 0.015, 0, bar + 0.015, SILL, white)
    canvas.box(left, 0.24, wall, 0.268, white)
    canvas.box(wall - 0.04, 0, wall, SILL, (200, 198, 192))
    canvas.box(wall, 0, right, 1.1, (214, 205, 191))
    canvas.box(left, SILL, wall + 0.03, SILL + 0.04, (212, 210, 204))
    canvas.box(left, SILL + 0.04, wall, 1.1, (178, 173, 165))
    canvas.shadow(rounded(left, SILL + 0.04, wall + 0.04, SILL + 0.09, 0.01), 0.03, 0.4)


def _sill(canvas: Canvas, wall: float) -> None:
    """Pots with plants."""
    for seed, x, tall, pot in (
        (60, -canvas.edge + 0.15, 0.3, (164, 116, 90)),
        (70, -canvas.edge + 0.38, 0.17, (200, 196, 188)),
        (80, wall - 0.2, 0.24, (134, 132, 126)),
    ):
        for number, tone in enumerate((0.65, 0.95, 1.25)):
            green = (72 * tone, 98 * tone, 58 * tone)
            canvas.fill(spray(x, SILL - 0.09, 7, tall, seed + number), green)
        canvas.fill(rounded(x - 0.06, SILL - 0.12, x + 0.06, SILL + 0.02, 0.015), pot)
        canvas.shadow(rounded(x - 0.07, SILL - 0.12, x - 0.01, SILL + 0.02, 0.015), 0.03, 0.35)


def _light(canvas: Canvas, wall: float) -> None:
    """Daylight that falls into the room, less of it the further from the window."""
    x, y = canvas.x, canvas.y
    canvas.shade(1.16 - 0.5 * np.clip(y - SILL, 0, 1) - 0.6 * np.clip(x - wall, 0, 1))
    canvas.shade(1 + canvas.mottle(6, 51, 0.02))


def _curtain(canvas: Canvas, wall: float) -> None:
    """Thin cloth in folds at the window's side, that the light comes through."""
    x = canvas.x - wall
    folds = 0.5 + 0.22 * np.cos(88 * x) + 0.16 * np.cos(143 * x + 1) + 0.12 * np.cos(37 * x + 2)
    cloth = np.clip((x + 0.13) * 25, 0, 1) * np.clip((0.1 - x) * 25, 0, 1) * (1 + 0 * canvas.y)
    canvas.shade(1 - 0.72 * cloth)
    canvas.shine(cloth * (0.55 + 0.5 * folds) * (1.1 - 0.35 * canvas.y), (196, 194, 188))
