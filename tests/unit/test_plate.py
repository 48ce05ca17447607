import numpy as np
import pytest

from cyclorama import plate, scenes
from cyclorama.types import Bytes

FRAME = np.zeros((48, 64, 4), np.uint8)
NOBODY = np.zeros((12, 16), np.uint8)


def solid(height: int, width: int, *rgba: int) -> Bytes:
    return np.full((height, width, 4), rgba, np.uint8)


def test_a_colour_is_that_colour_everywhere() -> None:
    painted = plate.color((1, 2, 3)).paint(FRAME, NOBODY)
    assert (painted == (1, 2, 3, 255)).all()
    assert painted.shape == FRAME.shape


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
        still.paint(np.zeros((height, 64, 4), np.uint8), NOBODY)
    assert sizes == [(48, 64), (24, 64)]


@pytest.mark.parametrize(("height", "width"), [(10, 100), (100, 10), (1, 1), (48, 64), (500, 300)])
def test_an_image_covers_the_frame_whole(height: int, width: int) -> None:
    painted = plate.image(solid(height, width, 9, 8, 7, 255)).paint(FRAME, NOBODY)
    assert painted.shape == FRAME.shape
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
    room = solid(48, 64, 40, 80, 120, 255)
    painted = plate.Blur(0.5).paint(room, NOBODY)
    assert np.abs(painted.astype(int) - room).max() <= 1


def test_nothing_of_the_person_bleeds_into_the_blur() -> None:
    frame = solid(96, 128, 0, 0, 200, 255)
    alpha = np.zeros((24, 32), np.uint8)
    frame[16:, 48:80] = (255, 0, 0, 255)
    alpha[4:, 12:20] = 255
    painted = plate.Blur(1.0).paint(frame, alpha)
    assert painted[..., 0].max() <= 2


def test_blur_survives_a_frame_that_is_all_person() -> None:
    painted = plate.Blur(0.3).paint(solid(48, 64, 200, 0, 0, 255), np.full((12, 16), 255, np.uint8))
    assert (painted[..., 3] == 255).all()


def test_a_stronger_blur_leaves_less() -> None:
    frame = solid(96, 128, 0, 0, 0, 255)
    frame[:, ::16] = frame[:, 1::16] = 255
    contrast = [np.ptp(plate.Blur(s).paint(frame, NOBODY)[48, 32:-32, 0]) for s in (0.0, 1.0)]
    assert contrast[1] <= contrast[0]


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_a_blur_strength_out_of_range_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        plate.Blur(strength)


@pytest.mark.parametrize("name", list(scenes.SCENES))
@pytest.mark.parametrize("size", [(48, 64), (30, 17)])
def test_a_scene_fills_any_size_and_is_the_same_each_time(name: str, size: tuple[int, int]) -> None:
    painted = scenes.paint(name, size)
    assert painted.shape == (*size, 3)
    assert painted.dtype == np.uint8
    assert np.array_equal(painted, scenes.paint(name, size))
    assert painted.std() > 1
