import numpy as np

from cyclorama import guide
from cyclorama.types import Floats


def two_colours(edge: int, size: int = 96) -> Floats:
    """Left of `edge` one colour, right of it another."""
    picture = np.empty((size, size, 3), np.float32)
    picture[:, :edge] = (0.8, 0.3, 0.2)
    picture[:, edge:] = (0.1, 0.4, 0.7)
    return picture


def target(edge: int, size: int = 96) -> Floats:
    alpha = np.zeros((size, size), np.float32)
    alpha[:, :edge] = 1
    return alpha


ONES = np.ones((96, 96), np.float32)


def test_the_edge_comes_from_the_colours_where_the_mask_is_a_little_off() -> None:
    # The mask is two pixels wrong; the colours know better.
    alpha = guide.apply(guide.learn(two_colours(48), target(50), ONES), two_colours(48))
    assert alpha[:, 40:48].min() > 0.5
    assert alpha[:, 48:56].max() < 0.55


def test_later_colours_put_the_edge_where_it_is_then() -> None:
    coefficients = guide.learn(two_colours(48), target(48), ONES)
    alpha = guide.apply(coefficients, two_colours(51))
    assert (alpha[:, 48:51] > 0.5).all()
    assert (alpha[:, 51:54] < 0.5).all()


def test_without_contrast_the_mask_is_kept_as_it_is() -> None:
    grey = np.full((96, 96, 3), 0.5, np.float32)
    alpha = guide.apply(guide.learn(grey, target(48), ONES), grey)
    assert alpha[:, :36].min() > 0.95
    assert alpha[:, 60:].max() < 0.05


def test_what_has_no_weight_has_no_say() -> None:
    wrong = target(48)
    wrong[:, 44:48] = 0
    weight = ONES.copy()
    weight[:, 44:48] = 1e-4
    alpha = guide.apply(guide.learn(two_colours(48), wrong, weight), two_colours(48))
    assert alpha[:, 44:48].min() > 0.5


def test_coefficients_are_finite_on_a_flat_and_black_picture() -> None:
    black = np.zeros((8, 8, 3), np.float32)
    coefficients = guide.learn(
        black, np.zeros((8, 8), np.float32), np.full((8, 8), 0.1, np.float32)
    )
    assert coefficients.shape == (8, 8, 4)
    assert np.isfinite(coefficients).all()


def test_alpha_stays_between_nothing_and_one() -> None:
    random = np.random.default_rng(1)
    coefficients = random.normal(0, 5, (6, 6, 4)).astype(np.float32)
    alpha = guide.apply(coefficients, random.uniform(0, 1, (6, 6, 3)).astype(np.float32))
    assert alpha.min() >= 0
    assert alpha.max() <= 1


def test_where_it_is_filled_every_colour_is_person() -> None:
    random = np.random.default_rng(8)
    coefficients = random.normal(size=(4, 6, 4)).astype(np.float32)
    whole = np.zeros((4, 6), np.float32)
    whole[:, 3:] = 1
    filled = guide.fill(coefficients, whole)
    colour = random.uniform(0, 1, (4, 6, 3)).astype(np.float32)
    assert np.all(guide.apply(filled, colour)[:, 3:] == 1)
    assert np.array_equal(filled[:, :3], coefficients[:, :3])
