import numpy as np
import pytest

from cyclorama import ops, scenes
from cyclorama.scenes import canvas
from cyclorama.types import Bytes, Size

NAMES = list(scenes.SCENES)
SIZES: list[Size] = [(72, 128), (96, 128), (180, 101), (17, 30), (1, 1), (30, 120)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_scene_fills_any_size_and_is_the_same_each_time(name: str, size: Size) -> None:
    painted = scenes.paint(name, size)
    assert painted.shape == (*size, 3)
    assert painted.dtype == np.uint8
    assert np.array_equal(painted, scenes.paint(name, size))


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_looks_the_same_at_every_size(name: str) -> None:
    small, large = (
        ops.shrink(scenes.paint(name, size).astype(np.float32), (18, 32))
        for size in ((108, 192), (720, 1280))
    )
    assert np.abs(small - large).mean() < 6


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_shows_no_bands(name: str) -> None:
    """Where a scene is nearly flat, the last bit of its pixels is noise and not a staircase."""
    painted = scenes.paint(name, (360, 640))
    assert _flattest_run(painted) < 24


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_is_neither_burnt_out_nor_black(name: str) -> None:
    painted = scenes.paint(name, (180, 320))
    assert np.mean(painted.max(axis=2) < 8) < 0.01
    assert np.mean(painted.min(axis=2) == 255) < 0.01
    assert 40 < painted.mean() < 235


def test_scenes_are_told_apart() -> None:
    painted = [scenes.paint(name, (36, 64)).astype(np.float32) for name in NAMES]
    for number, one in enumerate(painted):
        for other in painted[:number]:
            assert np.abs(one - other).mean() > 8


def test_what_is_shown_can_be_made_light_again() -> None:
    levels = np.arange(248, dtype=np.uint8)
    assert np.abs(canvas.tone(canvas.untone(levels)) - levels).max() < 0.1


def test_more_light_is_never_shown_darker() -> None:
    shown = canvas.tone(np.linspace(0, 20, 1000, dtype=np.float32))
    assert (np.diff(shown) >= 0).all()
    assert shown[0] == 0
    assert shown[-1] <= 255


def test_a_lamp_at_the_border_is_cut_off() -> None:
    picture = canvas.Canvas((40, 60), (0, 0, 0))
    x, y = (grid.reshape(-1) for grid in np.meshgrid([-2, -0.75, 0.75, 2], [-1, 0, 1, 2]))
    picture.discs(x, y, np.full(16, 0.1), np.full((16, 3), 255, np.float32))
    lit = picture.light[..., 0]
    assert lit[0, 0] == lit[0, -1] == lit[-1, 0] == lit[-1, -1] == pytest.approx(1)
    assert (lit[:, 10:-10] == 0).all()


def test_lamps_that_overlap_are_brighter() -> None:
    picture = canvas.Canvas((40, 40), (0, 0, 0))
    middle, radii = np.zeros(2), np.full(2, 0.2)
    picture.discs(middle, middle + 0.5, radii, np.full((2, 3), 255, np.float32))
    assert picture.light[20, 20, 0] == pytest.approx(2)


def test_putting_out_of_focus_keeps_the_light() -> None:
    picture = canvas.Canvas((60, 80), (0, 0, 0))
    picture.box(-0.1, 0.4, 0.1, 0.6, (255, 255, 255))
    before = picture.light.sum()
    picture.defocus(0.3)
    assert picture.light.sum() == pytest.approx(before, rel=1e-3)
    assert picture.light.max() < 1


def _flattest_run(picture: Bytes) -> int:
    """Length of the longest run of equal pixels in any row."""
    longest = 0
    for row in picture:
        changes = np.flatnonzero((np.diff(row.astype(np.int16), axis=0) != 0).any(axis=1))
        longest = max(longest, int(np.diff(changes, prepend=-1, append=len(row) - 1).max()))
    return longest
