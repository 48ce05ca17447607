"""When to go down the ladder, quickly, and when to try more of it, slowly. Pure.

Frames come first, then the age of the masks, then quality, within a budget. Going down follows
what was missed; going up follows what the worst moment of the last while would have meant on the
rung above, and is on probation: a rung that failed is not tried again for a time that doubles.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from . import reasons
from .budget import Budget
from .calibration import SAMPLES, SHARE, first, measured
from .ladder import Rung
from .load import Load, Speed, expect
from .monitor import SAMPLE_MS, Sample

JUDGED = 4
"""Samples, two seconds, that a judgement needs; most of them must agree."""

PATIENT = 16
"""Samples, eight seconds, in which frames missed now and then are counted too."""

MISSED = 0.04
"""Share of the camera's frames that may be missed."""

SERIOUS = 0.08
"""Share that is not put up with even if the last change was only just made."""

SETTLE_SAMPLES = 1
"""After a change, before its figures are looked at."""

PAGE_AXES = ("segmenter", "stride", "backend", "scale", "frame_rate")
"""What the page changes, which takes time: a segmenter is loaded, a camera goes over."""

PAGE_SAMPLES = 5
"""After such a change, before its figures are looked at."""

REST_MS = 21_000.0
"""Between changes where frames are not being missed."""

PROBATION_MS = 15_000.0
"""After a step up, a step down counts as its failure."""

PENALTY_MS = 60_000.0
PENALTY_MAX_MS = 960_000.0

HEADROOM = 0.75
"""Share of each limit that a rung may be expected to take at the worst, to be tried."""


@dataclass(frozen=True, slots=True)
class Change:
    """From one rung to another, and why."""

    at_ms: float
    before: Rung
    after: Rung
    reason: str


class Controller:
    """One ladder on one machine.

    Args:
        ladder: from the best to the cheapest, at least one rung.
        budget: what may be taken.
        start: place of the rung in use.
        calibrated: whether `start` comes from a measurement of this machine.
    """

    def __init__(
        self, ladder: Sequence[Rung], budget: Budget, start: int, *, calibrated: bool = False
    ) -> None:
        self.budget = budget
        self.place = start
        self.machine: Speed | None = None
        """How slow this machine is now, as far as it is known."""
        self._ladder = ladder
        self.calibrated = calibrated
        """Whether this machine has been measured, now or on an earlier visit."""
        self._samples: deque[Sample] = deque(maxlen=2 * PATIENT)
        self._fresh = -SETTLE_SAMPLES
        self._changed_ms: float | None = None
        self._tried_ms: float | None = None
        self._failures: dict[int, int] = {}
        self._barred: dict[int, float] = {}

    @property
    def rung(self) -> Rung:
        """The one in use."""
        return self._ladder[self.place]

    def restart(self) -> None:
        """What was measured is void: another camera or size, a pause. What was learned stays."""
        self._samples.clear()
        self._fresh = -SETTLE_SAMPLES

    def observe(self, now_ms: float, sample: Sample) -> Change | None:
        """Another sample of the rung in use; gives the change to make now."""
        self._fresh += 1
        if self._fresh <= 0 or sample.frames == 0:
            return None
        self._samples.append(sample)
        if not self.calibrated and len(self._samples) >= SAMPLES:
            return self._calibrate(now_ms)
        if len(self._samples) < JUDGED:
            return None
        recent = list(self._samples)[-JUDGED:]
        self.machine = measured(self.rung, recent) or self.machine
        if self.machine is None:
            return None
        return self._relieve(now_ms, recent) or self._try_more(now_ms)

    def _calibrate(self, now_ms: float) -> Change | None:
        machine = measured(self.rung, self._samples)
        if machine is None:
            return None
        self.calibrated = True
        self.machine = machine
        place = first(self._ladder, machine, self._camera_fps, self.budget)
        return self._go(now_ms, place, "measured at the start")

    @property
    def _camera_fps(self) -> float:
        """What the camera gives, or would if this rung did not hold it back."""
        fps, own = self._samples[-1].camera_fps, self.rung.frame_rate
        return max(rung.frame_rate for rung in self._ladder) if fps > 0.9 * own else fps

    # Down

    def _relieve(self, now_ms: float, recent: Sequence[Sample]) -> Change | None:
        assert self.machine is not None
        camera_fps = self._camera_fps
        load = expect(self.rung, self.machine, camera_fps)
        rested = self._changed_ms is None or now_ms - self._changed_ms >= REST_MS
        late = sum(_share(each) > MISSED for each in recent)
        if late >= JUDGED - 1 and (rested or _shares(recent) > SERIOUS):
            return self._down(now_ms, self.machine, reasons.late(recent))
        if len(self._samples) >= PATIENT and rested:
            long = list(self._samples)[-PATIENT:]
            if _shares(long) > MISSED:
                worst = measured(self.rung, sorted(long, key=_work)[-JUDGED:])
                return self._down(now_ms, worst or self.machine, reasons.late(long))
        if not rested and self._tried_ms is None and self._changed_ms is not None:
            return None
        if load.age_ms > self.budget.age_ms:
            return self._down(now_ms, self.machine, reasons.old(load), fresher=load)
        if load.cores > 1.05 * self.budget.cores:
            return self._down(now_ms, self.machine, reasons.much(load, self.budget), lighter=load)
        return None

    def _down(
        self,
        now_ms: float,
        machine: Speed,
        reason: str,
        *,
        fresher: Load | None = None,
        lighter: Load | None = None,
    ) -> Change | None:
        """To the best of the cheaper rungs that is expected to do; at least one rung."""
        camera_fps = self._camera_fps
        below = self._cheaper()
        loads = {place: expect(self._ladder[place], machine, camera_fps) for place in below}
        if fresher:
            below = [place for place in below if loads[place].age_ms < 0.95 * fresher.age_ms]
        if lighter:
            below = [place for place in below if loads[place].cores < 0.97 * lighter.cores]
        if not below:
            return None
        place = next(
            (place for place in below if loads[place].within(self.budget, SHARE)), below[-1]
        )
        if self._tried_ms is not None and now_ms - self._tried_ms < PROBATION_MS:
            failures = self._failures[self.place] = self._failures.get(self.place, 0) + 1
            penalty = min(PENALTY_MS * 2 ** (failures - 1), PENALTY_MAX_MS)
            self._barred[self.place] = now_ms + penalty
        return self._go(now_ms, place, reason)

    def _cheaper(self) -> list[int]:
        """Those below that ask for as many frames; where none is left, for no fewer than come."""
        below = range(self.place + 1, len(self._ladder))
        same = [place for place in below if self._ladder[place].frame_rate >= self.rung.frame_rate]
        frames = sum(each.frames for each in list(self._samples)[-JUDGED:])
        rate = frames * 1000 / (JUDGED * SAMPLE_MS)
        return same or [place for place in below if self._ladder[place].frame_rate > 0.95 * rate]

    # Up

    def _try_more(self, now_ms: float) -> Change | None:
        if self._changed_ms is not None and now_ms - self._changed_ms < REST_MS:
            return None
        if len(self._samples) < 2 * PATIENT or _shares(self._samples) > MISSED / 2:
            return None
        worst = measured(self.rung, sorted(self._samples, key=_work)[-JUDGED:])
        slowest = measured(self.rung, sorted(self._samples, key=_trip)[-JUDGED:])
        if worst is None or slowest is None:
            return None
        machine = Speed(worst.frame, worst.learn, slowest.mask)
        camera_fps = self._camera_fps
        barred = max((place for place, until in self._barred.items() if now_ms < until), default=-1)
        loads = {
            place: expect(self._ladder[place], machine, camera_fps)
            for place in range(barred + 1, self.place)
        }
        well = [place for place, load in loads.items() if load.within(self.budget, HEADROOM)]
        # Nothing cheaper asks for more frames, so that it is this or the rate that there is.
        faster = [place for place, load in loads.items() if load.rate > 1.15 * self.rung.frame_rate]
        if not well and not faster:
            return None
        place = well[0] if well else faster[-1]
        change = self._go(now_ms, place, reasons.room(loads[place], camera_fps))
        self._tried_ms = now_ms
        return change

    def _go(self, now_ms: float, place: int, reason: str) -> Change | None:
        if place == self.place:
            return None
        before, self.place = self.rung, place
        self._changed_ms, self._tried_ms = now_ms, None
        self.restart()
        if any(getattr(before, axis) != getattr(self.rung, axis) for axis in PAGE_AXES):
            self._fresh = -PAGE_SAMPLES
        change = reasons.change(before, self.rung)
        return Change(now_ms, before, self.rung, f"{reason}: {change}")


def _share(sample: Sample) -> float:
    return sample.missed / max(1, sample.frames + sample.missed)


def _shares(samples: Sequence[Sample] | deque[Sample]) -> float:
    missed = sum(sample.missed for sample in samples)
    return missed / max(1, missed + sum(sample.frames for sample in samples))


def _work(sample: Sample) -> float:
    return sample.frame_ms or 0.0


def _trip(sample: Sample) -> float:
    return sample.trip_ms or 0.0
