"""What paints and composites: any picture before any other, at any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclorama import brand, ops, plate, scenes, slides
from cyclorama.blend import MOST, Blend, padded, ramp
from cyclorama.motion import Motion
from cyclorama.repeats import Repeats
from cyclorama.scenes.canvas import Colour
from cyclorama.types import Bytes, Size
from tests.harness import arbitrary
from tests.harness.arbitrary import COLOURS, NUMBERS, SIZES, opaque, pictures

FACTORS = st.floats(0, 1)


def expect_picture(painted: Bytes, size: Size, channels: int = 4) -> None:
    assert painted.shape == (*size, channels)
    assert painted.dtype == np.uint8
    if channels == 4:
        assert (painted[..., 3] == 255).all()


@given(name=st.sampled_from(list(scenes.SCENES)), size=SIZES)
def test_a_scene_is_painted_at_any_size(name: str, size: Size) -> None:
    expect_picture(scenes.paint(name, size), size, channels=3)


@given(
    size=SIZES,
    wall=COLOURS,
    name=st.none() | pictures(channels=1).map(lambda letters: letters[..., 0]),
    logo=st.none() | pictures(),
)
def test_a_wall_takes_any_sign(size: Size, wall: Colour, name: Bytes, logo: Bytes) -> None:
    expect_picture(brand.paint(size, wall, name, logo), size, channels=3)


@given(picture=pictures(), size=SIZES)
def test_any_picture_covers_any_frame(picture: Bytes, size: Size) -> None:
    colour, alpha = np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1), np.uint8)
    expect_picture(plate.image(picture).paint(size, colour, alpha), size)


@given(strength=FACTORS, size=SIZES, frame=pictures(channels=3), seed=st.integers(0, 9))
def test_any_room_is_blurred(strength: float, size: Size, frame: Bytes, seed: int) -> None:
    whole = padded(size)
    alpha = arbitrary.picture("noise", (frame.shape[0], frame.shape[1]), 1, seed)[..., 0]
    expect_picture(plate.Blur(strength).paint(whole, frame, alpha), whole)


@given(strength=NUMBERS.filter(lambda number: not 0 <= number <= 1))
def test_another_strength_is_refused_by_its_name(strength: float) -> None:
    with pytest.raises(ValueError, match="blur strength"):
        plate.Blur(strength)


@given(
    rgb=st.tuples(NUMBERS, NUMBERS, NUMBERS).filter(lambda rgb: not all(0 <= c <= 255 for c in rgb))
)
def test_another_colour_is_refused_by_its_name(rgb: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="colour channels"):
        plate.color(rgb)


@given(
    slide=pictures(),
    frame=pictures(),
    place=st.sampled_from(slides.PLACES),
    share=st.floats(slides.SIZE_MIN, 1),
    alpha=pictures(channels=1),
)
def test_a_person_stands_on_any_slide(
    slide: Bytes, frame: Bytes, place: str, share: float, alpha: Bytes
) -> None:
    shown = slides.Slides(place, share)
    shown.coming((slide.shape[0], slide.shape[1]))[:] = opaque(slide)
    shown.show()
    assert shown.size is not None
    output = np.zeros((*shown.size, 4), np.uint8)
    shown.composite(opaque(frame), alpha[..., 0], output)
    expect_picture(output, shown.size)


@given(share=NUMBERS.filter(lambda number: not slides.SIZE_MIN <= number <= 1))
def test_another_size_on_a_slide_is_refused_by_its_name(share: float) -> None:
    with pytest.raises(ValueError, match="size"):
        slides.Slides("left", share)


@given(frame=pictures(), behind=COLOURS, alpha=pictures(channels=1), shrink=st.integers(4, 9))
def test_a_composite_lies_between_frame_and_plate(
    frame: Bytes, behind: tuple[int, int, int], alpha: Bytes, shrink: int
) -> None:
    size = padded((frame.shape[0], frame.shape[1]))
    frame = opaque(ops.stretch(frame, size))
    small = max(1, size[0] // shrink), max(1, size[1] // shrink)
    matte = ops.stretch(alpha, small).reshape(small)
    picture = np.full((*size, 4), (*behind, 255), np.uint8)
    output = np.zeros_like(picture)

    Blend(size, small).composite(frame, picture, matte, output)

    expect_picture(output, size)
    assert (output >= np.minimum(frame, picture)).all()
    assert (output <= np.maximum(frame, picture)).all()
    # Where nobody is anywhere near, nothing of the room is.
    near = ops.stretch(ops.highest(matte, 2, 2), size)
    assert (output[near == 0] == picture[near == 0]).all()


def test_a_picture_that_is_nothing_but_edge_is_composited() -> None:
    rows = 64
    size = (rows * 8, (MOST // rows + 2) * 8)
    small = (size[0] // 4, size[1] // 4)
    output = np.zeros((*size, 4), np.uint8)
    frame, behind = np.full_like(output, 100), np.full_like(output, 200)

    Blend(size, small).composite(frame, behind, np.full(small, 128, np.uint8), output)

    weight = int(ramp(2.5)[128])
    assert (output == round((100 * weight + 200 * (255 - weight)) / 255)).all()


@given(frames=st.lists(pictures(), max_size=4), alpha=pictures(channels=1))
def test_any_frame_may_follow_any_other(frames: list[Bytes], alpha: Bytes) -> None:
    motion, repeats = Motion(), Repeats()
    for number, frame in enumerate(frames):
        if number and frames[number - 1].shape != frame.shape:
            motion = Motion()
        motion.seen(frame, alpha[..., 0])
        repeats.met(frame, number)
        assert repeats.met(frame.copy(), number)
