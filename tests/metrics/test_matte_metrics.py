"""The measures of the matte, on pictures small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from cyclorama.types import Bytes
from tests.bench.matte import metrics, stillness


def square(left: int, right: int, size: int = 60) -> Bytes:
    """A person of full height minus a margin, from column `left` up to `right`."""
    alpha = np.zeros((size, size), np.uint8)
    alpha[10 : size - 10, left:right] = 255
    return alpha


def compare(alpha: Bytes, true: Bytes) -> metrics.Score:
    return metrics.score(alpha, metrics.truth(true))


def test_the_truth_itself_scores_best() -> None:
    score = compare(square(15, 45), square(15, 45))
    assert score == metrics.Score(iou=1, f1_2px=1, f1_4px=1, mad=0, leak=0, miss=0)


def test_iou_is_of_pixels_from_one_half() -> None:
    true = square(10, 50)
    half = np.where(square(10, 30) > 0, 128, 127).astype(np.uint8)
    assert compare(half, true).iou == pytest.approx(20 / 40)


@pytest.mark.parametrize(("by", "within_2", "within_4"), [(2, True, True), (4, False, True)])
def test_boundary_matches_within_its_tolerance(by: int, within_2: bool, within_4: bool) -> None:
    score = compare(square(15 + by, 45 + by), square(15, 45))
    assert (score.f1_2px == 1) is within_2
    assert (score.f1_4px == 1) is within_4


def test_the_border_of_the_picture_is_no_boundary() -> None:
    assert not metrics.boundary(np.full((8, 8), 255, np.uint8)).any()


def test_mad_is_over_all_pixels() -> None:
    true = np.zeros((10, 10), np.uint8)
    alpha = true.copy()
    alpha[0, 0] = 51
    assert compare(alpha, true).mad == pytest.approx(0.2 / 100)


def test_leak_counts_only_far_outside() -> None:
    true = square(5, 25)
    near, far = true.copy(), true.copy()
    near[30, 25 : 25 + metrics.FAR] = 255
    far[30, 50] = 255
    assert compare(near, true).leak == 0
    assert compare(far, true).leak == pytest.approx(1 / true.size)


def test_miss_counts_only_deep_inside() -> None:
    true = square(5, 45)
    shallow, deep = true.copy(), true.copy()
    shallow[30, 5 : 5 + metrics.FAR] = 0
    deep[30, 25] = 0
    assert compare(shallow, true).miss == 0
    assert compare(deep, true).miss == pytest.approx(1 / true.size)


def test_an_empty_room_has_no_iou_but_leaks_everywhere() -> None:
    empty = np.zeros((60, 60), np.uint8)
    score = compare(square(10, 50), empty)
    assert score.iou is None
    assert score.f1_2px is None
    assert score.leak == pytest.approx(40 * 40 / 3600)


def test_a_person_not_found_scores_nothing() -> None:
    score = compare(np.zeros((60, 60), np.uint8), square(10, 50))
    assert (score.iou, score.f1_2px) == (0, 0)


def test_flicker_forgives_change_that_is_in_the_truth() -> None:
    before, after = square(10, 30), square(14, 34)
    assert metrics.flicker(after, before, after, before) == 0
    assert metrics.flicker(after, before, before, before) == pytest.approx(8 * 40 / 3600)


def frame(level: int) -> Bytes:
    return np.full((32, 32, 4), level, np.uint8)


def test_pixels_are_still_after_a_whole_window() -> None:
    finder = stillness.Stillness()
    seen = [finder.observe(frame(100)) for _ in range(stillness.WINDOW)]
    assert all(mask is None for mask in seen[:-1])
    assert seen[-1] is not None
    assert seen[-1].all()


def test_slow_drift_over_the_window_is_motion() -> None:
    finder = stillness.Stillness()
    seen = [finder.observe(frame(100 + step)) for step in range(stillness.WINDOW)]
    assert seen[-1] is not None
    assert not seen[-1].any()


def test_change_is_counted_on_still_pixels_only() -> None:
    before = np.zeros((4, 4), np.uint8)
    after = before.copy()
    after[0, :] = stillness.CHANGED + 1
    after[1, :] = stillness.CHANGED
    still = np.full((4, 4), 255, np.uint8)
    still[0, 0] = 0
    assert stillness.changed(after, before, still) == (3, 15)
