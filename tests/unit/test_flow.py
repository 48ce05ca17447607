import cv2
import numpy as np

from cyclorama import flow, ops
from cyclorama.types import Bytes


def texture(shift: int = 0) -> Bytes:
    """A smooth random pattern, moved to the right by `shift` pixels."""
    noise = np.random.default_rng(5).uniform(0, 255, (64, 96)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), 2)
    smooth = (smooth - smooth.min()) / (smooth.max() - smooth.min()) * 255
    return np.roll(smooth, shift, axis=1).astype(np.uint8)


def test_the_first_frame_has_moved_nowhere() -> None:
    assert np.array_equal(flow.Flow((64, 96), 2).step(texture()), flow.identity((64, 96)))


def test_a_picture_at_rest_has_moved_nowhere() -> None:
    search = flow.Flow((64, 96), 2)
    search.step(texture())
    moved = search.step(texture()) - flow.identity((64, 96))
    assert np.abs(moved).max() < 0.1


def test_a_step_points_to_where_things_were() -> None:
    search = flow.Flow((64, 96), 2)
    search.step(texture())
    moved = search.step(texture(3)) - flow.identity((64, 96))
    middle = moved[16:-16, 16:-16]
    assert abs(np.median(middle[..., 0]) + 3) < 0.3
    assert abs(np.median(middle[..., 1])) < 0.3


def test_steps_chain_to_the_sum_of_the_motions() -> None:
    size = (4, 8)
    one = flow.identity(size) - np.array([1, 0], np.float32)
    both = flow.chain(one, one)
    assert np.allclose(both[:, 2:], (flow.identity(size) - np.array([2, 0], np.float32))[:, 2:])


def test_carrying_moves_a_field_along() -> None:
    field = np.zeros((4, 8), np.float32)
    field[:, 2] = 1
    back = flow.identity((4, 8)) - np.array([3, 0], np.float32)
    assert ops.carry(field, back)[:, 5].tolist() == [1, 1, 1, 1]


def test_carrying_by_the_identity_changes_nothing() -> None:
    field = np.random.default_rng(2).uniform(0, 1, (5, 6, 4)).astype(np.float32)
    assert np.allclose(ops.carry(field, flow.identity((5, 6))), field)


def test_carrying_several_fields_is_carrying_each() -> None:
    random = np.random.default_rng(3)
    back = (flow.identity((16, 24)) + random.uniform(-3, 3, (16, 24, 2))).astype(np.float32)
    field = random.uniform(0, 1, (16, 24)).astype(np.float32)
    way = ops.Way(back)
    assert np.abs(way.carry(field) - ops.carry(field, back)).max() < 0.04
    assert way.carry(np.full((16, 24, 3), 7, np.uint8)).tolist() == [[[7] * 3] * 24] * 16


def coloured(luma: Bytes) -> Bytes:
    return np.repeat(luma[..., None], 3, axis=2)


def test_what_motion_explains_is_not_new() -> None:
    picture = coloured(texture())
    back = flow.identity((64, 96))
    assert flow.novelty(picture, picture, back).max() == 0
    assert flow.novelty(picture, np.minimum(picture, 245) + np.uint8(10), back).max() == 0


def test_what_motion_does_not_explain_is_new() -> None:
    then = np.full((64, 96, 3), 50, np.uint8)
    now = then.copy()
    now[20:30, 20:30, 1] = 120
    novelty = flow.novelty(now, then, flow.identity((64, 96)))
    assert novelty[20:30, 20:30].min() == 1
    assert novelty.sum() == 100


def test_what_comes_from_outside_the_picture_is_new() -> None:
    picture = coloured(texture())
    back = flow.identity((64, 96)) - np.array([3, 0], np.float32)
    novelty = flow.novelty(picture, picture, back)
    assert novelty[:, :2].min() == 1
    assert novelty[:, 2:].max() == 0


def test_a_picture_too_small_for_the_search_has_no_motion() -> None:
    search = flow.Flow((4, 4), 2)
    search.step(np.zeros((4, 4), np.uint8))
    assert np.array_equal(search.step(np.full((4, 4), 9, np.uint8)), flow.identity((4, 4)))
