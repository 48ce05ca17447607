import numpy as np
import pytest

from cyclorama import logits
from cyclorama.logits import Grid


def test_a_byte_keeps_a_logit_to_a_thirtieth() -> None:
    z = np.linspace(-8, 8, 1001, dtype=np.float32)[None]
    assert np.abs(logits.decode(logits.encode(z)) - z).max() <= 16 / 255 / 2 + 1e-6


def test_encoding_clips_what_is_certain_anyway() -> None:
    z = np.array([[-100, -8, 0, 8, 100]], np.float32)
    assert logits.encode(z).tolist() == [[0, 0, 128, 255, 255]]


def test_shift_moves_the_edge_to_the_threshold() -> None:
    for threshold in (0.1, 0.5, 0.73):
        z = np.log(threshold / (1 - threshold))
        assert z + logits.shift(threshold) == pytest.approx(0)


@pytest.mark.parametrize("threshold", [0, 1, -0.1, 1.5, float("nan")])
def test_shift_refuses_what_is_no_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        logits.shift(threshold)


def test_a_grid_of_the_pictures_own_pixels_changes_nothing() -> None:
    z = np.random.default_rng(0).uniform(-7, 7, (5, 7)).astype(np.float32)
    grid = Grid(x=0.5 / 7, y=0.5 / 5, dx=1 / 7, dy=1 / 5)
    assert np.allclose(logits.upsample(z, grid, (5, 7)), z, atol=1e-5)


def test_cells_land_on_every_stride_th_pixel() -> None:
    # A network of stride 4 that sees 9 pixels answers at pixels 0, 4 and 8.
    z = np.array([[-4, 0, 4]] * 3, np.float32)
    grid = Grid(x=0.5 / 9, y=0.5 / 9, dx=4 / 9, dy=4 / 9)
    up = logits.upsample(z, grid, (9, 9))
    assert np.allclose(up[:, [0, 4, 8]], [-4, 0, 4], atol=1e-5)


def test_a_ramp_stays_a_ramp_at_any_size() -> None:
    # Half a pixel of wrong geometry would shift it. Inside only: beyond the cells it is flat.
    width = 33
    columns = np.arange(9)
    z = np.tile((columns - 4).astype(np.float32), (3, 1))
    grid = Grid(x=0.5 / width, y=0.5 / width, dx=4 / width, dy=16 / width)
    for size in (33, 66, 132):
        up = logits.upsample(z, grid, (size, size))
        at = (np.arange(size) + 0.5) / size
        expected = (at - grid.x) / grid.dx - 4
        inside = slice(size // 4, 3 * size // 4)
        # OpenCV's cubic kernel (A = -0.75) waves by a twentieth of a cell on a ramp.
        assert np.allclose(up[size // 2, inside], expected[inside], atol=0.05)


def test_upsampling_never_leaves_the_limits() -> None:
    z = np.array([[-8, 8, -8, 8]] * 4, np.float32)
    up = logits.upsample(z, Grid(0.125, 0.125, 0.25, 0.25), (40, 40))
    assert up.min() >= -logits.LIMIT
    assert up.max() <= logits.LIMIT


@pytest.mark.parametrize("values", [(0, 0, 0, 0.1), (0, 0, 0.1, -1), (float("nan"), 0, 0.1, 0.1)])
def test_a_grid_must_make_sense(values: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="grid"):
        Grid(*values)
