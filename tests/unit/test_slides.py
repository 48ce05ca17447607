"""A person over a shared picture."""

import json

import numpy as np
import pytest

from cyclorama import logits, slides
from cyclorama.bridge import Bridge
from cyclorama.scheduler import SLIDE_INTERVAL_MS, Scheduler
from cyclorama.slides import PLACES, Slides
from cyclorama.types import Bytes, Size

FRAME = (48, 64)
GREY = (90, 90, 90, 255)


def picture(size: Size, seed: int = 1) -> Bytes:
    """Of noise: whatever is sampled again is another one."""
    random = np.random.default_rng(seed)
    made: Bytes = random.integers(0, 255, (*size, 4), np.uint8)
    made[..., 3] = 255
    return made


def composite(place: str, share: float, slide: Bytes, alpha: int) -> Bytes:
    shared = Slides(place, share)
    shared.coming((slide.shape[0], slide.shape[1]))[:] = slide
    shared.show()
    assert shared.size is not None
    output = np.zeros((*shared.size, 4), np.uint8)
    frame = np.full((*FRAME, 4), GREY, np.uint8)
    shared.composite(frame, np.full((12, 16), alpha, np.uint8), output)
    return output


@pytest.mark.parametrize("size", [(90, 160), (91, 133), (720, 1280), (300, 20), (1, 1)])
@pytest.mark.parametrize("place", PLACES)
def test_nobody_over_a_slide_is_the_slide_itself(place: str, size: Size) -> None:
    slide = picture(size)
    assert (composite(place, 0.5, slide, alpha=0) == slide).all()


@pytest.mark.parametrize("size", [(90, 160), (91, 133), (720, 1280)])
@pytest.mark.parametrize("share", [0.2, 0.5, 1.0])
@pytest.mark.parametrize("place", PLACES)
def test_the_person_is_in_their_box_and_nowhere_else(place: str, share: float, size: Size) -> None:
    slide = picture(size)
    output = composite(place, share, slide, alpha=255)
    box = slides.box(place, share, size, FRAME)
    inside = np.zeros(size, bool)
    inside[max(0, box.top) :, max(0, box.left) : box.left + box.width] = True
    assert (output[inside] == GREY).all()
    assert (output[~inside] == slide[~inside]).all()


def test_the_box_has_the_size_asked_for_and_the_shape_of_the_frame() -> None:
    box = slides.box("right", 0.5, (720, 1280), (480, 640))
    assert box.height == pytest.approx(360, abs=4)
    assert box.width / box.height == pytest.approx(4 / 3, rel=0.02)
    assert box.top + box.height == 720


def test_a_person_stands_on_the_side_that_was_asked_for() -> None:
    left, center, right = (slides.box(place, 0.4, (720, 1280), FRAME) for place in PLACES)
    assert left.left < center.left < right.left
    middles = [box.left + box.width / 2 for box in (left, center, right)]
    assert middles[0] + middles[2] == pytest.approx(1280, abs=2)
    assert middles[1] == pytest.approx(640, abs=1)
    assert 0 < middles[0] < 320


@pytest.mark.parametrize("size", [(720, 1280), (400, 700), (33, 21)])
def test_a_slide_that_fits_is_not_sampled_again(size: Size) -> None:
    assert slides.fitted(size) == size


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1080, 1920), (720, 1280)), ((1200, 1600), (720, 960)), ((100, 12800), (10, 1280))],
)
def test_a_larger_slide_is_scaled_to_fit(size: Size, expected: Size) -> None:
    assert slides.fitted(size) == expected
    assert composite("left", 0.3, picture(size), alpha=0).shape == (*expected, 4)


def test_the_slide_in_writing_is_not_shown() -> None:
    shared = Slides("right", 0.5)
    first = picture((40, 60))
    shared.coming((40, 60))[:] = first
    shared.show()
    for number in range(2, 5):
        shared.coming((40, 60))[:] = 7
        output = np.zeros((40, 60, 4), np.uint8)
        shared.composite(np.zeros((*FRAME, 4), np.uint8), np.zeros((12, 16), np.uint8), output)
        assert (output == first).all()
        first = picture((40, 60), number)
        shared.coming((40, 60))[:] = first
        shared.show()


@pytest.mark.parametrize(("place", "share"), [("top", 0.5), ("left", 0.1), ("left", 1.01)])
def test_another_place_or_size_is_refused(place: str, share: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        Slides(place, share)


def person(border: Bridge) -> None:
    """A frame of 64×48 that is all person."""
    border.resize(64, 48)
    border.frame()[:] = GREY
    border.render(0, 0, 0)
    border.mask(4, 3)[:] = logits.encode(np.full((3, 4, 1), 8, np.float32))
    border.learn(0.5 / 4, 0.5 / 3, 1 / 4, 1 / 3, 0)


def test_the_background_stays_until_the_first_slide_and_is_there_after_the_last() -> None:
    border = Bridge()
    border.configure(30, 0.5, "fine", 1)
    border.plate_color(0, 255, 0)
    person(border)
    border.plate_slides("right", 0.5)
    assert border.render(33, 33_333, 0)
    assert (border.output_width, border.output_height) == (64, 48)
    coming = border.slide(200, 100)
    assert coming is not None
    coming[:] = (1, 2, 3, 255)
    border.slide_written()
    assert border.render(66, 66_667, 0)
    assert border.output().shape == (100, 200, 4)
    assert (border.output()[0, 0] == (1, 2, 3, 255)).all()
    border.plate_slides("left", 1)
    assert border.render(100, 100_000, 0)
    assert border.output().shape == (100, 200, 4)
    border.plate_color(0, 255, 0)
    assert border.slide(200, 100) is None
    assert border.render(133, 133_333, 0)
    assert (border.output_width, border.output_height) == (64, 48)
    assert json.loads(border.stats(133))["width"] == 64


def test_slides_without_a_background_or_a_slide_show_nothing() -> None:
    border = Bridge()
    border.configure(30, 0.5, "fine", 1)
    person(border)
    border.plate_slides("right", 0.5)
    assert not border.render(33, 33_333, 0)


def test_slides_are_asked_for_now_and_then_and_only_where_they_are_wanted() -> None:
    scheduler = Scheduler(30)
    assert not scheduler.plan(0).slide
    scheduler.slides = True
    asked = 0
    for tick in range(300):
        now = tick * 1000 / 30
        slide = scheduler.plan(now).slide
        scheduler.frame(now, round(now * 1000), mask=False, slide=slide)
        asked += slide
    assert asked == pytest.approx(10 * 1000 / SLIDE_INTERVAL_MS, rel=0.05)
