"""A plain wall with the light of a window and the shadow of a branch on it."""

import math

import numpy as np

from .. import ops
from ..types import Floats, Size
from .canvas import Canvas
from .shapes import box, twig

SLANT = 0.32
"""How far the light moves aside on its way down, heights per height: the sun is low."""


def paint(size: Size) -> Floats:
    """Warm plaster, sun from the left through a long window, leaves before it."""
    canvas = Canvas(size, (206, 194, 178))
    x, y = canvas.x, canvas.y
    plaster = canvas.mottle(3, 21, 0.03) + canvas.mottle(60, 22, 0.01)
    canvas.shade((0.74 - 0.26 * y - 0.12 * x) * (1 + plaster))
    panes = _panes()
    sun = 0.7 * canvas.mask(panes, 0.02) + 0.3 * canvas.mask(panes, 0.1)
    # The further a leaf is from the wall, the softer its shadow.
    near = 0.75 * canvas.mask(_branch(0.16, 5), 0.03)
    far = 0.6 * canvas.mask(_branch(0.24, 25), 0.08)
    canvas.shine(sun * (1 - np.maximum(near, far)) * (1 + plaster), (220, 188, 142))
    return canvas.develop()


def _panes() -> Floats:
    """Where the light through each pane meets the wall."""
    panes = []
    for column in range(5):
        for row in range(2):
            left, top = -0.92 + 0.4 * column, -0.1 + 0.44 * row
            panes.append(box(left, top, left + 0.36, top + 0.4))
    x, y = np.moveaxis(np.stack(panes), -1, 0)
    return np.stack([x - SLANT * (y - 0.3), y - 0.08 * x], axis=-1)


def _branch(length: float, seed: int) -> Floats:
    """Twigs with leaves of some length, that hang into the light from the upper right."""
    sway, reach = ops.chances(14, seed).reshape(2, -1)
    twigs = []
    for number in range(7):
        start = (1.15 - 0.22 * number, -0.12 - 0.02 * number)
        turn = math.radians(100 + 6 * number + 24 * sway[number])
        twigs.append(twig(start, turn, 0.3 + 0.5 * reach[number], length, seed + number + 1))
    return np.concatenate(twigs)
