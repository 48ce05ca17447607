import numpy as np
import pytest

from cyclorama import ops, plate
from cyclorama.types import Bytes

SIZE = (48, 64)
COLOUR = np.zeros((12, 16, 3), np.uint8)
NOBODY = np.zeros((12, 16), np.uint8)


def solid(height: int, width: int, *channels: int) -> Bytes:
    return np.full((height, width, len(channels)), channels, np.uint8)


def test_a_colour_is_that_colour_everywhere() -> None:
    painted = plate.color((1, 2, 3)).paint(SIZE, COLOUR, NOBODY)
    assert (painted == (1, 2, 3, 255)).all()
    assert painted.shape == (*SIZE, 4)


@pytest.mark.parametrize("rgb", [(-1, 0, 0), (0, 256, 0)])
def test_a_colour_out_of_range_is_refused(rgb: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="colour"):
        plate.color(rgb)


def test_a_still_is_painted_once_per_size() -> None:
    sizes: list[tuple[int, int]] = []

    def painter(size: tuple[int, int]) -> Bytes:
        sizes.append(size)
        return np.zeros((*size, 3), np.uint8)

    still = plate.Still(painter)
    for height in (48, 48, 24):
        still.paint((height, 64), COLOUR, NOBODY)
    assert sizes == [(48, 64), (24, 64)]


@pytest.mark.parametrize(("height", "width"), [(10, 100), (100, 10), (1, 1), (48, 64), (500, 300)])
def test_an_image_covers_the_frame_whole(height: int, width: int) -> None:
    painted = plate.image(solid(height, width, 9, 8, 7, 255)).paint(SIZE, COLOUR, NOBODY)
    assert painted.shape == (*SIZE, 4)
    assert (painted == (9, 8, 7, 255)).all()


def test_what_stands_over_is_cropped_on_both_sides_alike() -> None:
    picture = solid(48, 192, 0, 0, 0, 255)
    picture[:, 64:128] = 255
    assert (plate.cover(picture, (48, 64)) == 255).all()


def test_proportions_are_kept() -> None:
    picture = solid(96, 128, 0, 0, 0, 255)
    picture[24:72, 32:96] = 255
    covered = plate.cover(picture, (48, 64))
    assert (covered[12:36, 16:48] == 255).all()
    assert (covered[..., 0] == 255).sum() == 24 * 32


def test_what_is_transparent_is_laid_on_white() -> None:
    assert plate.opaque(solid(1, 1, 10, 20, 30, 0)).tolist() == [[[255, 255, 255, 255]]]
    assert plate.opaque(solid(1, 1, 10, 20, 30, 255)).tolist() == [[[10, 20, 30, 255]]]


def test_blur_leaves_a_flat_room_as_it_is() -> None:
    painted = plate.Blur(0.5).paint(SIZE, solid(12, 16, 40, 80, 120), NOBODY)
    assert np.abs(painted.astype(int) - (40, 80, 120, 255)).max() <= 1


def test_nothing_of_the_person_bleeds_into_the_blur() -> None:
    colour = solid(24, 32, 0, 0, 200)
    alpha = np.zeros((24, 32), np.uint8)
    colour[4:, 12:20] = (255, 0, 0)
    alpha[4:, 12:20] = 255
    painted = plate.Blur(1.0).paint((96, 128), colour, alpha)
    assert painted[..., 0].max() <= 2


def test_blur_survives_a_frame_that_is_all_person() -> None:
    everybody = np.full((12, 16), 255, np.uint8)
    painted = plate.Blur(0.3).paint(SIZE, solid(12, 16, 200, 0, 0), everybody)
    assert (painted[..., 3] == 255).all()


def test_a_stronger_blur_leaves_less() -> None:
    colour = solid(48, 64, 0, 0, 0)
    colour[:, ::16] = colour[:, 1::16] = 255
    nobody = np.zeros((48, 64), np.uint8)
    painted = [plate.Blur(s).paint((192, 256), colour, nobody)[96, 64:-64, 0] for s in (0.0, 1.0)]
    assert np.ptp(painted[1]) < np.ptp(painted[0])


@pytest.mark.parametrize("sigma", [1.25, 2.0, 3.5, 5.0, 11.0])
def test_softening_is_a_gaussian_nearly(sigma: float) -> None:
    point = np.zeros((101, 101), np.float32)
    point[50, 50] = 1
    soft = plate.soften(point, sigma)
    true = ops.gaussian(point, sigma)
    assert soft.sum() == pytest.approx(1, abs=1e-4)
    assert np.abs(soft - true).sum() < 0.2


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_a_blur_strength_out_of_range_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        plate.Blur(strength)
