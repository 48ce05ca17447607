"""A machine: cores that a frame thread, a segmenter and other programs share, and a camera.

Two threads of ours work, as in the product: the frame thread pulls with the product's own
scheduler, composites and learns masks; the segmenter makes one mask at a time. Where more threads
are busy than there are cores, all are slower alike. Costs are those of `tuning.cost`, made wrong
by up to `wrong`, with noise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from cyclorama.scheduler import Scheduler
from cyclorama.tuning import cost
from cyclorama.tuning.controller import Change, Controller
from cyclorama.tuning.ladder import Rung
from cyclorama.tuning.monitor import Monitor

PULL_MS = 1.0
"""Between asking for a frame and having it."""

SWITCH_MS = 1500.0
"""Until another segmenter has been loaded; the one before works on meanwhile."""

STEP_MS = 50.0
"""How often the other programs' load is looked at."""


@dataclass(frozen=True)
class Machine:
    """What it is like, apart from what it does with a rung."""

    name: str
    slow: float
    """Times as long as `tuning.cost` says."""
    cores: float = 2
    camera_fps: float = 30
    stubborn: bool = False
    """Whether the camera stays at its rate whatever it is asked for."""
    load: Callable[[float], float] = lambda _: 0.0
    """Busy threads of other programs, by time in ms."""
    heat: Callable[[float], float] = lambda _: 1.0
    """Times as slow, by time in ms."""
    dark: Callable[[float], float] = lambda _: 1.0
    """What the camera's rate is multiplied by, by time in ms."""
    noise: float = 0.1
    wrong: float = 0.15
    seed: int = 1


@dataclass
class Run:
    """What came of it. Times in ms."""

    shown: list[float] = field(default_factory=list)
    camera: list[float] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)
    """Of the mask on each frame."""

    def fps(self, start_ms: float, end_ms: float) -> float:
        """Frames per second between two times."""
        return _within(self.shown, start_ms, end_ms) * 1000 / (end_ms - start_ms)


def _within(times: list[float], start_ms: float, end_ms: float) -> int:
    return sum(start_ms <= time < end_ms for time in times)


class Simulation:
    """One machine with one way to work: a fixed rung, or a controller."""

    def __init__(self, machine: Machine, rung: Rung, controller: Controller | None = None) -> None:
        self.machine = machine
        self.run = Run()
        self._rung = rung
        self._segmenting = rung
        self._controller = controller
        self._random = random.Random(machine.seed)
        self._now = 0.0
        self._looked = -math.inf
        self._load = 0.0
        self._heat = 1.0
        self._camera_next = 0.0
        self._newest = -1
        self._mask_left: float | None = None
        self._mask_frame_ms = 0.0
        self._mask_ready = False
        self._newest_mask_ms: float | None = None
        self._switching: tuple[float, Rung] | None = None
        self._costs: dict[Rung, tuple[float, float, float]] = {}
        self._apply(rung)

    def play(self, seconds: float) -> Run:
        """The product's loop for so long."""
        scheduler, monitor = Scheduler(self._rung.frame_rate), Monitor(self._rung.frame_rate)
        last = -1
        while self._now < seconds * 1000:
            scheduler.mask_interval_ms = self._rung.mask_interval_ms
            scheduler.frame_rate = self._rung.frame_rate
            due = self._now + scheduler.plan(self._now).delay_ms
            while self._now < due or self._mask_ready:
                if self._mask_ready:
                    self._learn(scheduler, monitor)
                else:
                    self._pass(due - self._now, working=False)
            plan = scheduler.plan(self._now)
            self._pass(PULL_MS, working=False, through=True)
            self._see()
            if self._newest == last:
                scheduler.repeat(self._now)
                monitor.repeat()
            else:
                last = self._newest
                timestamp = round(self.run.camera[last] * 1000)
                scheduler.frame(self._now, timestamp, mask=plan.mask)
                monitor.frame(self._now, timestamp, mask=plan.mask)
                if plan.mask:
                    self._mask_left = self._cost(self._segmenting).mask_ms
                    self._mask_frame_ms = self._now
                began = self._now
                self._work(self._cost(self._rung).frame_ms)
                monitor.worked(self._now - began)
                self._show()
            self._control(monitor)
        return self.run

    def skip(self, seconds: float) -> Run:
        """The peers' loop: mask and composite of the newest frame, one after the other."""
        last = -1
        while self._now < seconds * 1000:
            self._see()
            if self._newest == last:
                self._pass(self._camera_next - self._now, working=False)
                continue
            last = self._newest
            self._newest_mask_ms = self._now
            needed = self._cost(self._rung)
            self._work(needed.frame_ms + needed.mask_ms)
            self._show()
        return self.run

    def _show(self) -> None:
        if self._newest_mask_ms is not None:
            self.run.shown.append(self._now)
            self.run.ages.append(self._now - self._newest_mask_ms)

    def _learn(self, scheduler: Scheduler, monitor: Monitor) -> None:
        self._mask_ready = False
        self._newest_mask_ms = self._mask_frame_ms
        scheduler.mask(self._now)
        monitor.mask(self._now)
        began = self._now
        self._work(self._cost(self._rung).learn_ms)
        monitor.learned(self._now - began)

    def _control(self, monitor: Monitor) -> None:
        if self._switching and self._now >= self._switching[0]:
            self._segmenting, self._switching = self._switching[1], None
        sample = monitor.sample(self._now)
        if not sample or not self._controller:
            return
        change = self._controller.observe(self._now, sample)
        if change:
            self.run.changes.append(change)
            if change.after.frame_rate != change.before.frame_rate:
                monitor.aim(change.after.frame_rate)
            self._apply(change.after)

    def _apply(self, rung: Rung) -> None:
        before, self._rung = self._segmenting, rung
        if (before.segmenter, before.stride, before.backend) == (
            rung.segmenter,
            rung.stride,
            rung.backend,
        ):
            self._segmenting, self._switching = rung, None
        else:
            self._switching = (self._now + SWITCH_MS, rung)

    # Time

    def _work(self, ms: float) -> None:
        left = ms
        while left > 1e-9:
            left -= self._pass(left, working=True)

    def _pass(self, most: float, *, working: bool, through: bool = False) -> float:
        """Let time go by, to the next event; gives what the frame thread got done, or the time.

        Args:
            most: of work or, where it does not work, of time, in ms.
            working: whether the frame thread works.
            through: whether to stop for no event.
        """
        if self._now - self._looked >= STEP_MS:
            self._looked = self._now
            self._load = self.machine.load(self._now)
            self._heat = self.machine.heat(self._now)
        active = working + (self._mask_left is not None)
        speed = 1.0
        if active:
            speed = min(1.0, self.machine.cores / (active + self._load)) / self._heat
        took = most / speed if working else most
        took = max(took, 1e-6)
        if not through:
            took = min(took, STEP_MS)
            if self._mask_left is not None:
                took = min(took, max(1e-6, self._mask_left / speed))
        self._now += took
        if self._mask_left is not None:
            self._mask_left -= took * speed
            if self._mask_left <= 1e-6:
                self._mask_left, self._mask_ready = None, True
        return took * speed if working else took

    def _see(self) -> None:
        """The camera's frames up to now."""
        while self._camera_next <= self._now:
            self.run.camera.append(self._camera_next)
            self._newest += 1
            fps = self.machine.camera_fps
            if not self.machine.stubborn:
                fps = min(fps, self._rung.frame_rate)
            period = 1000 / (fps * self.machine.dark(self._now))
            jitter = self._random.gauss(0, 0.3)
            self._camera_next += period + jitter

    def _cost(self, rung: Rung) -> cost.Cost:
        if rung not in self._costs:
            usual = cost.of(rung)
            off = random.Random(repr((self.machine.seed, rung)))
            wrong = self.machine.wrong
            frame, learn, mask = (
                self.machine.slow * (1 + off.uniform(-wrong, wrong)) for _ in range(3)
            )
            self._costs[rung] = (
                usual.frame_ms * frame,
                usual.learn_ms * learn,
                usual.mask_ms * mask,
            )
        noise = max(0.5, self._random.gauss(1, self.machine.noise))
        frame_ms, learn_ms, mask_ms = self._costs[rung]
        return cost.Cost(frame_ms * noise, learn_ms * noise, mask_ms * noise)
