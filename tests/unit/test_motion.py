from __future__ import annotations

import numpy as np
import pytest

from cyclorama.motion import Motion
from cyclorama.types import Bytes

RNG = np.random.default_rng(5)


def frame(size: tuple[int, int] = (48, 64)) -> Bytes:
    return RNG.integers(0, 255, (*size, 4), dtype=np.uint8)


def matte(size: tuple[int, int] = (12, 16), *, person: bool = True) -> Bytes:
    alpha = np.zeros(size, np.uint8)
    if person:
        alpha[size[0] // 4 :, size[1] // 4 : -size[1] // 4] = 255
    return alpha


def test_the_first_frame_is_no_motion() -> None:
    assert not Motion().seen(frame(), matte())


def test_another_person_is_motion_and_the_same_picture_is_none() -> None:
    motion, first, second = Motion(), frame(), frame()
    assert [motion.seen(each, matte()) for each in (first, first, second, second)] == [
        False,
        False,
        True,
        False,
    ]


def test_what_moves_behind_the_person_is_no_motion() -> None:
    motion, first = Motion(), frame()
    motion.seen(first, matte())
    second = frame()
    person = np.kron(matte(), np.ones((4, 4), np.uint8)) > 0
    second[person] = first[person]
    assert not motion.seen(second, matte())


def test_without_a_person_nothing_is_said() -> None:
    motion = Motion()
    motion.seen(frame(), matte())
    assert not motion.seen(frame(), matte(person=False))


def test_a_change_too_small_to_be_sure_of_is_none() -> None:
    motion, first = Motion(), frame()
    motion.seen(first, matte())
    second = first.copy()
    second[24, 32] ^= 255
    assert not motion.seen(second, matte())


@pytest.mark.parametrize("size", [(1, 1), (1, 64), (8, 8), (47, 63), (240, 424)])
def test_any_size_of_frame_and_matte(size: tuple[int, int]) -> None:
    motion = Motion()
    alpha = np.full((max(1, size[0] // 5), max(1, size[1] // 5)), 255, np.uint8)
    assert [motion.seen(np.full((*size, 4), shade, np.uint8), alpha) for shade in (1, 2, 2)] == [
        False,
        True,
        False,
    ]
