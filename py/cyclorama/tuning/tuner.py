"""Ladder, monitor and controller of one compositor, and what is kept of the machine."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from .budget import BUDGETS
from .calibration import Calibration, first, loads
from .controller import Change, Controller
from .cost import BACKENDS
from .ladder import DEFAULT, LADDER, Offer, Rung, nearest, plain, rungs
from .monitor import Monitor


@dataclass(frozen=True, slots=True)
class Wish:
    """What the page asks for; `Tuning` of worker/protocol.d.ts."""

    budget: str
    offer: Offer
    pins: dict[str, Any]
    current: Rung
    machine: str
    kept: str

    @classmethod
    def loads(cls, text: str) -> "Wish":
        """From JSON; raises ValueError for a budget or backend that is none, naming it."""
        wish = json.loads(text)
        if wish["budget"] not in BUDGETS:
            raise ValueError(f"tuning must be off, {', '.join(BUDGETS)}, got {wish['budget']!r}")
        if wish["backend"] not in BACKENDS:
            raise ValueError(f"backend must be {', '.join(BACKENDS)}, got {wish['backend']!r}")
        segmenters = {name: tuple(strides) for name, strides in wish["segmenters"].items()}
        offer = Offer(segmenters, wish["backend"], wish["frameRate"])
        current = Rung(**wish["current"])
        return cls(
            wish["budget"], offer, wish["pins"], current, wish["machine"], wish["kept"] or ""
        )


class Tuner:
    """Tells which rung to work on. Feed `monitor`, ask `change` after each composite.

    Args:
        wish: what to tune within.
        before: the tuner of the wish before, where there was one; what it knows still holds.
    """

    def __init__(self, wish: Wish, before: "Tuner | None" = None) -> None:
        rate = wish.offer.frame_rate
        # At another rate, the distances between frames so far would look like missed ones.
        same_rate = before is not None and before._wish.offer.frame_rate == rate
        self.monitor: Monitor = before.monitor if before and same_rate else Monitor(rate)
        self._wish: Wish = wish
        self._kept: bool = before is not None and before._kept
        budget = BUDGETS[wish.budget]
        ladder = rungs(wish.offer, wish.pins, LADDER if budget.extra else USUAL)
        running = replace(before.rung, **wish.pins) if before else wish.current
        start = nearest(ladder, running)
        self._coming: Change | None = None
        known = None if before else loads(wish.kept, wish.machine)
        if known:
            start = first(ladder, known.speed, rate, budget)
        calibrated = before.calibrated if before else known is not None
        self._controller = Controller(ladder, budget, start, calibrated=calibrated)
        if self.rung != plain(running, wish.offer):
            reason = "as this machine was measured before" if known else "as near as can be"
            self._coming = Change(0.0, running, self.rung, reason)

    def serves(self, wish: Wish) -> bool:
        """Whether this wish asks for nothing else: what runs and what is kept is no wish."""
        same = replace(wish, current=self._wish.current, kept=self._wish.kept)
        return same == self._wish

    @property
    def calibrated(self) -> bool:
        """Whether this machine has been measured."""
        return self._controller.calibrated

    @property
    def rung(self) -> Rung:
        """The one to work on."""
        return self._controller.rung

    def change(self, now_ms: float) -> Change | None:
        """What to change now."""
        if self._coming:
            coming, self._coming = self._coming, None
            return Change(now_ms, coming.before, coming.after, coming.reason)
        sample = self.monitor.sample(now_ms)
        change = self._controller.observe(now_ms, sample) if sample else None
        if change and change.before.frame_rate != change.after.frame_rate:
            self.monitor.aim(change.after.frame_rate)
        return change

    def calibration(self) -> str | None:
        """What is to be remembered of this machine, JSON, once it was measured."""
        if self._kept or self._controller.machine is None:
            return None
        self._kept = True
        return Calibration(self._wish.machine, self._controller.machine).dumps()

    def restart(self) -> None:
        """Another camera, or a pause: what is under way says nothing."""
        self.monitor.restart()
        self._controller.restart()


USUAL = LADDER[LADDER.index(DEFAULT) :]
"""What is used where nobody asked for the best that the machine has."""


def dumps(change: Change) -> dict[str, Any]:
    """A change as JSON holds it, without what was before; `TunedMessage`."""
    return {"rung": asdict(change.after), "reason": change.reason}
