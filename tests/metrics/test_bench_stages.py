"""The stages: what is played of one recording, and what is made of the times."""

from __future__ import annotations

import numpy as np
import pytest

from cyclorama import logits
from tests.bench.matte.cost.scene import Recorded
from tests.bench.stages import figures, scenes
from tests.bench.stages.figures import LARGE, ROOMY, USUAL, name
from tests.bench.stages.scenes import Window


@pytest.fixture(scope="module")
def portrait() -> Recorded:
    return scenes.portrait()


def test_the_grid_of_a_window_lies_where_that_of_the_frame_lay() -> None:
    grid = logits.Grid(0.1, 0.2, 0.05, 0.06)
    whole, middle = Window(0, 0, 1, 1), Window(0, 0.25, 1, 0.5)
    assert whole.grid(grid) == grid
    seen = middle.grid(grid)
    assert (seen.x, seen.dx) == (grid.x, grid.dx)
    # A cell in the middle of the frame is in that of the window.
    row = (0.5 - grid.y) / grid.dy
    assert seen.y + row * seen.dy == pytest.approx(0.5)


def test_more_room_leaves_the_person_and_the_mask_as_they_were(portrait: Recorded) -> None:
    roomy = scenes.roomy(portrait)
    assert roomy.frames.shape[1:] == (480, 1280, 4)
    assert np.array_equal(roomy.frames[:, :, 320:-320], portrait.frames)
    assert np.array_equal(scenes.person(roomy)[:, 320:-320], scenes.person(portrait))
    assert scenes.person(roomy).sum() == scenes.person(portrait).sum()


def test_a_larger_picture_shows_the_middle_of_the_person(portrait: Recorded) -> None:
    large = scenes.large(portrait)
    assert large.frames.shape[1:] == (720, 1280, 4)
    twice = scenes.person(portrait)[60:420].repeat(2, axis=0).repeat(2, axis=1)
    assert np.mean(scenes.person(large) != twice) < 0.01


def test_a_stage_is_held_against_what_was_timed_beside_it() -> None:
    composite = {
        name(USUAL, "image"): 2.0,
        name(USUAL, "blur"): 3.0,
        name(ROOMY, "image"): 2.5,
        name(LARGE, "image"): 6.0,
        name(LARGE, "blur"): 12.0,
    }
    pyodide = {
        row: {"composite": [ms, ms], "matte": [1.0], "mask": [8.0], "copy": [0.5]}
        for row, ms in composite.items()
    }
    found = figures.figures("noise", pyodide, {}, {USUAL: [4.0], LARGE: [8.0, 8.0]})
    assert figures.ratios(found) == {
        "composite ÷ article's composite step: 640×480": 0.5,
        "matte ÷ article's composite step: 640×480": 0.25,
        "mask ÷ article's composite step: 640×480": 2.0,
        "composite ÷ copy of the frame: 640×480": 4.0,
        "composite, blur ÷ image: 640×480": 1.5,
        "composite ÷ article's composite step: 1280×720": 0.75,
        "matte ÷ article's composite step: 1280×720": 0.125,
        "mask ÷ article's composite step: 1280×720": 1.0,
        "composite ÷ copy of the frame: 1280×720": 12.0,
        "composite, blur ÷ image: 1280×720": 2.0,
        "composite, twice the area at the same edge ÷ once": 1.25,
    }
    assert "| 640×480, blur, Pyodide " in figures.table(found)
