"""A living room in the evening, out of focus."""

import numpy as np

from ..types import Floats, Size
from .canvas import Canvas, Colour
from .shapes import box, cushion, ellipse, rounded, spray

FLOOR = 0.86
"""y of where the wall meets the floor."""

WALL: Colour = (176, 168, 156)
TRIM: Colour = (198, 192, 182)
PARQUET: Colour = (96, 72, 52)


def paint(size: Size) -> Floats:
    """A door to a further room on the left, a sofa and a lamp on the right, a plant."""
    canvas = Canvas(size, WALL)
    door, lamp = -canvas.edge + 0.16, canvas.edge - 0.2
    _far_room(canvas, door)
    canvas.defocus(0.03)
    _wall(canvas, door)
    _pictures(canvas)
    canvas.defocus(0.022)
    _sofa(canvas)
    _plant(canvas, -canvas.edge + 0.04)
    canvas.shade(1 + canvas.mottle(7, 41, 0.06))
    canvas.defocus(0.024)
    _light(canvas, lamp)
    return canvas.develop()


def _far_room(canvas: Canvas, door: float) -> None:
    """What is seen through the door: a window at dusk, a table under a lamp."""
    canvas.box(door, 0, door + 0.42, 1, (150, 126, 100))
    canvas.box(door + 0.02, 0.2, door + 0.2, 0.52, (118, 134, 166))
    canvas.box(door + 0.1, 0.2, door + 0.115, 0.52, (96, 84, 74))
    canvas.box(door, 0.74, door + 0.42, 1, (82, 60, 44))
    canvas.box(door + 0.12, 0.62, door + 0.42, 0.65, (104, 74, 50))
    canvas.box(door + 0.16, 0.65, door + 0.18, 0.82, (66, 46, 34))
    pool = np.exp(-(((canvas.x - door - 0.28) / 0.16) ** 2 + ((canvas.y - 0.45) / 0.22) ** 2))
    canvas.shine(pool, (150, 112, 70))
    canvas.fill(ellipse(door + 0.28, 0.35, 0.035, 0.026), (470, 380, 260))


def _wall(canvas: Canvas, door: float) -> None:
    """The wall around the door, and the floor."""
    left, right = -canvas.edge - 0.1, canvas.edge + 0.1
    far = door + 0.36
    canvas.box(left, 0, door, FLOOR, WALL)
    canvas.box(far, 0, right, FLOOR, WALL)
    canvas.box(left, 0, right, 0.06, WALL)
    for side in (door, far):
        canvas.box(side - 0.015, 0.06, side + 0.015, FLOOR, TRIM)
    canvas.box(door - 0.015, 0.045, far + 0.015, 0.075, TRIM)
    canvas.box(far + 0.015, FLOOR - 0.035, right, FLOOR, TRIM)
    canvas.box(left, FLOOR, door, 1.1, PARQUET)
    canvas.box(far, FLOOR, right, 1.1, PARQUET)


def _pictures(canvas: Canvas) -> None:
    """Two in frames, over the sofa."""
    edge = canvas.edge
    for left, top, wide, tall, art in (
        (edge - 0.63, 0.14, 0.18, 0.25, (84, 104, 112)),
        (edge - 0.41, 0.1, 0.13, 0.17, (150, 112, 84)),
    ):
        right, bottom = left + wide, top + tall
        canvas.shadow(rounded(left, top + 0.02, right + 0.01, bottom + 0.03, 0.01), 0.03, 0.35)
        canvas.box(left, top, right, bottom, (62, 50, 42))
        canvas.box(left + 0.012, top + 0.012, right - 0.012, bottom - 0.012, (196, 190, 180))
        canvas.box(left + 0.035, top + 0.04, right - 0.035, bottom - 0.04, art)
        canvas.box(left + 0.035, top + tall * 0.55, right - 0.035, bottom - 0.04, (66, 72, 70))


def _sofa(canvas: Canvas) -> None:
    """Its back, an arm and two cushions."""
    edge = canvas.edge
    canvas.shadow(rounded(edge - 0.86, 0.62, edge + 0.4, 1.1, 0.05), 0.08, 0.4)
    canvas.fill(rounded(edge - 0.72, 0.66, edge + 0.3, 1.2, 0.04), (104, 104, 100))
    canvas.shadow(rounded(edge - 0.7, 0.88, edge + 0.3, 1.2, 0.03), 0.04, 0.5)
    canvas.fill(rounded(edge - 0.82, 0.76, edge - 0.66, 1.2, 0.05), (96, 97, 95))
    for x, turn, colour in (
        (edge - 0.4, -0.2, (146, 106, 78)),
        (edge - 0.06, 0.12, (170, 162, 148)),
    ):
        canvas.shadow(cushion(x + 0.02, 0.89, 0.15, turn), 0.03, 0.4)
        canvas.fill(cushion(x, 0.87, 0.145, turn), colour)
        canvas.shadow(cushion(x + 0.04, 0.95, 0.1, turn), 0.1, 0.4)


def _plant(canvas: Canvas, x: float) -> None:
    """A fig in a basket, in the corner."""
    for number, dark in enumerate((0.7, 0.85, 1.0, 1.2)):
        green = (52 * dark, 70 * dark, 48 * dark)
        canvas.fill(spray(x, 0.76, 9, 0.4, 9 + number), green)
    canvas.fill(rounded(x - 0.1, 0.74, x + 0.1, 1.2, 0.03), (126, 104, 78))


def _light(canvas: Canvas, lamp: float) -> None:
    """The floor lamp and what it lights."""
    x, y = canvas.x, canvas.y
    pool = 1 / (1 + ((x - lamp) ** 2 + (0.9 * (y - 0.4)) ** 2) / np.float32(0.09))
    canvas.shade(canvas.tinted(pool, (0.74, 0.75, 0.78), (2.0, 1.6, 1.16)))
    canvas.shadow(box(lamp - 0.007, 0.46, lamp + 0.007, 1.1), 0.014, 0.8)
    cloth = [(lamp - 0.075, 0.27), (lamp + 0.075, 0.27), (lamp + 0.115, 0.46), (lamp - 0.115, 0.46)]
    glow = canvas.mask(np.array(cloth, np.float32), 0.02)
    canvas.shade(1 - glow)
    canvas.shine(glow * (1.15 - 4 * np.abs(y - 0.4) - 14 * (x - lamp) ** 2), (300, 252, 186))
    canvas.shine(canvas.softened(glow, 0.2), (110, 84, 50))
