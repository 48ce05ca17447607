from itertools import product

import numpy as np
import pytest

from cyclorama import brand
from cyclorama.room import Mask
from cyclorama.types import Bytes, Floats, Size

SIZE = (216, 384)
SIZES: list[Size] = [SIZE, (120, 160), (160, 90), (8, 8), (1, 1)]
TEAL = (43.0, 111.0, 99.0)
VISIBLE = 12
"""Levels; the outermost of a shadow is less."""
GREYS = [(level, level, level) for level in range(0, 256, 15)]
WALLS = [*product((0, 128, 255), repeat=3), *GREYS]


def letters(width: int = 600, height: int = 90) -> Bytes:
    """Upright strokes, as wide as letters have them."""
    cover = np.zeros((height, width), np.uint8)
    for left in range(0, width, 40):
        cover[:, left : left + 20] = 255
    return cover


def logo(height: int, width: int, *rgba: int) -> Bytes:
    return np.full((height, width, 4), rgba, np.uint8)


def badge(*rgb: int) -> Bytes:
    """A disc with nothing around it."""
    down = np.arange(-60, 60)[:, None]
    away = np.hypot(down, down.T)
    return np.dstack([logo(120, 120, *rgb, 0)[..., :3], np.where(away < 50, 255, 0)]).astype(
        np.uint8
    )


def changed(size: Size, name: Bytes | None, shape: Bytes | None) -> Mask:
    """Where a sign makes a wall another."""
    with_sign, without = brand.paint(size, TEAL, name, shape), brand.paint(size, TEAL, None, None)
    visible: Mask = (np.abs(with_sign.astype(np.int16) - without) > VISIBLE).any(axis=2)
    return visible


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [None, letters(), letters(6000), letters(1, 1)])
@pytest.mark.parametrize(
    "shape",
    [
        None,
        logo(1, 1, 200, 0, 0, 255),
        logo(300, 200, 200, 0, 0, 255),
        logo(4, 3000, 0, 0, 90, 255),
        logo(3000, 4, 0, 0, 90, 128),
        logo(50, 50, 9, 9, 9, 0),
        badge(255, 255, 255),
    ],
)
def test_any_sign_fits_any_picture(size: Size, name: Bytes | None, shape: Bytes | None) -> None:
    painted = brand.paint(size, TEAL, name, shape)
    assert painted.shape == (*size, 3)
    assert painted.dtype == np.uint8


def test_a_wall_is_the_same_each_time() -> None:
    first, second = (brand.paint(SIZE, TEAL, letters(), badge(240, 180, 40)) for _ in range(2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize("size", [(720, 1280), (480, 640), (640, 360)])
@pytest.mark.parametrize("shape", [None, badge(240, 180, 40), logo(40, 4000, 240, 180, 40, 255)])
def test_a_sign_stays_in_its_corner(size: Size, shape: Bytes | None) -> None:
    """Clear of the border, and of where a head is."""
    height, width = size
    rows, columns = np.nonzero(changed(size, letters(1500, 200), shape))
    assert columns.min() >= 0.05 * min(height, 0.75 * width)
    assert rows.min() >= 0.05 * min(height, 0.75 * width)
    assert columns.max() < 0.3 * width
    assert rows.max() < 0.5 * height


def test_a_sign_with_nothing_on_it_is_a_plain_wall() -> None:
    assert not changed(SIZE, None, logo(30, 30, 200, 0, 0, 0)).any()


def test_empty_margins_of_a_logo_do_not_count() -> None:
    wide = np.zeros((400, 400, 4), np.uint8)
    wide[140:260, 140:260] = badge(240, 180, 40)
    assert np.array_equal(changed(SIZE, None, wide), changed(SIZE, None, badge(240, 180, 40)))


@pytest.mark.parametrize("wall", [TEAL, (200.0, 60.0, 40.0), (128.0, 128.0, 128.0)])
def test_the_wall_has_its_colour_where_the_sign_is(wall: tuple[float, float, float]) -> None:
    painted = brand.paint(SIZE, wall, None, None)
    place = painted[24:72, 24:96].reshape(-1, 3).mean(0)
    assert np.abs(place - wall).max() < 24


@pytest.mark.parametrize("wall", WALLS)
def test_letters_are_legible_on_any_wall(wall: tuple[int, int, int]) -> None:
    """3:1 is what WCAG asks of large letters."""
    with_sign = brand.paint(SIZE, wall, letters(), None)
    without = brand.paint(SIZE, wall, None, None)
    assert _contrast(with_sign, without) > 3


@pytest.mark.parametrize("wall", [(0.0, 0.0, 0.0), (255.0, 255.0, 255.0), (128.0, 128.0, 128.0)])
@pytest.mark.parametrize("level", [0, 90, 128, 170, 255])
def test_a_logo_is_seen_on_any_wall(wall: tuple[float, float, float], level: int) -> None:
    with_sign = brand.paint(SIZE, wall, None, badge(level, level, level))
    without = brand.paint(SIZE, wall, None, None)
    assert _contrast(with_sign, without) > 1.5


@pytest.mark.parametrize(("rim", "plaque"), [((20, 60, 140), False), ((240, 240, 240), True)])
def test_only_a_logo_whose_rim_is_lost_gets_a_plaque(
    rim: tuple[int, int, int], plaque: bool
) -> None:
    white = (240, 240, 240)
    ring = badge(*rim)
    ring[30:90, 30:90, :3] = white
    with_sign, without = (brand.paint(SIZE, white, None, shape) for shape in (ring, None))
    # A disc leaves the corner of its square free; a plaque does not.
    corner = round((brand.MARGIN + 0.01) * SIZE[0])
    difference = np.abs(with_sign.astype(np.int16) - without)[corner, corner].max()
    assert (difference > 100) == plaque


def test_a_wall_shows_no_bands() -> None:
    painted = brand.paint(SIZE, TEAL, None, None).astype(np.int16)
    steps = np.abs(np.diff(painted, axis=1)).any(axis=2)
    assert steps.mean(axis=1).min() > 0.2


def _contrast(with_sign: Bytes, without: Bytes) -> float:
    """Of the sign's faces and the wall beside them, the 90th percentile of where they differ."""
    bare, signed = (_luminance(picture) for picture in (without, with_sign))
    ratio = (np.maximum(bare, signed) + 0.05) / (np.minimum(bare, signed) + 0.05)
    return float(np.percentile(ratio[ratio > 1.2], 90))


def _luminance(picture: Bytes) -> Floats:
    share = picture.astype(np.float32) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)
