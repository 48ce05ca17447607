"""The clean plate: learned where masks are sure, trusted while it fits."""

import numpy as np
import pytest

from cyclorama import room
from cyclorama.room import Room
from cyclorama.types import Bytes, Floats

SIZE = (24, 32)
RANDOM = np.random.default_rng(7)
EMPTY: Bytes = np.asarray(RANDOM.choice([40, 80, 160, 200], (12, 16, 3)), np.uint8)
EMPTY = EMPTY.repeat(2, axis=0).repeat(2, axis=1)
BACKGROUND: Floats = np.full(SIZE, -8, np.float32)
DOUBT: Floats = np.ones(SIZE, np.float32)
KNOWN: Floats = np.zeros(SIZE, np.float32)
"""Novelty of a picture that motion explains."""
HALF: Floats = np.full(SIZE, 0.5, np.float32)


def taught(picture: Bytes = EMPTY, z: Floats = BACKGROUND) -> Room:
    learned = Room(SIZE)
    for _ in range(room.KNOWN + 1):
        learned.learn(picture, z)
    return learned


def test_what_looks_like_the_room_is_room() -> None:
    assert taught().correct(HALF, DOUBT, KNOWN, DOUBT, EMPTY).max() == pytest.approx(0)


def test_what_does_not_is_drawn_to_the_person() -> None:
    stranger = np.where(EMPTY < 128, 255, 0).astype(np.uint8)
    assert taught().correct(HALF, DOUBT, KNOWN, DOUBT, stranger).mean() == pytest.approx(
        0.75, abs=0.01
    )


def test_where_the_mask_is_sure_the_room_says_nothing() -> None:
    assert np.array_equal(taught().correct(HALF, 0 * DOUBT, KNOWN, DOUBT, EMPTY), HALF)


def test_nothing_is_said_before_it_was_seen_often_enough() -> None:
    fresh = Room(SIZE)
    fresh.learn(EMPTY, BACKGROUND)
    assert np.array_equal(fresh.correct(HALF, DOUBT, KNOWN, DOUBT, EMPTY), HALF)


def test_the_person_is_never_learned_nor_the_pixels_beside_them() -> None:
    z = BACKGROUND.copy()
    z[:, 16:] = 8
    corrected = taught(z=z).correct(HALF, DOUBT, KNOWN, DOUBT, EMPTY)
    assert corrected[:, :15].max() == pytest.approx(0)
    assert np.array_equal(corrected[:, 15:], HALF[:, 15:])


def test_a_change_of_exposure_is_made_up_for() -> None:
    learned = taught()
    darker = np.rint(EMPTY * np.array([0.7, 0.75, 0.8])).astype(np.uint8)
    learned.learn(darker, BACKGROUND)
    assert learned.trust == 1
    assert learned.correct(HALF, DOUBT, KNOWN, DOUBT, darker).mean() < 0.01


def test_another_room_is_not_trusted_and_learned_anew() -> None:
    learned = taught()
    other = EMPTY[::-1, ::-1].copy()
    learned.learn(other, BACKGROUND)
    assert learned.trust == 0
    for _ in range(room.KNOWN + 1):
        learned.learn(other, BACKGROUND)
    assert learned.trust == 1
    assert learned.correct(HALF, DOUBT, KNOWN, DOUBT, other).max() == pytest.approx(0)


def test_a_new_thing_is_forgotten_alone() -> None:
    learned = taught()
    moved = EMPTY.copy()
    moved[4:8, 4:8] = 255 - moved[4:8, 4:8] // 4
    learned.learn(moved, BACKGROUND)
    corrected = learned.correct(HALF, DOUBT, KNOWN, DOUBT, moved)
    assert np.array_equal(corrected[5:7, 5:7], HALF[5:7, 5:7])
    assert corrected[12:].max() == pytest.approx(0)


def test_what_is_new_and_no_room_is_drawn_to_the_person_though_the_mask_is_sure() -> None:
    stranger = EMPTY.copy()
    stranger[:, :6] = np.where(EMPTY[:, :6] < 128, 255, 0)
    none = np.zeros_like(HALF)
    new = taught().correct(none, 0 * DOUBT, DOUBT, DOUBT, stranger)
    assert new[:, :6].min() == pytest.approx(room.NEW_LIFT)
    assert new[:, 6:].max() == 0
    assert taught().correct(none, 0 * DOUBT, KNOWN, DOUBT, stranger).max() == 0


def test_a_shadow_is_no_person() -> None:
    shadow = np.rint(EMPTY * 0.88).astype(np.uint8)
    assert taught().correct(HALF, DOUBT, DOUBT, DOUBT, shadow).max() <= 0.75
    assert taught().correct(0 * HALF, 0 * DOUBT, DOUBT, DOUBT, shadow).max() == 0


def test_what_comes_to_light_of_the_room_is_room_though_the_mask_is_sure() -> None:
    whole = np.ones_like(HALF)
    assert taught().correct(whole, 0 * DOUBT, DOUBT, DOUBT, EMPTY).max() == pytest.approx(0)


def beside_a_person(wall: Bytes) -> Bytes:
    """Alpha in doubt, 255 is 1, over a wall of which the right half was never seen."""
    z = BACKGROUND.copy()
    z[:, 16:] = 8
    corrected = taught(wall, z).correct(HALF, DOUBT, KNOWN, DOUBT, wall)
    return np.rint(corrected * 255).astype(np.uint8)


def test_a_smooth_wall_goes_on_behind_the_person() -> None:
    wall = np.full((*SIZE, 3), 190, np.uint8)
    assert beside_a_person(wall)[:, :17].max() == 0


def test_a_rough_wall_does_not() -> None:
    assert beside_a_person(EMPTY)[:, 16:].min() == 128


def test_what_differs_from_the_wall_beside_it_is_left_alone() -> None:
    wall = np.full((*SIZE, 3), 190, np.uint8)
    wall[:, 15:] = 150
    assert beside_a_person(wall)[:, 15:].min() == 128


def test_a_moved_camera_silences_the_room_at_once() -> None:
    pushed = np.roll(EMPTY, 7, axis=1)
    corrected = taught().correct(0 * HALF, DOUBT, DOUBT, DOUBT, pushed)
    assert not corrected.any()


def test_what_is_new_but_not_likely_the_person_stays_out() -> None:
    """A picture that changes on a screen in the room."""
    screen = EMPTY.copy()
    screen[:, :6] = np.where(EMPTY[:, :6] < 128, 255, 0)
    assert not taught().correct(0 * HALF, 0 * DOUBT, DOUBT, KNOWN, screen).any()
