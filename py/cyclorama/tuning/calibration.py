"""Where to begin: how slow this machine is, from its first two seconds, or from a visit before."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from .budget import Budget
from .ladder import LADDER, Rung
from .load import Speed, expect, speed
from .monitor import Sample

CALIBRATION_MS = 2000.0
"""At most; the first composites already run."""

SAMPLES = 3
"""Of half a second, that are enough."""

SHARE = 0.85
"""Of each limit that the first rung may take."""

VERSION = 1

SLOWEST = 1000.0
"""No machine that can be used is so many times as slow as ours."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is remembered of a machine."""

    machine: str
    """Names browser and processor, whatever that is there."""
    speed: Speed

    def dumps(self) -> str:
        """As JSON."""
        return json.dumps(
            {
                "version": VERSION,
                "ladder": fingerprint(),
                "machine": self.machine,
                "speed": asdict(self.speed),
            }
        )


def loads(text: str, machine: str) -> Calibration | None:
    """What was remembered, from anywhere and so of any shape.

    Returns:
        None where it is not ours, of another version, ladder or machine, or makes no sense.
    """
    try:
        kept = json.loads(text)
        known = (kept["version"], kept["ladder"], kept["machine"])
        values = [float(kept["speed"][name]) for name in ("frame", "learn", "mask")]
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None
    if known != (VERSION, fingerprint(), machine):
        return None
    if not all(0 < value < SLOWEST for value in values):
        return None
    return Calibration(machine, Speed(*values))


def fingerprint() -> int:
    """Of the ladder: another one when any rung of it is."""
    return zlib.crc32(repr(LADDER).encode())


def measured(rung: Rung, samples: Sequence[Sample]) -> Speed | None:
    """How slow the machine is, in the middle of these samples of one rung.

    Returns:
        None where frames or masks are still missing.
    """
    frames = [sample.frame_ms for sample in samples if sample.frame_ms]
    learns = [sample.learn_ms for sample in samples if sample.learn_ms]
    trips = [sample.trip_ms for sample in samples if sample.trip_ms]
    if not frames or not learns or not trips:
        return None
    return speed(rung, median(frames), median(learns), median(trips))


def first(
    ladder: Sequence[Rung], machine: Speed, camera_fps: float, budget: Budget, share: float = SHARE
) -> int:
    """The place of the best rung that this machine is expected to hold well.

    Where none keeps to every limit, the best of those that give the most frames, then the
    freshest mask.
    """
    loads_ = [expect(rung, machine, camera_fps) for rung in ladder]
    for place, load in enumerate(loads_):
        if load.within(budget, share) and load.rate >= camera_fps - 0.5:
            return place
    most = max(load.rate for load in loads_)
    holding = [place for place, load in enumerate(loads_) if load.rate >= 0.97 * most]
    return min(holding, key=lambda place: (round(loads_[place].age_ms / 50), place))
