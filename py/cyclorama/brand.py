"""A plain wall with a name and a logo mounted on it, lit from above.

The sign hangs in the upper left corner, where a person before it does not hide it. Its pieces
(`sign`) stand out from the wall: they show their sides, and they throw a shadow. All of it is
light, as in `scenes.canvas`, and is made into bytes last.
"""

import numpy as np

from . import ops, sign
from .scenes import finish, painted
from .scenes.canvas import Canvas, Colour, inside, shifted, tone, untone
from .types import Bytes, Floats, Size

MARGIN = 0.06
"""From the sign to the picture's borders; this and what follows in units, see `sign.unit`."""

GAP = 0.035
"""Between two pieces."""

SIDES = 0.25
"""Share of its light that a piece's sides get: they look down, the lamps are above."""

SHADOWS = ((0.007, 0.006, 0.5), (0.02, 0.024, 0.3))
"""Of a sign on the wall: how far they are moved, how soft they are, how dark."""


def paint(size: Size, wall: Colour, name: Bytes | None, logo: Bytes | None) -> Bytes:
    """The wall with a sign.

    Args:
        size: (height, width) of the picture.
        wall: its colour, 0 … 255 per channel.
        name: (h, w) uint8 coverage by its letters, in a font of `sign.EM` pixels; or none.
        logo: (h, w, 4) uint8, of any size; or none.

    Returns:
        (height, width, 3) uint8.
    """
    unit = sign.unit(size)
    canvas = Canvas(painted(size), wall)
    gain = _lamps(canvas)
    picture = ops.stretch_smooth(ops.stack(gain, gain, gain), size)
    lamps = picture[..., 0].copy()
    picture *= untone(wall)
    top = MARGIN * unit
    for piece in sign.pieces(size, wall, name, logo):
        _mount(picture, lamps, piece, (round(top), round(MARGIN * unit)), unit)
        top += len(piece.cover) + GAP * unit
    return finish(tone(picture), size)


def _lamps(canvas: Canvas) -> Floats:
    """What the lamps in the ceiling give the wall, (height, width); about 1 where the sign is."""
    first = MARGIN + sign.WIDEST / 2 - canvas.edge
    gain = 0.46 + 0 * canvas.x + 0 * canvas.y
    for x in np.arange(first - 0.8, canvas.edge + 0.8, 0.8):
        aside, down, away = canvas.x - np.float32(x), canvas.y + np.float32(0.3), np.float32(0.2)
        distance = np.sqrt(aside * aside + down * down + away * away)
        cone = np.clip((down / distance - 0.6) / 0.34, 0, 1)
        gain += 0.125 * cone * cone * (3 - 2 * cone) / distance**2
    return gain * (1 + canvas.mottle(4, 61, 0.012) + canvas.mottle(90, 62, 0.007))


def _mount(
    picture: Floats, lamps: Floats, piece: sign.Piece, at: tuple[int, int], unit: float
) -> None:
    """Hang a piece on the wall.

    Args:
        picture: (H, W, 3), the wall as light; changed in place.
        lamps: (H, W), what falls on it.
        piece: the piece.
        at: (top, left) of it, pixels.
        unit: see `sign.unit`.
    """
    border = round(0.07 * unit) + 1
    top, left = at[0] - border, at[1] - border
    cover = np.pad(piece.cover, border)
    rows = inside(top, cover.shape[0], picture.shape[0])
    columns = inside(left, cover.shape[1], picture.shape[1])
    seen = shifted(rows, -top), shifted(columns, -left)
    wall, falling = picture[rows, columns], lamps[rows, columns][..., None]

    dark = np.ones_like(cover)
    for moved, soft, depth in SHADOWS:
        shadow = ops.gaussian(_moved(cover, moved * unit, 0.5), max(soft * unit / 2, 0.5))
        dark *= 1 - np.float32(depth) * shadow
    wall *= dark[seen][..., None]

    steps = max(1, round(piece.thickness * unit))
    sides = cover
    for step in range(1, steps + 1):
        sides = np.maximum(sides, _moved(cover, step, 0.4))
    face = np.pad(piece.light, ((border, border), (border, border), (0, 0)), mode="edge")[seen]
    wall += (face * falling * np.float32(SIDES) - wall) * sides[seen][..., None]
    # Light from above catches the upper rims.
    rim = np.clip(cover - _moved(cover, 1, 0.4), 0, 1)[seen][..., None]
    lit = face * falling * (1 + np.float32(0.25) * rim) + np.float32(0.05) * rim * falling
    wall += (lit - wall) * cover[seen][..., None]


def _moved(cover: Floats, down: float, aside: float) -> Floats:
    """Cover moved down by so many pixels, and by a share of that to the right."""
    moved = np.zeros_like(cover)
    rows, columns = round(down), round(down * aside)
    moved[rows:, columns:] = cover[: cover.shape[0] - rows, : cover.shape[1] - columns]
    return moved
