"""The pieces of a sign, letters and a logo, made so that they are seen on their wall."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from . import ops
from .scenes.canvas import Colour, untone
from .types import Bytes, Floats, Size

WIDEST = 0.42
WIDEST_SHARE = 0.22
"""Of a piece, in units (see `unit`) and as a share of the picture's width. A head may hide more."""

LOGO_TALLEST = 0.16
LETTER = 0.062
"""Size of the name's font; less where the name is long."""

EM = 96
"""Size of the font, in pixels, in which names come."""

TINY = np.float32(1e-3)
"""Keeps a division by nothing from being one by zero."""

PADDING = 0.022
"""Of a plaque around a logo."""

CORNER = 0.014
PANEL_THICKNESS = 0.005
LETTER_THICKNESS = 0.0028

LIGHT: Colour = (250, 249, 246)
DARK: Colour = (30, 31, 33)
"""What letters and plaques are made of."""

FAINT = 1.6
"""Contrast below which a part of a logo is lost on what is behind it."""

RIM = 0.03
"""How wide a logo's rim is, as a share of its longer side."""

LOST = 0.2
"""Share of a rim that may be so; with more, it gets a plaque."""


@dataclass
class Piece:
    """A part of a sign.

    Attributes:
        light: (h, w, 3), what it reflects.
        cover: (h, w), 0 … 1, where it is.
        thickness: in units.
    """

    light: Floats
    cover: Floats
    thickness: float


def unit(size: Size) -> float:
    """Pixels that lengths of a sign are multiples of, by a picture's (height, width)."""
    height, width = size
    return min(height, 0.75 * width)


def pieces(size: Size, wall: Colour, name: Bytes | None, logo: Bytes | None) -> Iterator[Piece]:
    """The parts of a sign from top to bottom, as large as they are seen; see `brand.paint`."""
    one = unit(size)
    widest = min(WIDEST * one, WIDEST_SHARE * size[1])
    if logo is not None and (seen := _cut(logo)) is not None:
        yield _logo(seen, one, widest, wall)
    if name is not None:
        scale = min(LETTER * one / EM, widest / name.shape[1])
        cover = _resized(name.astype(np.float32) / 255, _scaled(name.shape, scale))
        light = np.broadcast_to(untone(_legible(wall)), (*cover.shape, 3))
        yield Piece(light, cover, LETTER_THICKNESS)


def _cut(logo: Bytes) -> Bytes | None:
    """A logo without the empty margins around it; None where there is nothing in it."""
    rows = np.flatnonzero(logo[..., 3].any(axis=1))
    columns = np.flatnonzero(logo[..., 3].any(axis=0))
    if not rows.size:
        return None
    return logo[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _logo(logo: Bytes, one: float, widest: float, wall: Colour) -> Piece:
    """A logo in its own shape; as a panel where it has none; on a plaque where it would be lost."""
    solid = bool((logo[..., 3] == 255).all())
    plaque = None if solid else _plaque(logo, wall)
    padding = 0 if plaque is None else round(PADDING * one)
    height, width = logo.shape[:2]
    scale = min((LOGO_TALLEST * one - 2 * padding) / height, (widest - 2 * padding) / width)
    size = _scaled((height, width), scale)
    whole = logo[..., 3].astype(np.float32) / 255
    light = _resized(untone(logo[..., :3]) * whole[..., None], size)
    alpha = _resized(whole, size)
    if plaque is None:
        # Where it is transparent it has a colour too, for its sides.
        mean = light.sum((0, 1)) / max(float(alpha.sum()), TINY)
        light = (light + TINY * mean) / (alpha[..., None] + TINY)
        cover = _panel(size, CORNER * one) if solid else alpha
        return Piece(light, cover, PANEL_THICKNESS)
    around = (size[0] + 2 * padding, size[1] + 2 * padding)
    board: Floats = np.full((*around, 3), untone(plaque), np.float32)
    inner = board[padding : padding + size[0], padding : padding + size[1]]
    inner += light - inner * alpha[..., None]
    return Piece(board, _panel(around, CORNER * one), PANEL_THICKNESS)


def _plaque(logo: Bytes, wall: Colour) -> Colour | None:
    """The colour of what the logo must lie on to be seen, or None where the wall will do.

    What counts is its rim: within it, a logo takes care of itself.
    """
    reach = 1 + round(RIM * max(logo.shape[:2]))
    shape = np.pad((logo[..., 3] > 127).astype(np.uint8), reach)
    outside = ops.lowest(shape, reach, reach)[reach:-reach, reach:-reach] == 0
    seen = logo[outside & (logo[..., 3] > 127)][:, :3]
    lost = {colour: _lost(seen, colour) for colour in (wall, LIGHT, DARK)}
    return None if lost[wall] <= LOST else min((LIGHT, DARK), key=lambda colour: lost[colour])


def _lost(colours: Bytes, behind: Colour) -> float:
    """Share of some colours, (n, 3), that is hardly seen before another."""
    if not len(colours):
        return 0.0
    return float(np.mean(contrast(luminance(colours), luminance(behind)) < FAINT))


def _legible(wall: Colour) -> Colour:
    """The colour of letters on a wall."""
    behind = luminance(wall)
    return max((LIGHT, DARK), key=lambda letters: float(contrast(luminance(letters), behind)))


def luminance(colours: Colour | Bytes) -> Floats:
    """Relative luminance of sRGB colours, (…, 3) → (…); WCAG 2, with a gamma of 2.2 throughout."""
    linear = (np.asarray(colours, np.float32) / 255) ** np.float32(2.2)
    share: Floats = linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return share


def contrast(a: Floats, b: Floats) -> Floats:
    """Contrast ratio of two luminances, 1 … 21; WCAG 2."""
    ratio: Floats = (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
    return ratio


def _scaled(size: tuple[int, ...], scale: float) -> Size:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _resized(field: Floats, size: Size) -> Floats:
    """Averaged where it gets smaller, never over- or undershooting where it gets larger."""
    smaller = size[0] < field.shape[0]
    return ops.shrink(field, size) if smaller else ops.stretch(field, size)


def _panel(size: Size, corner: float) -> Floats:
    """Cover of a rectangle with round corners."""
    height, width = size
    corner = min(corner, height / 2, width / 2)
    aside = np.abs(np.arange(width, dtype=np.float32) + 0.5 - width / 2) - (width / 2 - corner)
    along = np.abs(np.arange(height, dtype=np.float32) + 0.5 - height / 2) - (height / 2 - corner)
    away = np.hypot(np.maximum(aside, 0), np.maximum(along, 0)[:, None])
    cover: Floats = np.clip(corner - away + 0.5, 0, 1)
    return cover
