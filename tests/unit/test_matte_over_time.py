"""The matte in a call: people come and go, cameras are pushed, masks are late or wrong.

A person before a textured room is filmed at 30 frames per second; every third frame has a mask,
which arrives three frames later.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest

from cyclorama import logits
from cyclorama.logits import Grid
from cyclorama.matte import Matte
from cyclorama.types import Bytes, Size

SIZE: Size = (128, 160)
WIDE = 64
"""Columns of the person."""
TICK_MS = 100 / 3
EVERY, LATE = 3, 3
GONE = 400
"""Where a person stands who is out of sight."""
SOON_MS = 300.0

Place = Callable[[int], int]
"""Column of the person's left side by frame."""


def frame(left: int, room: int = 9, size: Size = SIZE) -> Bytes:
    """A person before one of several rooms, opaque RGBA."""
    random = np.random.default_rng(room)
    picture = np.full((*size, 4), 255, np.uint8)
    coarse = random.integers(20, 110, (size[0] // 8, size[1] // 8, 3), dtype=np.uint8)
    picture[..., :3] = coarse.repeat(8, axis=0).repeat(8, axis=1)
    person = np.random.default_rng(1).integers(180, 240, (size[0], WIDE, 3), dtype=np.uint8)
    first, last = max(left, 0), min(left + WIDE, size[1])
    if first < last:
        picture[:, first:last, :3] = person[:, first - left : last - left]
    return picture


def mask(left: int, size: Size = SIZE) -> Bytes:
    """What a segmenter of stride 16 says of it."""
    x = np.arange(size[1] // 16 + 1) * 16
    z = np.clip(np.minimum(x - left, left + WIDE - x) / 4, -8, 8)
    return logits.encode(np.tile(z, (size[0] // 16 + 1, 1)).astype(np.float32))


def grid(size: Size = SIZE) -> Grid:
    height, width = size
    return Grid(0.5 / (width + 1), 0.5 / (height + 1), 16 / (width + 1), 16 / (height + 1))


def truth(left: int) -> Bytes:
    """(128, 160), 255 is person."""
    alpha = np.zeros(SIZE, np.uint8)
    alpha[:, max(left, 0) : max(left + WIDE, 0)] = 255
    return alpha


class Call:
    """Films and mattes, frame by frame."""

    def __init__(self, place: Place, *, late: int = LATE) -> None:
        self.matte = Matte(SIZE)
        self.now = -1
        self._place = place
        self._late = late

    def run(
        self,
        frames: int,
        *,
        room: int = 9,
        light: float = 1.0,
        said: Callable[[int], Bytes] | None = None,
    ) -> list[float]:
        """Wrong share of the picture in each of the next frames, 1 where there is no matte."""
        return [self._next(room, light, said) for _ in range(frames)]

    def _next(self, room: int, light: float, said: Callable[[int], Bytes] | None) -> float:
        self.now += 1
        left = self._place(self.now)
        picture = frame(left, room)
        picture[..., :3] = np.rint(picture[..., :3] * light)
        self.matte.observe(picture, _timestamp(self.now))
        made = self.now - self._late
        if made >= 0 and made % EVERY == 0:
            answer = said(made) if said else mask(self._place(made))
            self.matte.learn(answer, grid(), _timestamp(made), 0.5)
        alpha = self.matte.alpha()
        if alpha is None:
            return 1.0
        enlarged = alpha.repeat(4, axis=0).repeat(4, axis=1)
        return float(np.abs(enlarged.astype(int) - truth(left)).mean() / 255)


def _timestamp(number: int) -> int:
    return round(number * TICK_MS * 1000)


def frames_in(ms: float) -> int:
    return int(ms / TICK_MS)


def seated(_now: int) -> int:
    return 48


def test_the_first_mask_makes_the_person_whole_and_nothing_shows_before_it() -> None:
    wrong = Call(seated).run(LATE + 1)
    assert wrong[:LATE] == [1.0] * LATE
    assert wrong[LATE] < 0.04


def test_a_person_who_walks_off_leaves_a_clean_plate() -> None:
    def place(now: int) -> int:
        return 48 - 8 * max(0, now - 60)

    call = Call(place)
    call.run(60 + 14)
    assert place(call.now) == -WIDE + 8
    wrong = call.run(frames_in(SOON_MS))
    assert wrong[-1] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("room_is_known", [True, False])
def test_a_person_gone_at_once_leaves_no_ghost_for_long(room_is_known: bool) -> None:
    """Where the room behind them was never seen, it takes the next mask."""

    def place(now: int) -> int:
        return GONE if now >= 60 or (room_is_known and now < 30) else 48

    call = Call(place)
    call.run(60)
    wrong = call.run(frames_in(SOON_MS))
    assert wrong[-1] < 0.005
    if room_is_known:
        assert wrong[0] < 0.1


def test_a_person_who_comes_back_is_whole_soon_after_the_first_mask_that_sees_them() -> None:
    def place(now: int) -> int:
        return GONE if 30 <= now < 60 else 48

    call = Call(place)
    call.run(60)
    wrong = call.run(LATE + 1 + frames_in(SOON_MS))
    # The mask of frame 60 arrives with frame 63.
    assert max(wrong[LATE + 1 :]) < 0.05


def test_a_mistaken_part_does_not_stay() -> None:
    """A mask once took all for person; however still the picture, that ends."""
    call = Call(seated)
    everything = logits.encode(np.full((9, 11), 8, np.float32))
    call.run(LATE + 1, said=lambda _: everything)
    wrong = call.run(30)
    assert wrong[frames_in(500)] < 0.06
    assert wrong[-1] < 0.04


def test_one_mask_that_loses_the_person_in_doubt_is_outvoted() -> None:
    call = Call(seated)
    call.run(30)
    lost = logits.encode(np.full((9, 11), -2, np.float32))
    wrong = call.run(EVERY, said=lambda made: lost if made == 27 else mask(48))
    assert max(wrong) < 0.1


def test_a_person_who_is_lost_for_good_is_not_frozen() -> None:
    call = Call(seated)
    call.run(30)
    nobody = logits.encode(np.full((9, 11), -8, np.float32))
    call.run(12, said=lambda _: nobody)
    alpha = call.matte.alpha()
    assert alpha is not None
    assert alpha.mean() < 0.01 * 255


def test_another_light_changes_nothing() -> None:
    call = Call(seated)
    call.run(30)
    steady = max(call.run(6))
    assert max(call.run(9, light=0.7)) < steady + 0.02


def test_a_moved_camera_shows_no_flash() -> None:
    """Another room altogether, at once, behind the same person."""
    call = Call(seated)
    call.run(60)
    assert max(call.run(30, room=10)) < 0.06


def test_a_screen_that_changes_far_from_the_person_is_not_seen() -> None:
    call = Call(lambda _: 80)
    call.run(40)
    flash = frame(80)
    flash[20:60, 8:32, :3] = (60, 200, 250)
    call.matte.observe(flash, _timestamp(40))
    alpha = call.matte.alpha()
    assert alpha is not None
    assert alpha[:, :10].max() < 64


@pytest.mark.parametrize("late", [6, 10, 20])
def test_a_late_mask_is_carried_to_the_present(late: int) -> None:
    """Beyond ten frames what has been newly seen meanwhile is judged by the room alone."""

    def place(now: int) -> int:
        return 48 + round(16 * math.sin(now / 12))

    call = Call(place, late=late)
    call.run(90)
    assert max(call.run(60)) < 0.12


def test_another_size_begins_anew() -> None:
    size = (96, 128)
    matte = Matte(size)
    matte.observe(frame(32, size=size), 0)
    assert matte.alpha() is None
    assert matte.learn(mask(32, size), grid(size), 0, 0.5)
    alpha = matte.alpha()
    assert alpha is not None
    assert alpha.shape == (24, 32)
    assert alpha[:, 10:22].min() > 200
