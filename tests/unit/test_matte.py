import numpy as np
import pytest

from cyclorama import logits
from cyclorama.logits import Grid
from cyclorama.matte import HISTORY, LIMIT_AGE_MS, SOFT_AGE_MS, Matte
from cyclorama.types import Bytes

SIZE = (128, 160)
TICK = 33_333
GRID = Grid(x=0.5 / 161, y=0.5 / 129, dx=16 / 161, dy=16 / 129)


def scene(left: int) -> Bytes:
    """A textured room with a person, 64 wide, standing at `left`."""
    random = np.random.default_rng(9)
    frame = np.full((*SIZE, 4), 255, np.uint8)
    frame[..., :3] = random.integers(20, 60, (*SIZE, 3), dtype=np.uint8)
    person = random.integers(180, 240, (SIZE[0], 64, 3), dtype=np.uint8)
    frame[:, left : left + 64, :3] = person
    return frame


def mask(left: int) -> Bytes:
    """What a segmenter of stride 16 says of that: wide and soft."""
    x = np.arange(11) * 16
    inside = np.minimum(x - left, left + 64 - x) / 8
    return logits.encode(np.tile(np.clip(inside, -8, 8), (9, 1)).astype(np.float32))


def truth(left: int) -> Bytes:
    alpha = np.zeros((32, 40), np.uint8)
    alpha[:, left // 4 : (left + 64) // 4] = 255
    return alpha


def error(alpha: Bytes | None, left: int) -> float:
    assert alpha is not None
    return float(np.abs(alpha.astype(int) - truth(left)).mean() / 255)


def test_there_is_no_matte_before_the_first_mask() -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    assert matte.alpha() is None
    assert matte.age_ms() is None


def test_a_mask_of_this_frame_finds_the_person() -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    assert matte.learn(mask(48), GRID, 0, 0.5)
    assert error(matte.alpha(), 48) < 0.04


def said_on(grid: Grid, cells: tuple[int, int], left: int) -> Bytes:
    """What a segmenter with such a grid says of the person at `left`, cells as (rows, columns)."""
    rows, columns = cells
    x = (grid.x + np.arange(columns) * grid.dx) * SIZE[1]
    inside = np.minimum(x - left, left + 64 - x) / 8
    return logits.encode(np.tile(np.clip(inside, -8, 8), (rows, 1)).astype(np.float32))


@pytest.mark.parametrize(
    ("grid", "cells"),
    [
        (Grid(0.5 / 161, 0.5 / 129, 8 / 161, 8 / 129), (17, 21)),
        (Grid(0.5 / 161, 0.5 / 129, 32 / 161, 32 / 129), (5, 6)),
        (Grid(0.5 / 81, 0.5 / 65, 16 / 81, 16 / 65), (5, 6)),
        (Grid(0.5 / 256, 0.5 / 256, 1 / 256, 1 / 256), (256, 256)),
    ],
    ids=["stride 8", "stride 32", "a quarter's resolution", "every pixel, as the selfie model"],
)
def test_any_grid_of_masks_makes_the_same_matte(grid: Grid, cells: tuple[int, int]) -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    assert matte.learn(said_on(grid, cells, 48), grid, 0, 0.5)
    assert error(matte.alpha(), 48) < 0.05


def islands(z_of_island: float) -> Bytes | None:
    """Alpha where a mask has a person and, far from them, a small part with this logit."""
    z = np.full((9, 11), -8, np.float32)
    z[3:, 4:9] = 8
    z[:2, :2] = z_of_island
    matte = Matte(SIZE)
    matte.observe(np.full((*SIZE, 4), 128, np.uint8), 0)
    matte.learn(logits.encode(z), GRID, 0, 0.5)
    return matte.alpha()


def test_a_small_part_that_is_nowhere_sure_is_room() -> None:
    alpha = islands(0.5)
    assert alpha is not None
    assert alpha[:3, :3].max() < 128


def test_a_small_part_that_is_sure_is_person() -> None:
    alpha = islands(8)
    assert alpha is not None
    assert alpha[0, 0] > 128


def test_an_old_mask_follows_the_person() -> None:
    matte = Matte(SIZE)
    for tick in range(5):
        matte.observe(scene(48 + 4 * tick), tick * TICK)
    assert matte.learn(mask(48), GRID, 0, 0.5)
    assert error(matte.alpha(), 64) < 0.06
    # As it was taken, it would be four small pixels off on both sides.
    assert error(truth(48), 64) > 0.15


def test_a_lesson_is_carried_on_with_later_frames() -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    matte.learn(mask(48), GRID, 0, 0.5)
    for tick in range(1, 5):
        matte.observe(scene(48 + 4 * tick), tick * TICK)
    assert error(matte.alpha(), 64) < 0.06
    assert matte.age_ms() == pytest.approx(4 * TICK / 1000)


def test_a_mask_older_than_the_one_in_use_is_not_taken() -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    matte.observe(scene(48), TICK)
    assert matte.learn(mask(48), GRID, TICK, 0.5)
    assert not matte.learn(mask(100), GRID, 0, 0.5)
    assert error(matte.alpha(), 48) < 0.04


def test_a_mask_of_a_frame_nobody_remembers_is_not_taken() -> None:
    matte = Matte(SIZE)
    for tick in range(HISTORY + 1):
        matte.observe(scene(48), tick * TICK)
    assert not matte.learn(mask(48), GRID, 0, 0.5)
    assert not matte.learn(mask(48), GRID, 123, 0.5)
    assert matte.alpha() is None


def test_a_matte_ends_when_its_mask_is_too_old() -> None:
    matte = Matte(SIZE)
    matte.observe(scene(48), 0)
    matte.learn(mask(48), GRID, 0, 0.5)
    matte.observe(scene(48), int(LIMIT_AGE_MS * 1000))
    assert matte.alpha() is not None
    matte.observe(scene(48), int(LIMIT_AGE_MS * 1000) + TICK)
    assert matte.alpha() is None


def test_the_older_the_mask_the_more_of_the_doubt_goes_to_the_plate() -> None:
    sums = []
    for age_ms in (0, SOFT_AGE_MS, SOFT_AGE_MS + 200, LIMIT_AGE_MS):
        matte = Matte(SIZE)
        matte.observe(scene(48), 0)
        matte.learn(mask(48), GRID, 0, 0.5)
        matte.observe(scene(48), int(age_ms * 1000) + 1)
        alpha = matte.alpha()
        if alpha is not None:
            sums.append(int(alpha.sum()))
    assert sums == sorted(sums, reverse=True)
    assert sums[-1] < sums[0]


def test_a_higher_threshold_never_makes_more_person() -> None:
    sums = []
    for threshold in (0.2, 0.5, 0.8):
        matte = Matte(SIZE)
        grey = np.full((*SIZE, 4), 128, np.uint8)
        matte.observe(grey, 0)
        matte.learn(mask(48), GRID, 0, threshold)
        alpha = matte.alpha()
        assert alpha is not None
        sums.append(int(alpha.sum()))
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[-1]
