"""The schedule of masks, the loop, and what other products do with a mask."""

from __future__ import annotations

import numpy as np
import pytest

from cyclorama.logits import Grid, encode
from tests.bench.matte import layers, methods, report, scenes
from tests.bench.matte.play import REALISTIC, ZERO, Result


def test_a_loop_shows_no_frame_twice_in_a_row() -> None:
    assert scenes.there_and_back([0, 1, 2, 3]) == [0, 1, 2, 3, 2, 1]


def test_realistic_masks_come_late_and_seldom() -> None:
    arriving = [REALISTIC.arriving(index) for index in range(8)]
    assert arriving == [None, None, None, 0, None, None, 3, None]
    assert list(REALISTIC.indices(8)) == [0, 3]


def test_zero_masks_are_of_this_frame() -> None:
    assert [ZERO.arriving(index) for index in range(3)] == [0, 1, 2]
    assert list(ZERO.indices(3)) == [0, 1, 2]


def test_a_glide_rests_at_its_knots() -> None:
    knots = ((1, 0.0), (2, 1.0))
    assert [scenes.glide(knots, time) for time in (0, 1.5, 3)] == [0, 0.5, 1]


def test_a_person_put_back_gives_the_picture_again() -> None:
    frame = np.full((32, 32, 3), 40, np.uint8)
    frame[:, 16:] = 200
    alpha = np.zeros((32, 32), np.uint8)
    alpha[:, 16:] = 255
    assert np.array_equal(layers.cut(frame, alpha).over(frame), frame)


def test_a_hole_is_filled_with_its_mirrored_surroundings() -> None:
    picture = np.tile(np.arange(12, dtype=np.uint8)[None, :, None], (9, 1, 3))
    hole = np.zeros((9, 12), np.bool_)
    hole[:, 9:] = True
    filled = layers.mirrored_into(picture, hole)
    assert filled[4, :, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5]


GRID = Grid(0.5 / 33, 0.5 / 33, 16 / 33, 16 / 33)


def key(method: methods.Latest, *logits: float) -> int:
    """Alpha in the middle after masks that are this logit everywhere."""
    for number, value in enumerate(logits):
        method.learn(encode(np.full((3, 3), value, np.float32)), GRID, number)
    alpha = method.alpha()
    assert alpha is not None
    return int(alpha[16, 16])


def test_the_article_keys_at_its_threshold() -> None:
    assert key(methods.Threshold((33, 33), 0.4), -0.2) == 255
    assert key(methods.Threshold((33, 33), 0.4), -0.6) == 0


def test_hysteresis_keeps_what_is_in_doubt() -> None:
    assert key(methods.Hysteresis((33, 33)), 3, -0.2) == 255
    assert key(methods.Hysteresis((33, 33)), -3, -0.2) == 0


def test_a_moving_average_lags() -> None:
    assert key(methods.Average((33, 33)), 8, -0.5) == 255
    assert key(methods.Average((33, 33)), 8, -0.5, -0.5) == 0


def test_tables_are_aligned_and_leave_out_what_is_unknown() -> None:
    rows = {"a": report.summarize([Result(mask_ms=[2.0])])}
    lines = report.table("title", rows).splitlines()
    assert lines[0] == "| title | ms/mask |"
    assert len({len(line) for line in lines}) == 1
    assert lines[2].split("|")[2].strip() == "2.0"


def test_json_has_every_figure() -> None:
    summary = report.as_json({"a": report.summarize([Result(frame_ms=[1.0, 3.0])])})
    assert summary["a"]["frame_ms"] == pytest.approx(2.0)
    assert summary["a"]["iou"] is None
