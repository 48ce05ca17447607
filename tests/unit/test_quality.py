"""The dial: every step makes a matte, and turning it never leaves a frame without one."""

from itertools import pairwise

import numpy as np
import pytest

from cyclorama import logits, plate, quality
from cyclorama.logits import Grid
from cyclorama.pipeline import Pipeline
from cyclorama.types import Bytes

SIZE = (96, 128)
GRID = Grid(0.5 / 129, 0.5 / 97, 16 / 129, 16 / 97)
BLUE = (0, 0, 255)


def picture() -> Bytes:
    """A bright person on the left of a dark room."""
    frame = np.full((*SIZE, 4), 255, np.uint8)
    frame[..., :3] = np.random.default_rng(6).integers(20, 60, (*SIZE, 3))
    frame[:, :64, :3] += 150
    return frame


def mask() -> Bytes:
    z = np.clip((64 - np.arange(9) * 16) / 4, -8, 8).astype(np.float32)
    return np.repeat(logits.encode(np.tile(z, (7, 1)))[..., None], 4, axis=2)


def filming() -> Pipeline:
    pipeline = Pipeline()
    pipeline.resize(SIZE)
    pipeline.plate = plate.color(BLUE)
    return pipeline


def film(pipeline: Pipeline, number: int, *, masked: bool) -> bool:
    """Whether the frame with this number was composited."""
    pipeline.frame[...] = picture()
    timestamp = number * 33_333
    shown = pipeline.render(timestamp) is not None
    if masked:
        pipeline.mask((7, 9))[...] = mask()
        pipeline.learn(GRID, timestamp)
    return shown


@pytest.mark.parametrize("name", quality.STEPS)
def test_every_step_keeps_the_person_and_replaces_the_room(name: str) -> None:
    pipeline = filming()
    pipeline.turn(name)
    for number in range(8):
        film(pipeline, number, masked=True)
    assert film(pipeline, 8, masked=False)
    assert np.array_equal(pipeline.output[:, :48], picture()[:, :48])
    assert np.array_equal(pipeline.output[:, 80:, :3], np.broadcast_to(BLUE, (96, 48, 3)))


def test_turning_the_dial_while_live_leaves_no_frame_without_a_matte() -> None:
    pipeline = filming()
    film(pipeline, 0, masked=True)
    number = 1
    for name in [*quality.STEPS, quality.DEFAULT]:
        pipeline.turn(name)
        for _ in range(4):
            assert film(pipeline, number, masked=number % 3 == 0)
            number += 1


def test_turning_the_dial_back_before_a_mask_has_come_forgets_nothing() -> None:
    pipeline = filming()
    for number in range(8):
        film(pipeline, number, masked=True)
    learned = pipeline._matte
    pipeline.turn("lowest")
    film(pipeline, 8, masked=False)
    pipeline.turn(quality.DEFAULT)
    film(pipeline, 9, masked=True)
    assert pipeline._matte is learned


def test_each_step_asks_for_no_more_than_the_one_before() -> None:
    steps = list(quality.STEPS.values())
    for better, faster in pairwise(steps):
        assert faster != better
        assert faster.resolution <= better.resolution
        assert faster.parts.shrink >= better.parts.shrink


def test_an_unknown_step_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="finest, fine"):
        filming().turn("superb")


def test_the_resolution_is_that_of_the_step() -> None:
    pipeline = filming()
    assert pipeline.resolution == 1
    pipeline.turn("low")
    assert pipeline.resolution == quality.STEPS["low"].resolution
