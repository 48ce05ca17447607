"""What finds the person: any mask of any frame, on any grid, in any order."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyclorama import flow, guide, light, logits, quality
from cyclorama.histogram import Histogram
from cyclorama.logits import Grid
from cyclorama.matte import LIMIT_AGE_MS, Matte, Parts
from cyclorama.memory import Memory
from cyclorama.room import Room
from cyclorama.types import Bytes, Floats, Size
from tests.harness import arbitrary
from tests.harness.arbitrary import KINDS, NUMBERS, SIZES, TIMESTAMPS

GRIDS = st.builds(
    Grid,
    st.floats(-10, 10),
    st.floats(-10, 10),
    st.floats(1e-6, 10),
    st.floats(1e-6, 10),
)
FIELDS = st.tuples(st.sampled_from(KINDS), st.integers(0, 99))


def floats(size: Size, field: tuple[str, int], low: float, high: float) -> Floats:
    """A field of this size between two values."""
    kind, seed = field
    share = arbitrary.picture(kind, size, 1, seed)[..., 0].astype(np.float32) / np.float32(255)
    return (low + share * (high - low)).astype(np.float32)


def expect_shares(field: Floats, size: Size) -> None:
    """All between 0 and 1, and none of them no number."""
    assert field.shape == size
    assert ((field >= -1e-3) & (field <= 1 + 1e-3)).all()


@given(x=NUMBERS, y=NUMBERS, dx=NUMBERS, dy=NUMBERS)
def test_a_grid_that_is_none_is_refused_by_its_field(
    x: float, y: float, dx: float, dy: float
) -> None:
    wrong = [name for name, value in (("x", x), ("y", y)) if not math.isfinite(value)]
    wrong += [name for name, value in (("dx", dx), ("dy", dy)) if not 0 < value < math.inf]
    if not wrong:
        assert Grid(x, y, dx, dy).dx == dx
        return
    with pytest.raises(ValueError, match=rf"mask grid ({'|'.join(wrong)}) must be"):
        Grid(x, y, dx, dy)


@given(cells=SIZES, field=FIELDS, grid=GRIDS, size=SIZES)
def test_logits_stay_within_their_limit(
    cells: Size, field: tuple[str, int], grid: Grid, size: Size
) -> None:
    mask = arbitrary.picture(field[0], cells, 1, field[1])[..., 0]
    assert np.array_equal(logits.encode(logits.decode(mask)), mask)
    z = logits.upsample(logits.decode(mask), grid, size)
    assert z.shape == size
    assert (np.abs(z) <= logits.LIMIT).all()


@given(threshold=NUMBERS.filter(lambda number: not 0 < number < 1))
def test_another_threshold_is_refused_by_its_name(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        logits.shift(threshold)


@given(size=SIZES, seeds=st.lists(FIELDS, min_size=3, max_size=3))
def test_a_map_from_colour_to_alpha_gives_shares(size: Size, seeds: list[tuple[str, int]]) -> None:
    colour = floats(size, seeds[0], 0, 1)[..., None].repeat(3, axis=2)
    learned = guide.learn(colour, floats(size, seeds[1], 0, 1), floats(size, seeds[2], 0.1, 1))
    expect_shares(guide.apply(learned, colour), size)
    whole = guide.fill(learned, np.ones(size, np.float32))
    assert guide.apply(whole, colour) == pytest.approx(1)


@given(size=SIZES, frames=st.lists(FIELDS, min_size=1, max_size=4), finest=st.integers(1, 2))
def test_motion_leads_somewhere(size: Size, frames: list[tuple[str, int]], finest: int) -> None:
    search, back = flow.Flow(size, finest), flow.identity(size)
    for kind, seed in frames:
        back = flow.chain(back, search.step(arbitrary.picture(kind, size, 1, seed)[..., 0]))
        assert back.shape == (*size, 2)
        assert np.isfinite(back).all()
    now = arbitrary.picture("noise", size, 3, 1)
    expect_shares(flow.novelty(now, now[::-1].copy(), back), size)


@given(size=SIZES, before=FIELDS, after=FIELDS)
def test_light_changes_by_a_gain_within_its_limit(
    size: Size, before: tuple[str, int], after: tuple[str, int]
) -> None:
    then, now = (
        arbitrary.picture(kind, size, 3, seed).reshape(-1, 3).astype(np.float32)
        for kind, seed in (before, after)
    )
    gain = light.change(now, then)
    assert ((gain >= 1 / light.LIMIT) & (gain <= light.LIMIT)).all()
    picture = arbitrary.picture("noise", size, 3, 2)
    assert light.without(picture, gain).shape == picture.shape


@given(size=SIZES, masks=st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=6))
def test_what_is_known_of_the_room_and_the_person_is_always_a_number(
    size: Size, masks: list[tuple[tuple[str, int], tuple[str, int]]]
) -> None:
    room, histogram, memory = Room(size), Histogram(), Memory()
    alpha: Floats | None = None
    for (kind, seed), field in masks:
        picture = arbitrary.picture(kind, size, 3, seed)
        z = floats(size, field, -logits.LIMIT, logits.LIMIT)
        room.learn(picture, z)
        histogram.learn(picture, z)
        assert np.isfinite(memory.recall(z, picture, alpha)).all()
        assert np.isfinite(histogram.evidence(picture)).all()
        assert 0 <= room.trust <= 1
        share = floats(size, field, 0, 1)
        alpha = room.correct(share, 1 - share, share, share, picture)
        expect_shares(alpha, size)


def observe(matte: Matte, frame: Bytes, timestamp: int) -> None:
    matte.observe(arbitrary.opaque(frame), timestamp)
    alpha = matte.alpha()
    if alpha is None:
        return
    assert alpha.shape == matte.small
    assert alpha.dtype == np.uint8
    age_ms = matte.age_ms()
    assert age_ms is not None
    assert age_ms <= LIMIT_AGE_MS


@given(
    size=SIZES,
    parts=st.sampled_from([*(step.parts for step in quality.STEPS.values()), Parts(shrink=9)]),
    without=st.sampled_from(["light", "novelty", "room", "histogram", "memory"]),
    events=st.lists(st.tuples(FIELDS, TIMESTAMPS, SIZES, GRIDS, st.booleans()), max_size=8),
    threshold=st.floats(0.01, 0.99),
)
def test_masks_and_frames_come_in_any_order(
    size: Size,
    parts: Parts,
    without: str,
    events: list[tuple[tuple[str, int], int, Size, Grid, bool]],
    threshold: float,
) -> None:
    matte = Matte(size, replace(parts, **{without: False}))
    for (kind, seed), timestamp, cells, grid, late in events:
        if not late:
            observe(matte, arbitrary.picture(kind, size, 4, seed), timestamp)
        mask = arbitrary.picture(kind, cells, 1, seed + 1)[..., 0]
        matte.learn(mask, grid, timestamp, threshold)
        observe(matte, arbitrary.picture(kind, size, 4, seed + 2), timestamp + 33_333)
