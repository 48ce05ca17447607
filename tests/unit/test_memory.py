"""What masks said before: an average where nothing moves, and never a mistake for ever."""

import numpy as np
import pytest

from cyclorama.memory import Memory
from cyclorama.types import Bytes, Floats

SIZE = (12, 16)
PICTURE: Bytes = np.random.default_rng(3).integers(0, 200, (*SIZE, 3)).astype(np.uint8)
OTHER: Bytes = PICTURE + np.uint8(40)


def logit(z: float) -> Floats:
    return np.full(SIZE, z, np.float32)


def test_the_first_mask_is_taken_as_it_is() -> None:
    assert Memory().recall(logit(-1.5), PICTURE, None).tolist() == logit(-1.5).tolist()


def test_the_error_of_masks_is_averaged_where_nothing_moves() -> None:
    kept = Memory()
    noise = np.random.default_rng(5).normal(0, 1, 200)
    said = [float(kept.recall(logit(5 + error), PICTURE, None)[0, 0]) for error in noise]
    assert np.std(said[20:]) < 0.6 * np.std(noise)
    assert np.mean(said[20:]) == pytest.approx(5, abs=0.2)


def test_where_the_picture_moves_only_the_new_mask_counts() -> None:
    kept = Memory()
    kept.recall(logit(8), PICTURE, None)
    assert kept.recall(logit(-4), OTHER, None).tolist() == logit(-4).tolist()


def test_what_is_in_doubt_stays_as_it_was() -> None:
    person, room = Memory(), Memory()
    for kept, alpha, sign in ((person, 1.0, 1), (room, 0.0, -1)):
        kept.recall(logit(0), PICTURE, None)
        said = kept.recall(logit(-0.5 * sign), PICTURE, np.full(SIZE, alpha, np.float32))
        assert (said * sign).min() > 0.5


@pytest.mark.parametrize("z", [-2.5, -5, -8])
def test_no_mistake_holds_itself_up_for_ever(z: float) -> None:
    """Alpha is what was said, and is said again from it."""
    kept = Memory()
    said = kept.recall(logit(8), PICTURE, None)
    for _ in range(12):
        alpha = np.clip(0.5 + said / 2, 0, 1)
        said = kept.recall(logit(z), PICTURE, alpha)
    assert said.max() < -1
