"""Frames that come twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cyclorama.repeats import STANDS_MS, Repeats


def noise(seed: int, height: int = 48, width: int = 64) -> NDArray[np.uint8]:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (height, width, 4), dtype=np.uint8)


def test_the_same_frame_once_more_is_a_repeat() -> None:
    repeats = Repeats()

    assert not repeats.met(noise(1), 0)
    assert repeats.met(noise(1), 10)
    assert not repeats.met(noise(2), 20)
    assert not repeats.met(noise(1), 30)


def test_memory_that_is_written_over_does_not_deceive() -> None:
    repeats = Repeats()
    frame = noise(1)

    repeats.met(frame, 0)
    frame[:] = noise(2)

    assert not repeats.met(frame, 10)


def test_another_size_is_another_frame() -> None:
    repeats = Repeats()
    repeats.met(np.zeros((48, 64, 4), np.uint8), 0)

    assert not repeats.met(np.zeros((64, 48, 4), np.uint8), 10)


def test_a_picture_that_stands_is_shown_again_now_and_then() -> None:
    repeats = Repeats()
    met = [repeats.met(noise(1), now) for now in range(0, round(10 * STANDS_MS), 25)]

    assert met.count(False) == 10
