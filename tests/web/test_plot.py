"""The geometry of the read-out's plots."""

from __future__ import annotations

import pytest

from tests.harness.module import evaluate


def scale_end(values: list[float | None]) -> float:
    return float(evaluate("web/ui/plot.js", "return module.scaleEnd(given);", values))


@pytest.mark.parametrize(
    ("most", "end"), [(0, 1), (0.2, 0.3), (6.1, 8), (8, 10), (30.1, 40), (119, 150), (990, 1500)]
)
def test_a_scale_ends_at_a_round_number_above_the_values(most: float, end: float) -> None:
    assert scale_end([0, None, most]) == end


def test_a_rare_peak_does_not_make_everything_else_flat() -> None:
    assert scale_end([300, *[10.0] * 20]) == 15


def test_nothing_known_has_a_scale_all_the_same() -> None:
    assert scale_end([None]) == 1


def test_a_line_goes_from_left_to_right_and_is_broken_at_a_gap() -> None:
    path = evaluate(
        "web/ui/plot.js",
        "return module.outline(given.times, given.values, 40);",
        {"times": [60, 30, 20, 10, 0], "values": [0, 20, None, 90, 10]},
    )
    assert path == "M0.00 100.00L30.00 50.00M50.00 0.00L60.00 75.00"
