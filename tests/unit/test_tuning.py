"""Ladder, calibration and monitor; the controller is shown in tests/simulation."""

import json
from dataclasses import replace

import pytest

from cyclorama.tuning import cost
from cyclorama.tuning.budget import BUDGETS
from cyclorama.tuning.calibration import Calibration, first, loads, measured
from cyclorama.tuning.controller import Controller
from cyclorama.tuning.ladder import DEFAULT, LADDER, Offer, nearest, rungs
from cyclorama.tuning.load import Speed, expect
from cyclorama.tuning.monitor import Monitor, Sample

ALL = Offer({"bodypix-050": (16, 8), "bodypix-075": (16,), "selfie": ()}, "webgpu", 30)
SMALL = Offer({"bodypix-050": (16, 8)}, "wasm", 30)


def test_every_rung_takes_less_than_the_one_above_somewhere() -> None:
    ladder = rungs(SMALL, {})
    totals = [
        (cost.of(rung).frame_ms + cost.of(rung).learn_ms * 33 / max(rung.mask_interval_ms, 33))
        * rung.frame_rate
        + cost.of(rung).mask_ms * 1000 / rung.mask_interval_ms
        for rung in ladder
    ]
    assert totals == sorted(totals, reverse=True)


def test_rungs_that_need_what_is_missing_drop_out() -> None:
    small = rungs(SMALL, {})
    assert {rung.segmenter for rung in small} == {"bodypix-050"}
    assert {rung.backend for rung in small} == {"wasm"}


def test_a_gpu_does_what_webassembly_does_and_what_is_here_for_it() -> None:
    there = rungs(ALL, {})
    assert {rung.backend for rung in there} == {"webgpu"}
    others = [rung for rung in LADDER if rung.backend == "webgl"]
    assert len(there) == len(LADDER) - len(others)
    assert there[0] == replace(LADDER[0], frame_rate=30)


def test_a_pin_holds_for_every_rung_and_equals_are_one() -> None:
    pinned = rungs(ALL, {"quality": "good", "scale": 1.0})
    assert {(rung.quality, rung.scale) for rung in pinned} == {("good", 1.0)}
    assert len(set(pinned)) == len(pinned) < len(LADDER)


def test_with_everything_pinned_one_rung_is_left() -> None:
    pins = {axis: getattr(DEFAULT, axis) for axis in DEFAULT.__slots__}
    assert rungs(SMALL, pins) == (replace(DEFAULT, frame_rate=30),)


def test_there_is_a_rung_even_where_nothing_fits() -> None:
    assert len(rungs(Offer({}, "wasm", 30), {})) == 1


def test_a_pin_of_no_axis_is_named() -> None:
    with pytest.raises(ValueError, match="colour"):
        rungs(ALL, {"colour": 1})


def test_the_nearest_rung_is_the_one_itself_where_it_is_there() -> None:
    ladder = rungs(ALL, {})
    assert [nearest(ladder, rung) for rung in ladder] == list(range(len(ladder)))


def test_a_slower_machine_begins_lower() -> None:
    ladder = rungs(SMALL, {})
    places = [first(ladder, Speed(s, s, s), 30, BUDGETS["balanced"]) for s in (0.2, 1, 2, 4, 8)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] > places[0]


def test_where_nothing_holds_the_rate_most_frames_come_first() -> None:
    ladder = rungs(SMALL, {})
    machine = Speed(20, 20, 20)
    place = first(ladder, machine, 30, BUDGETS["balanced"])
    best = max(expect(rung, machine, 30).rate for rung in ladder)
    assert expect(ladder[place], machine, 30).rate >= 0.97 * best


def test_what_was_measured_on_a_rung_is_expected_of_it() -> None:
    sample = Sample(15, 0, 12.0, 9.0, 80.0, 30.0)
    machine = measured(DEFAULT, [sample] * 3)
    assert machine is not None
    load = expect(DEFAULT, machine, 30)
    assert load.frame_ms == pytest.approx(12)
    assert load.age_ms == pytest.approx(80 + 80 + 1000 / 60)


def test_a_calibration_comes_back_as_it_was_kept() -> None:
    kept = Calibration("here", Speed(1.5, 1.25, 2.0))
    assert loads(kept.dumps(), "here") == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "1", "{", "{}", '{"version": 1}', "[" * 100_000,
        Calibration("here", Speed(-1.0, 1.0, 1.0)).dumps(),
        Calibration("here", Speed(float("nan"), 1.0, 1.0)).dumps(),
        Calibration("there", Speed(1.0, 1.0, 1.0)).dumps(),
        json.dumps({**json.loads(Calibration("here", Speed(1, 1, 1)).dumps()), "ladder": 7}),
        json.dumps({**json.loads(Calibration("here", Speed(1, 1, 1)).dumps()), "version": 0}),
        json.dumps({**json.loads(Calibration("here", Speed(1, 1, 1)).dumps()), "speed": [1]}),
    ],
)  # fmt: skip
def test_a_calibration_that_is_not_ours_is_thrown_away(text: str) -> None:
    assert loads(text[:2000], "here") is None


def camera(monitor: Monitor, period_ms: float, taken: list[int], *, waits: bool) -> Sample:
    """The camera's frames of these numbers, after a pull that found nothing new where it waits."""
    monitor.sample(0.0)
    for number in taken:
        if waits:
            monitor.repeat()
        monitor.frame(number * period_ms, round(number * period_ms * 1000), mask=False)
    sample = monitor.sample(10_000.0)
    assert sample
    return sample


def test_a_slow_camera_misses_nothing() -> None:
    sample = camera(Monitor(30), 1000 / 15, list(range(20)), waits=True)
    assert sample.missed == 0
    assert sample.camera_fps == pytest.approx(15, rel=0.01)


def test_late_frames_are_waited_for_and_do_not_slow_the_camera_down() -> None:
    """Under load only those that come late find the machine waiting."""
    monitor, late_us = Monitor(30), 8000
    monitor.sample(0.0)
    for number in range(60):
        late = number % 6 == 5
        if late:
            monitor.repeat()
        monitor.frame(number * 33.3, round(number * 33_333) + late_us * late, mask=False)
    sample = monitor.sample(2000.0)
    assert sample
    assert sample.missed == 0
    assert sample.camera_fps == pytest.approx(30, rel=0.02)


def test_a_slow_machine_misses_frames() -> None:
    sample = camera(Monitor(30), 1000 / 30, list(range(0, 40, 2)), waits=False)
    assert sample.missed == 19
    assert sample.camera_fps == pytest.approx(30)


def at_rate(fps: float, *, of: float = 30, seconds: float = 10) -> list[int]:
    """Numbers of the frames that are the newest of so many per second whenever one is taken."""
    return [int(number * of / fps + 1e-6) for number in range(round(seconds * fps))]


@pytest.mark.parametrize("asked", [24, 20, 10])
def test_frames_that_nobody_asked_for_are_not_missed(asked: float) -> None:
    """A camera that gives 30 whatever it is asked for."""
    sample = camera(Monitor(asked), 1000 / 30, at_rate(asked), waits=False)
    assert sample.missed == 0


def test_a_slow_machine_misses_frames_of_those_that_were_asked_for() -> None:
    sample = camera(Monitor(24), 1000 / 30, at_rate(18), waits=False)
    assert sample.missed == pytest.approx((24 - 18) * 10, abs=2)
    assert sample.camera_fps == pytest.approx(30, rel=0.02)


def test_from_a_lower_rate_there_is_a_way_back() -> None:
    """It once stayed at 24 for an hour: it took what it did not ask for as missed."""
    ladder = rungs(SMALL, {})
    slow = next(place for place, rung in enumerate(ladder) if rung.frame_rate == 24)
    controller, monitor = (
        Controller(ladder, BUDGETS["balanced"], slow, calibrated=True),
        Monitor(24),
    )
    now_ms, changes = 0.0, []
    for step in range(24 * 60):
        now_ms = step * 1000 / 24
        number = int(step * 30 / 24 + 1e-6)
        monitor.frame(now_ms, round(number * 1e6 / 30), mask=step % 6 == 0)
        monitor.worked(4.0)
        if step % 6 == 3:
            monitor.mask(now_ms)
            monitor.learned(4.0)
        if (sample := monitor.sample(now_ms)) and (change := controller.observe(now_ms, sample)):
            changes.append(change)
            break
    assert [change.after.frame_rate for change in changes] == [30]


def test_a_stall_is_not_missed_frames() -> None:
    sample = camera(Monitor(30), 1000 / 30, [0, 1, 2, 152, 153], waits=False)
    assert sample.missed == 0


def test_a_mask_that_is_waited_for_has_taken_at_least_so_long() -> None:
    monitor = Monitor(30)
    monitor.sample(0.0)
    monitor.frame(10.0, 10_000, mask=True)
    sample = monitor.sample(1500.0)
    assert sample
    assert sample.trip_ms == pytest.approx(1490)
