"""The light of two pictures: a gain per channel that neither motion nor a person can fake."""

import numpy as np
import pytest

from cyclorama import light
from cyclorama.types import Bytes, Floats

GAIN = np.array([0.7, 1.0, 1.3], np.float32)
PICTURE: Bytes = np.random.default_rng(4).integers(30, 180, (24, 32, 3)).astype(np.uint8)


def pixels(picture: Bytes) -> Floats:
    return picture.reshape(-1, 3).astype(np.float32)


def lit(picture: Bytes, gain: Floats = GAIN) -> Bytes:
    """The picture by a lamp of another colour."""
    return np.rint((picture + light.OFFSET) * gain - light.OFFSET).astype(np.uint8)


def test_the_same_light_is_a_gain_of_one() -> None:
    assert light.gain(pixels(PICTURE), pixels(PICTURE)).tolist() == [1, 1, 1]


def test_a_lamp_is_found() -> None:
    assert light.gain(pixels(lit(PICTURE)), pixels(PICTURE)) == pytest.approx(GAIN, abs=0.01)


def test_what_changes_in_a_third_of_the_picture_is_not_light() -> None:
    now = lit(PICTURE)
    now[:8] = 255
    assert light.gain(pixels(now), pixels(PICTURE)) == pytest.approx(GAIN, abs=0.03)


def test_without_the_light_it_is_the_picture_from_before() -> None:
    back = light.without(lit(PICTURE), GAIN)
    assert np.abs(back.astype(int) - PICTURE).max() <= 1


def test_another_picture_altogether_has_a_bounded_gain() -> None:
    black, white = np.zeros((9, 3), np.float32), np.full((9, 3), 255, np.float32)
    assert light.gain(white, black).tolist() == [light.LIMIT] * 3
    assert light.gain(black, white).tolist() == [1 / light.LIMIT] * 3


def test_light_that_changes_is_told_from_a_picture_that_changes() -> None:
    now, then = pixels(lit(PICTURE)), pixels(PICTURE)
    assert light.change(now, then) == pytest.approx(GAIN, abs=0.01)
    assert light.change(then[::-1], then).tolist() == [1, 1, 1]
    assert light.change(then, then).tolist() == [1, 1, 1]
