"""A painted canvas backdrop in a portrait studio."""

import numpy as np

from ..types import Floats, Size
from .canvas import Canvas


def paint(size: Size) -> Floats:
    """Grey canvas with brush marks, lit by one soft lamp from the upper left."""
    canvas = Canvas(size, (148, 152, 154))
    x, y = canvas.x, canvas.y
    marks = canvas.mottle(4, 5, 0.055) + canvas.mottle(11, 6, 0.03) + canvas.mottle(30, 8, 0.012)
    lamp = np.exp(-(((x + 0.16) / 0.62) ** 2 + ((y - 0.36) / 0.62) ** 2))
    canvas.shade((0.2 + 1.35 * lamp) * (1 + marks))
    # A lamp is warm in its middle, and the room's own light at the sides is not.
    canvas.shade(canvas.tinted(lamp, (0.94, 0.98, 1.06), (1.06, 1.0, 0.93)))
    return canvas.develop()
