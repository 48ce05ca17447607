import pytest

from cyclorama.meter import WINDOW_MS, Meter


def test_the_rate_is_counted_over_the_window() -> None:
    meter = Meter()
    for tick in range(300):
        meter.note("frame", tick * 1000 / 30)
    assert meter.rate("frame", 10_000) == pytest.approx(30, rel=0.02)


def test_the_rate_is_right_before_the_window_is_full() -> None:
    meter = Meter()
    for tick in range(31):
        meter.note("frame", tick * 1000 / 30)
    assert meter.rate("frame", 1000) == pytest.approx(30, rel=0.05)


def test_what_is_old_is_forgotten() -> None:
    meter = Meter()
    meter.note("frame", 0, 99)
    assert meter.rate("frame", WINDOW_MS + 1) == 0
    assert meter.quantiles("frame", WINDOW_MS + 1) == (0, 0)


def test_quantiles_are_those_of_the_values() -> None:
    meter = Meter()
    for value in range(101):
        meter.note("matte", 1, value)
    assert meter.quantiles("matte", 1) == (50, 95)
