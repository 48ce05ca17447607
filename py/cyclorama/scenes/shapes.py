"""Outlines of things for `Canvas`, (corners, 2) or several (n, corners, 2); in its lengths."""

import math

import numpy as np

from .. import ops
from ..types import Floats

Point = tuple[float, float]
"""(x, y)"""

LEAF = np.array(
    [
        (0, 0),
        (0.25, 0.42),
        (0.5, 0.5),
        (0.75, 0.3),
        (1, 0),
        (0.75, -0.3),
        (0.5, -0.5),
        (0.25, -0.42),
    ],
    np.float32,
)
"""A leaf one long and one wide, that grows from the origin to the right."""


def ellipse(x: float, y: float, wide: float, tall: float) -> Floats:
    """An ellipse by its middle and its two radii."""
    turns = np.arange(24, dtype=np.float32) * np.float32(math.pi / 12)
    return np.stack([x + wide * np.cos(turns), y + tall * np.sin(turns)], axis=1)


def box(left: float, top: float, right: float, bottom: float) -> Floats:
    """An upright rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Floats:
    """An upright rectangle with round corners."""
    turns = np.arange(20, dtype=np.float32) // 5 * np.float32(math.pi / 2)
    turns += np.tile(np.linspace(0, math.pi / 2, 5, dtype=np.float32), 4)
    cos, sin = np.cos(turns), np.sin(turns)
    x = (left + right + np.copysign(right - left - 2 * radius, cos)) / 2 + radius * cos
    y = (top + bottom + np.copysign(bottom - top - 2 * radius, sin)) / 2 + radius * sin
    return np.stack([x, y], axis=1)


def cushion(x: float, y: float, half: float, turn: float) -> Floats:
    """A bulging square by its middle and half its side, turned by so many radians."""
    turns = np.arange(32, dtype=np.float32) * np.float32(math.pi / 16)
    cos, sin = np.cos(turns), np.sin(turns)
    reach = half / (cos**6 + sin**6) ** np.float32(1 / 6)
    return _placed(np.stack([cos * reach, sin * reach], axis=1), x, y, turn)


def spray(x: float, y: float, count: int, length: float, seed: int) -> Floats:
    """The long leaves of a plant in a pot whose rim is at a point."""
    turn, long, wide = ops.chances(3 * count, seed).reshape(3, -1)
    long = length * (0.6 + 0.4 * long)
    return leaves(x, y, -math.pi * (0.1 + 0.8 * turn), long, long * (0.16 + 0.1 * wide))


def twig(start: Point, turn: float, reach: float, length: float, seed: int) -> Floats:
    """Leaves of some length on both sides of a line that goes from a point in a direction."""
    count = round(2.2 * reach / length)
    place, aside, long, wide = ops.chances(4 * count, seed).reshape(4, -1)
    number = np.arange(count, dtype=np.float32)
    along = reach * (number + 0.6 * place) / count
    side = turn + (0.5 + 0.6 * aside) * (2 * (number % 2) - 1)
    long = length * (0.7 + 0.4 * long)
    x, y = start[0] + along * math.cos(turn), start[1] + along * math.sin(turn)
    return leaves(x, y, side, long, long * (0.3 + 0.15 * wide))


def leaves(
    x: Floats | float, y: Floats | float, turn: Floats, length: Floats, width: Floats
) -> Floats:
    """Leaves by where they grow and in which direction, each (n,), or one place for all."""
    shapes = LEAF * np.stack([length, width], axis=-1)[:, None]
    return _placed(shapes, np.reshape(x, (-1, 1)), np.reshape(y, (-1, 1)), turn[:, None])


def _placed(outlines: Floats, x: Floats | float, y: Floats | float, turn: Floats | float) -> Floats:
    """Outlines around the origin, turned and moved."""
    along, across = outlines[..., 0], outlines[..., 1]
    cos, sin = np.cos(turn), np.sin(turn)
    placed = (x + along * cos - across * sin, y + along * sin + across * cos)
    return np.stack(placed, axis=-1).astype(np.float32)
