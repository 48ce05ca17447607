"""Colour as evidence, wherever it is."""

import numpy as np
import pytest

from cyclorama.histogram import LIMIT, Histogram
from cyclorama.types import Bytes, Floats

RED, BLUE, GREEN = (220, 30, 30), (30, 30, 220), (30, 220, 30)
Z: Floats = np.repeat(np.array([[8.0, -8.0]], np.float32), 8, axis=1).repeat(16, axis=0)


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> Bytes:
    picture = np.empty((16, 16, 3), np.uint8)
    picture[:, :8], picture[:, 8:] = left, right
    return picture


def test_colours_speak_for_who_has_them_wherever_they_are() -> None:
    histogram = Histogram()
    histogram.learn(halves(RED, BLUE), Z)
    evidence = histogram.evidence(halves(BLUE, RED))
    assert (evidence[:, :8] == -LIMIT).all()
    assert (evidence[:, 8:] == LIMIT).all()


def test_a_colour_of_both_or_of_neither_says_nothing() -> None:
    histogram = Histogram()
    histogram.learn(halves(RED, RED), Z)
    assert histogram.evidence(halves(RED, GREEN)) == pytest.approx(0, abs=1e-3)


def test_nothing_is_said_before_both_were_seen() -> None:
    histogram = Histogram()
    histogram.learn(halves(RED, BLUE), np.full((16, 16), 8, np.float32))
    assert not histogram.evidence(halves(RED, BLUE)).any()


def test_an_empty_room_does_not_wipe_out_the_person() -> None:
    histogram = Histogram()
    histogram.learn(halves(RED, BLUE), Z)
    for _ in range(50):
        histogram.learn(halves(BLUE, BLUE), np.full((16, 16), -8, np.float32))
    assert (histogram.evidence(halves(RED, RED)) == LIMIT).all()
