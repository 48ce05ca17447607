"""What happened, in samples of half a second. It keeps a slow camera apart from a slow machine.

A frame that comes after a pull which brought nothing new is the very next of the camera, and
nothing was missed. A larger distance without such a pull means that frames came while the machine
was at work. Those that were waited for are the late ones, so that the camera's period is the middle
of all distances that are no longer than theirs.

Where fewer frames are asked for than the camera gives, at 24 of its 30, every fifth is left out and
not missed: then it counts how many came in the time, not how far apart two are.
"""

from collections import deque
from dataclasses import dataclass
from statistics import fmean, median

SAMPLE_MS = 500.0

STALL_MS = 700.0
"""A gap this long is no slow machine: a page that was blocked, a lid that was closed."""

PERIODS = 30
"""Distances between frames that are looked at to find the camera's rate."""

WAITS = 5
"""Of those that were waited for; the last of them may be long ago."""

LATE = 1.4
"""Times the camera's period that a frame may come after the one before, with none between."""


FASTER = 1.1
"""Times as many frames as were asked for, from which on the camera gives more than that."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Half a second. Times are means, in milliseconds; None where nothing was measured."""

    frames: int
    missed: int
    """Of the camera's frames, because of the machine."""
    frame_ms: float | None
    """Of the frame thread, per frame."""
    learn_ms: float | None
    """Of the frame thread, per mask."""
    trip_ms: float | None
    """From asking for a mask to having it."""
    camera_fps: float


class Monitor:
    """Collects events; `sample` gives what they come to.

    Args:
        frame_rate: frames per second that the camera was asked for, until it shows its own.
    """

    def __init__(self, frame_rate: float) -> None:
        self._gaps: deque[float] = deque(maxlen=PERIODS)
        self._waits: deque[float] = deque(maxlen=WAITS)
        self._wished_ms = 1000 / frame_rate
        self.restart()

    def aim(self, frame_rate: float) -> None:
        """The camera was asked for another rate."""
        self._gaps.clear()
        self._waits.clear()
        self._wished_ms = 1000 / frame_rate
        self.restart()

    def restart(self) -> None:
        """What was under way is void: another camera, another size, a pause."""
        self._began: float | None = None
        self._last_us: int | None = None
        self._waited = True
        self._owed = 0.0
        self._asked: float | None = None
        self._clear()

    def frame(self, now_ms: float, timestamp_us: int, *, mask: bool) -> None:
        """A new frame came; whether the segmenter was given it too."""
        last, self._last_us = self._last_us, timestamp_us
        gap_ms = 0.0 if last is None else (timestamp_us - last) / 1000
        if 0 < gap_ms < STALL_MS:
            self._gaps.append(gap_ms)
            if self._waited:
                self._waits.append(gap_ms)
            self._missed += self._missing(gap_ms)
        self._waited = False
        self._frames += 1
        if mask:
            self._asked = now_ms

    def _missing(self, gap_ms: float) -> int:
        """Frames that are missing in this distance: none where the next one was waited for."""
        if self._wished_ms < FASTER * self._period_ms:
            return 0 if self._waited else max(0, round(gap_ms / self._period_ms) - 1)
        # What comes early is good for one that comes late, and for no more than that.
        late = gap_ms / self._wished_ms - 1
        self._owed = max(-1.0, self._owed + (min(0.0, late) if self._waited else late))
        missing = max(0, round(self._owed))
        self._owed -= missing
        return missing

    def repeat(self) -> None:
        """A pull brought nothing new: the machine is ahead of the camera."""
        self._waited = True

    def worked(self, ms: float) -> None:
        """The frame thread spent so long on a frame."""
        self._work.append(ms)

    def mask(self, now_ms: float) -> None:
        """The mask that was asked for came."""
        if self._asked is not None:
            self._trips.append(now_ms - self._asked)
        self._asked = None

    def learned(self, ms: float) -> None:
        """The frame thread spent so long on a mask."""
        self._learn.append(ms)

    def sample(self, now_ms: float) -> Sample | None:
        """What happened since the last one; None before half a second is over."""
        if self._began is None:
            self._clear()
            self._began = now_ms
        if now_ms - self._began < SAMPLE_MS:
            return None
        trips = list(self._trips)
        if not trips and self._asked is not None and now_ms - self._asked > SAMPLE_MS:
            # It takes at least as long as it is waited for.
            trips = [now_ms - self._asked]
        sample = Sample(
            self._frames,
            self._missed,
            _mean(self._work),
            _mean(self._learn),
            _mean(trips),
            1000 / self._period_ms,
        )
        self._began = now_ms
        self._clear()
        return sample

    @property
    def _period_ms(self) -> float:
        waited_ms = median(self._waits) if self._waits else self._wished_ms
        return median([gap for gap in self._gaps if gap < LATE * waited_ms] or [waited_ms])

    def _clear(self) -> None:
        self._frames = self._missed = 0
        self._work: list[float] = []
        self._learn: list[float] = []
        self._trips: list[float] = []


def _mean(values: list[float]) -> float | None:
    return fmean(values) if values else None
