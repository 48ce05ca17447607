import json

import numpy as np
import pytest

from cyclorama import logits, plate
from cyclorama.bridge import Bridge
from cyclorama.logits import Grid
from cyclorama.pipeline import Pipeline

GRID = Grid(0.5 / 4, 0.5 / 3, 1 / 4, 1 / 3)
GREEN = (0, 255, 0)


def started(value: float) -> Pipeline:
    """A grey 32×48 frame with a mask that says `value` everywhere, before green."""
    pipeline = Pipeline()
    pipeline.resize((32, 48))
    pipeline.plate = plate.color(GREEN)
    pipeline.frame[:] = (100, 100, 100, 255)
    pipeline.render(0)
    pipeline.mask((3, 4))[:] = logits.encode(np.full((3, 4, 1), value, np.float32))
    assert pipeline.learn(GRID, 0)
    return pipeline


def test_nothing_is_composited_before_the_first_mask() -> None:
    pipeline = Pipeline()
    pipeline.resize((32, 48))
    pipeline.plate = plate.color(GREEN)
    pipeline.frame[:] = 77
    assert pipeline.render(0) is None
    assert not pipeline.output.any()


@pytest.mark.parametrize("size", [(0, 4), (3, 0), (3000, 4000)])
def test_a_mask_of_a_size_that_no_segmenter_has_is_refused(size: tuple[int, int]) -> None:
    pipeline = started(8)
    with pytest.raises(ValueError, match="mask must be 1 to 1024 cells each way"):
        pipeline.mask(size)
    assert pipeline.render(33_333), "the mask before still serves"


def test_nothing_is_composited_before_the_first_plate() -> None:
    pipeline = started(8)
    pipeline.plate = None
    assert pipeline.render(33_333) is None
    assert not pipeline.output.any()


def test_all_person_is_the_frame_and_nobody_is_the_plate() -> None:
    everywhere, nobody = started(8), started(-8)
    assert everywhere.render(33_333) is not None
    assert nobody.render(33_333) is not None
    assert (everywhere.output == (100, 100, 100, 255)).all()
    assert (nobody.output == (*GREEN, 255)).all()


def test_arrays_stay_where_they_are_from_frame_to_frame() -> None:
    pipeline = started(8)
    addresses = [array.ctypes.data for array in (pipeline.frame, pipeline.output)]
    for tick in range(1, 5):
        pipeline.render(tick * 33_333)
    assert [array.ctypes.data for array in (pipeline.frame, pipeline.output)] == addresses


def test_another_camera_starts_without_a_matte() -> None:
    pipeline = started(8)
    pipeline.forget()
    assert pipeline.render(33_333) is None


def test_another_size_starts_without_a_matte() -> None:
    pipeline = started(8)
    pipeline.resize((24, 24))
    assert pipeline.render(33_333) is None
    assert pipeline.output.shape == (24, 24, 4)


@pytest.mark.parametrize("size", [(1, 1), (3, 50), (33, 41), (40, 7)])
def test_a_frame_of_any_size_is_composited(size: tuple[int, int]) -> None:
    height, width = size
    random = np.random.default_rng(5)
    pipeline = Pipeline()
    pipeline.resize(size)
    pipeline.plate = plate.color(GREEN)
    for tick in range(3):
        pipeline.frame[:height, :width] = random.integers(90, 110, (height, width, 4), np.uint8)
        pipeline.frame[..., 3] = 255
        pipeline.render(tick * 33_333)
        pipeline.mask((3, 4))[:] = logits.encode(np.full((3, 4, 1), 8, np.float32))
        pipeline.learn(GRID, tick * 33_333)
    assert pipeline.render(100_000) is not None
    assert np.array_equal(pipeline.output[:height, :width], pipeline.frame[:height, :width])


def test_a_mask_lies_on_the_frame_and_not_on_what_is_beside_it() -> None:
    # 33 columns are computed as 40; the person is in the right half of the 33.
    pipeline = Pipeline()
    pipeline.resize((32, 33))
    pipeline.plate = plate.color(GREEN)
    for tick in range(3):
        pipeline.frame[:, :16] = 40
        pipeline.frame[:, 16:33] = 200
        pipeline.render(tick * 33_333)
        pipeline.mask((4, 66))[:] = 0
        pipeline.mask((4, 66))[:, 33:] = 255
        pipeline.learn(Grid(0.5 / 66, 0.5 / 4, 1 / 66, 1 / 4), tick * 33_333)
    pipeline.render(100_000)
    red = pipeline.output[:, :33, 0].mean(0)
    assert (red[:14] < 20).all()
    assert (red[19:] > 180).all()


def bridge() -> Bridge:
    result = Bridge()
    result.configure(30, 0.5, "fine", 0.5)
    result.resize(48, 32)
    result.plate_color(*GREEN)
    return result


def test_the_bridge_runs_a_picture_through() -> None:
    border = bridge()
    border.frame()[:] = 255
    assert not border.render(0, 0, 0.5)
    border.mask(4, 3)[:] = 0
    border.learn(GRID.x, GRID.y, GRID.dx, GRID.dy, 0)
    assert border.render(33, 33_333, 0.5)
    assert (border.output() == (*GREEN, 255)).all()


def test_the_bridge_reports_what_it_measured() -> None:
    border = bridge()
    border.mask(4, 3)[:] = 0
    border.render(0, 0, 0.5)
    border.learn(GRID.x, GRID.y, GRID.dx, GRID.dy, 0)
    for tick in range(1, 31):
        now = tick * 1000 / 30
        border.arrived(now, round(now * 1000), False, False)
        border.render(now, round(now * 1000), 0.5)
        border.shown(now, 0.25)
    stats = json.loads(border.stats(1000))
    assert stats["frames"] == 30
    assert stats["fps"] == pytest.approx(30, rel=0.1)
    assert stats["stagesMs"]["pixels"] == {"p50": 0.5, "p95": 0.5}
    assert stats["stagesMs"]["show"]["p50"] == 0.25
    assert stats["maskAgeMs"]["p95"] > stats["maskAgeMs"]["p50"] > 0
    assert (stats["width"], stats["height"]) == (48, 32)
    assert stats["held"] == stats["dropped"] == 0


def test_ticks_without_a_new_picture_are_counted_as_held() -> None:
    border = bridge()
    border.shown(0, 0)
    border.shown(33, 0)
    border.shown(133, 0)
    assert json.loads(border.stats(133))["held"] == 2


def test_a_large_frame_is_shown_to_the_segmenter_no_larger() -> None:
    border = bridge()
    for width, height, share in ((640, 480, 0.5), (320, 240, 0.5), (1280, 720, 1 / 3)):
        border.resize(width, height)
        assert border.resolution() == pytest.approx(share)


@pytest.mark.parametrize("size", [(24, 32), (25, 33), (12, 50), (47, 61)])
def test_the_segmenter_is_shown_the_frame_and_not_what_is_beside_it(size: tuple[int, int]) -> None:
    pipeline = Pipeline()
    pipeline.resize((25, 33))
    pipeline.frame[:] = 255
    pipeline.frame[:25, :33] = 40
    shown = pipeline.shrunk(size)
    assert shown.shape == (*size, 4)
    assert shown.flags.c_contiguous
    assert (shown == 40).all()


def test_another_camera_is_tried_anew() -> None:
    border = Bridge()
    border.offer(2)
    assert border.adapter() == 0
    assert border.adapter_failed(0)
    assert border.adapter() == 1
    border.restart()
    assert border.adapter() == 0


def test_the_bridge_refuses_values_out_of_range() -> None:
    border = bridge()
    with pytest.raises(ValueError, match="threshold"):
        border.configure(30, 1, "fine", 0.5)
    with pytest.raises(ValueError, match="frame rate"):
        border.configure(0, 0.5, "fine", 0.5)
    with pytest.raises(ValueError, match="quality"):
        border.configure(30, 0.5, "superb", 0.5)
    with pytest.raises(ValueError, match="resolution"):
        border.configure(30, 0.5, "fine", 0)
    with pytest.raises(ValueError, match="scene"):
        border.plate_scene("moon")
    with pytest.raises(ValueError, match="grid"):
        border.learn(0, 0, 0, 0, 0)


def test_a_glimpse_is_of_the_room_and_not_of_the_frame_before_it() -> None:
    pipeline = started(-8)
    blur = plate.Blur(0.5)
    assert pipeline.glimpse(blur, (18, 32)) is None
    pipeline.render(33_333)
    glimpse = pipeline.glimpse(blur, (18, 32))
    assert glimpse is not None
    assert glimpse.shape == (18, 32, 4)
    assert (glimpse == (100, 100, 100, 255)).all()
    assert (pipeline.output == (*GREEN, 255)).all()
    pipeline.forget()
    assert pipeline.glimpse(blur, (18, 32)) is None
