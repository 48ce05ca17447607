"""The scheduler against a simulated camera: time is an argument, so an hour takes a second."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from cyclorama.scheduler import MASK_INTERVAL_MS, Scheduler


@dataclass
class Camera:
    """Gives the newest of its frames: frame n appears at ``delay + n · period``."""

    period_ms: float
    delay_ms: float = 7.0

    def newest(self, now_ms: float) -> int:
        return math.floor((now_ms - self.delay_ms) / self.period_ms)


@dataclass
class Run:
    frames: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    masks: list[float] = field(default_factory=list)
    repeats: int = 0

    @property
    def fps(self) -> float:
        return (len(self.times) - 1) * 1000 / (self.times[-1] - self.times[0])


def simulate(
    scheduler: Scheduler,
    camera: Camera,
    *,
    seconds: float = 20,
    work_ms: float = 8,
    mask_ms: float = 60,
    overhead_ms: float = 0.5,
) -> Run:
    """Pulls as the compositor does: sleep, pull, answer, work."""
    run, now, newest = Run(), 1000.0, -1
    mask_at = math.inf
    while now < 1000 + seconds * 1000:
        now += scheduler.plan(now).delay_ms + overhead_ms
        if now >= mask_at:
            scheduler.mask(now)
            mask_at = math.inf
        plan = scheduler.plan(now)
        frame = camera.newest(now)
        if frame == newest:
            scheduler.repeat(now)
            run.repeats += 1
            continue
        newest = frame
        scheduler.frame(now, round(frame * camera.period_ms * 1000), mask=plan.mask)
        if plan.mask:
            run.masks.append(now)
            mask_at = now + mask_ms
        run.frames.append(frame)
        run.times.append(now)
        now += work_ms
    return run


@pytest.mark.parametrize("phase", [0, 5, 11, 17, 23, 32])
@pytest.mark.parametrize("rate", [29.9, 29.97, 30.0, 30.15])
def test_every_frame_of_the_camera_is_taken_once(rate: float, phase: float) -> None:
    run = simulate(Scheduler(30), Camera(1000 / rate, delay_ms=phase), seconds=60)
    settled = run.frames[len(run.frames) // 2 :]
    missed = sum(b - a - 1 for a, b in pairwise(settled))
    assert missed <= 0.01 * len(settled)


def test_the_phase_locks_close_behind_the_camera() -> None:
    camera = Camera(1000 / 30)
    run = simulate(Scheduler(30), camera, seconds=30)
    lag = [
        now - (camera.delay_ms + frame * camera.period_ms)
        for now, frame in zip(run.times, run.frames, strict=True)
    ]
    assert max(lag[len(lag) // 2 :]) < 10


@pytest.mark.parametrize("rate", [7, 10, 24])
def test_a_rate_below_the_cameras_is_held(rate: float) -> None:
    run = simulate(Scheduler(rate), Camera(1000 / 30))
    assert run.fps == pytest.approx(rate, rel=0.01)


def test_a_slow_camera_is_followed_without_hammering_it() -> None:
    run = simulate(Scheduler(30), Camera(1000 / 12))
    assert run.fps == pytest.approx(12, rel=0.02)
    assert run.repeats < 12 * len(run.frames)


def test_a_silent_camera_is_asked_ever_more_rarely() -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=False)
    now, asked = 0.0, 0
    while now < 2000:
        now += scheduler.plan(now).delay_ms
        scheduler.repeat(now)
        asked += 1
    assert asked < 120


def test_work_slower_than_the_camera_drops_frames_and_builds_no_queue() -> None:
    scheduler = Scheduler(30)
    run = simulate(scheduler, Camera(1000 / 30), work_ms=50)
    assert run.fps == pytest.approx(1000 / 50.5, rel=0.05)
    assert scheduler.dropped == pytest.approx(
        run.frames[-1] - run.frames[0] + 1 - len(run.frames), abs=3
    )


def test_a_long_stall_is_not_made_up_for() -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=False)
    scheduler.frame(5000, 5_000_000, mask=False)
    assert scheduler.plan(5000).delay_ms == pytest.approx(scheduler.period_ms, abs=1)


def test_masks_come_as_often_as_useful_and_no_more() -> None:
    run = simulate(Scheduler(30), Camera(1000 / 30), mask_ms=20)
    gaps = [b - a for a, b in pairwise(run.masks)]
    assert min(gaps) >= MASK_INTERVAL_MS
    assert len(run.masks) / 20 > 9


def test_a_slow_segmenter_costs_masks_but_no_frames() -> None:
    fast = simulate(Scheduler(30), Camera(1000 / 30), mask_ms=20)
    slow = simulate(Scheduler(30), Camera(1000 / 30), mask_ms=700)
    assert len(slow.frames) == len(fast.frames)
    assert len(slow.masks) < 20 / 0.7


def test_only_one_mask_is_under_way() -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=True)
    assert not scheduler.plan(1000).mask
    scheduler.mask(1000)
    assert scheduler.plan(1000).mask


def test_a_mask_that_never_comes_is_given_up_once_and_asked_for_again() -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=True)
    plans = [scheduler.plan(now) for now in range(0, 10_000, 33)]
    assert [plan.overdue for plan in plans].count(True) == 1
    assert plans[-1].mask


@pytest.mark.parametrize("jump_ms", [-1e7, -50, 1e7])
def test_a_clock_that_jumps_stops_nothing(jump_ms: float) -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=True)
    plan = scheduler.plan(33 + jump_ms)
    assert plan.delay_ms <= scheduler.period_ms
    assert not plan.overdue
    scheduler.mask(40 + jump_ms)
    assert scheduler.plan(200 + jump_ms).mask


def test_a_restart_asks_at_once_and_for_a_mask() -> None:
    scheduler = Scheduler(30)
    scheduler.frame(0, 0, mask=True)
    scheduler.restart()
    plan = scheduler.plan(1)
    assert plan.delay_ms == 0
    assert plan.mask


@pytest.mark.parametrize("rate", [0, -1, 61, float("nan"), float("inf")])
def test_a_rate_out_of_range_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="frame rate"):
        Scheduler(rate)


def test_only_a_mask_that_is_due_was_awaited() -> None:
    scheduler = Scheduler(30)
    assert not scheduler.mask(0)
    scheduler.frame(0, 0, mask=True)
    assert scheduler.mask(0)
    assert not scheduler.mask(0)
