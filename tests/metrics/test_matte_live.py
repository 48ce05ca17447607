"""Alpha read back from composites, and what is made of recorded pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from cyclorama.types import Bytes
from tests.bench.matte import cli, footage
from tests.bench.matte.live import figures, numbered, readback, session
from tests.bench.matte.live.identify import Identifier
from tests.bench.matte.live.numbered import NumberedClip
from tests.bench.matte.live.score import Shown, score
from tests.bench.matte.live.subjects import GREEN
from tests.bench.speed import machine
from tests.conftest import needs_footage
from tests.harness.recording import Recording, SeenFrame

HEIGHT, WIDTH = 384, 640
PLATE = np.array(GREEN, np.uint8)
STEP = 12
"""Pixels by which the person moves from frame to frame."""


def noise(seed: int) -> Bytes:
    """A picture without green, as coarse as the camera's colours are."""
    random = np.random.default_rng(seed)
    picture = random.integers(0, 180, (HEIGHT // 8, WIDTH // 8, 3)).astype(np.uint8)
    picture[..., 1] //= 2
    return np.asarray(cv2.resize(picture, (WIDTH, HEIGHT)), np.uint8)


def person(left: int) -> Bytes:
    """A soft-edged person from the lower border up."""
    alpha = np.zeros((HEIGHT, WIDTH), np.uint8)
    alpha[60:, left : left + 380] = 255
    return np.asarray(cv2.GaussianBlur(alpha, (9, 9), 0), np.uint8)


@pytest.fixture(scope="module")
def clip() -> NumberedClip:
    truths = tuple(person(20 + STEP * number) for number in range(8))
    return numbered.number("made", [noise(number) for number in range(8)], truths)


def over_green(frame: Bytes, alpha: Bytes) -> Bytes:
    """As the product blends, (H, W, 3) RGB."""
    weight = alpha[..., None] / 255
    return np.rint(frame * weight + PLATE * (1 - weight)).astype(np.uint8)


def shown(clip: NumberedClip, late: int = 0) -> list[Shown]:
    """Every frame, with the true alpha of the frame so many before."""
    return [
        Shown(n, over_green(clip.camera_frame(n), clip.truths[n - late]))
        for n in range(late, len(clip.frames))
    ]


def test_alpha_over_green_is_read_back() -> None:
    frame, alpha = noise(1), person(100)
    found = readback.alpha(over_green(frame, alpha), frame, PLATE)
    assert np.abs(found.astype(int) - alpha).max() <= 1


def test_alpha_of_each_level_is_read_back() -> None:
    alpha = np.tile(np.arange(256, dtype=np.uint8), (HEIGHT, 3))[:, :WIDTH]
    found = readback.alpha(over_green(noise(2), alpha), noise(2), PLATE)
    assert np.abs(found.astype(int) - alpha).max() <= 1


def test_green_on_the_person_is_told_by_what_is_around() -> None:
    frame, alpha = noise(3), np.full((HEIGHT, WIDTH), 255, np.uint8)
    frame[200:204, 200:204] = GREEN
    found = readback.alpha(over_green(frame, alpha), frame, PLATE)
    assert found.min() >= 254


def test_a_mix_of_frame_and_plate_leaves_only_rounding_unexplained() -> None:
    frame, alpha = noise(4), person(100)
    output = over_green(frame, alpha)
    found = readback.alpha(output, frame, PLATE)
    plain = readback.unexplained(output, frame, PLATE, found)
    assert plain is not None
    assert plain < 0.5

    cleaned = output.copy()
    edge = (alpha > 0) & (alpha < 255)
    cleaned[edge, 0] = 255 - cleaned[edge, 0]
    found = readback.alpha(cleaned, frame, PLATE)
    changed = readback.unexplained(cleaned, frame, PLATE, found)
    assert changed is not None
    assert changed > 5


def test_without_an_edge_nothing_is_mixed() -> None:
    alpha = np.zeros((HEIGHT, WIDTH), np.uint8)
    output = over_green(noise(4), alpha)
    assert readback.unexplained(output, noise(4), PLATE, alpha) is None


def test_the_plate_is_what_the_track_shows() -> None:
    picture = noise(5)
    picture[:, :200] = (2, 251, 3)
    assert readback.shown_plate([picture], GREEN).tolist() == [2, 251, 3]
    with pytest.raises(readback.NoPlateError, match="no pixel of the output is near"):
        readback.shown_plate([noise(5)], GREEN)


def test_the_barcode_is_read_from_the_output(clip: NumberedClip) -> None:
    identifier = Identifier(clip, PLATE)
    assert [identifier.barcode(each.picture) for each in shown(clip)] == list(range(8))


def test_a_frame_with_a_hole_in_its_barcode_is_known_by_the_rest(clip: NumberedClip) -> None:
    (_, _, _, fourth, *_) = shown(clip)
    left, top = numbered.PLACE
    fourth.picture[top - 10 :, left + 20 : left + 60] = GREEN
    identifier = Identifier(clip, PLATE)
    assert identifier.barcode(fourth.picture) is None
    assert identifier.best_explained(fourth.picture) == 3


def test_the_card_is_no_frame(clip: NumberedClip) -> None:
    card = np.full((HEIGHT, WIDTH, 3), (42, 47, 55), np.uint8)
    assert Identifier(clip, PLATE).best_explained(card) is None
    scored = score([Shown(0, card), *shown(clip)[1:]], clip, GREEN)
    assert (scored.pictures, scored.read, len(scored.result.scores)) == (8, 7, 7)


def test_a_true_matte_scores_best(clip: NumberedClip) -> None:
    scored = score(shown(clip), clip, GREEN)
    assert (scored.pictures, scored.read, len(scored.result.scores)) == (8, 8, 8)
    for each in scored.result.scores:
        assert each.iou is not None
        assert each.iou > 0.995
        assert each.f1_2px == 1
        assert each.mad < 0.001


def test_a_matte_one_frame_late_scores_worse(clip: NumberedClip) -> None:
    late = score(shown(clip, late=1), clip, GREEN)
    area = 380 + STEP
    for each in late.result.scores:
        assert each.iou == pytest.approx((380 - STEP) / area, abs=0.01)
        assert each.f1_2px is not None
        assert each.f1_2px < 0.8
        assert each.mad > 0.02


def test_flicker_is_of_neighbours_only(clip: NumberedClip) -> None:
    pictures = shown(clip)
    pairs = [pictures[0], pictures[1], pictures[4], pictures[5]]
    assert len(score(pairs, clip, GREEN).result.flicker) == 2
    assert max(score(pictures, clip, GREEN).result.flicker) < 0.001


def test_a_picture_shown_again_counts_once() -> None:
    pictures: list[Bytes] = [np.full((1, 1, 3), level, np.uint8) for level in range(5)]
    seen = [
        SeenFrame(n, n, 1, 1, hash=value, boxes=np.zeros(0), kept=kept)
        for n, (value, kept) in enumerate(
            [(7, True), (7, True), (8, False), (8, True), (9, True), (7, True)]
        )
    ]
    found = session.shown(Recording(seen, pictures))
    assert [(each.index, int(each.picture[0, 0, 0])) for each in found] == [(0, 0), (4, 3), (5, 4)]


def test_a_clip_with_more_frames_than_numbers_is_refused() -> None:
    frames = [np.zeros((1, 1, 3), np.uint8)] * 257
    with pytest.raises(footage.NoFootageError, match="256 at most"):
        numbered.number("long", frames, (frames[0][..., 0],) * 257)


def test_a_barcode_at_the_outline_is_refused() -> None:
    with pytest.raises(footage.NoFootageError, match="too near to the outline"):
        numbered.number("beside", [noise(1)], (person(300),))


@needs_footage
@pytest.mark.parametrize("name", numbered.NAMES)
def test_every_frame_of_the_footage_carries_its_number(name: str) -> None:
    clip = numbered.read(name)
    identifier = Identifier(clip, PLATE)
    numbers = range(len(clip.frames))
    assert [identifier.barcode(clip.camera_frame(n)) for n in numbers] == list(numbers)


def test_a_table_has_the_same_columns_in_every_line() -> None:
    empty = figures.Figures(
        distinct_fps=30.04,
        masks_per_second=10,
        mask_age_p50_ms=100,
        mask_age_p95_ms=135,
        read=99,
        scored=100,
        pictures=240,
        unexplained=None,
        others_cores=None,
        matte=dict.fromkeys(figures.MEASURES) | {"iou": 97.46},
    )
    title, _, row = figures.table("live", {"ours": empty}).splitlines()
    assert len(title) == len(row)
    assert [cell.strip() for cell in row.split("|")][1:3] == ["ours", "30.0"]
    assert "97.5" in row
    assert "–" in row


@pytest.mark.parametrize("option", [["--full"], ["--clip", "x.mp4"], ["--stride", "8"]])
def test_options_without_sense_are_refused(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--live", *option])
    assert ended.value.code == 2
    assert f"leave out {option[0]}" in capsys.readouterr().err


def test_without_footage_it_says_so_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(footage, "CLIPS", tmp_path)
    assert cli.main(["--live"]) == cli.NO_FOOTAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("The live evaluation needs footage that is not in ")


@needs_footage
def test_without_a_build_it_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CYCLORAMA_DIST", str(tmp_path))
    assert cli.main(["--live"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("run `python3 build.py build`")


def test_only_a_busy_machine_is_warned_of() -> None:
    assert machine.warning([None, 0.1]) is None
    assert "up to 1.5 cores busy" in (machine.warning([0.1, 1.5]) or "")
