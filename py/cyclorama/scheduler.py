"""When to ask for what. Pure: time is an argument, in milliseconds of any steady clock.

Frames are *pulled*: one request at a time, answered with the newest, so that a slow moment costs
frames and never builds a queue. Deadlines lie one period apart and lock to the camera: each is put
a little earlier than the last, until a pull comes too early and brings nothing new, which pushes
the deadlines back. So pulls stay just behind the camera, where the picture is freshest and no
frame is met twice or skipped, and neither clock has to be believed.

Masks are asked for along with a frame, as often as the segmenter answers but no more often than
`mask_interval_ms`; nothing ever waits for one.
"""

from dataclasses import dataclass

from .awaited import Awaited

EARLIER_MS = 0.3
"""How much each deadline moves towards the camera: follows one that runs 0.9 % fast at 30 fps."""

RETRY_MS = 3.0
"""Wait after a pull that brought nothing new."""

RETRY_MAX_MS = 20.0
"""The wait grows to this while the camera is silent."""

MASK_INTERVAL_MS = 75.0
"""Every third frame at 30 per second; more masks add nothing that is seen."""

SLIDE_INTERVAL_MS = 66.0
"""A shared picture is asked for some fifteen times per second: it is read, not watched."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do next."""

    delay_ms: float
    """How long to wait before the next pull."""

    mask: bool
    """Whether that pull should ask for a mask as well."""

    overdue: bool
    """Whether the mask asked for earlier must be given up."""

    slide: bool
    """Whether that pull should ask for a slide as well."""


class Scheduler:
    """Decides every pull; see the module.

    Args:
        frame_rate: frames per second to aim at, 1 … 60.
    """

    def __init__(self, frame_rate: float) -> None:
        self.frame_rate = frame_rate
        self.dropped = 0
        self.mask_interval_ms = MASK_INTERVAL_MS
        """At least, between two masks."""
        self.slides = False
        """Whether slides are wanted at all."""
        self._due: float | None = None
        self._retry_ms = RETRY_MS
        self._last_timestamp: int | None = None
        self._mask = Awaited()
        self._slide_asked: float | None = None

    @property
    def frame_rate(self) -> float:
        """Frames per second aimed at; raises ValueError when set outside 1 … 60."""
        return self._frame_rate

    @frame_rate.setter
    def frame_rate(self, value: float) -> None:
        if not 1 <= value <= 60:
            raise ValueError(f"frame rate must be between 1 and 60, got {value}")
        self._frame_rate = value

    @property
    def period_ms(self) -> float:
        """Between two deadlines."""
        return 1000 / self._frame_rate

    def plan(self, now_ms: float) -> Plan:
        """What to do next, as seen at `now_ms`."""
        delay = 0.0 if self._due is None else max(0.0, self._due - now_ms)
        # More than that is left only where the clock was set back.
        delay = min(delay, max(self.period_ms, RETRY_MAX_MS))
        overdue = self._mask.overdue(now_ms)
        at = now_ms + delay
        asked = self._mask.asked_ms
        rested = asked is None or not 0 <= at - asked < self.mask_interval_ms
        slide = self.slides and (
            self._slide_asked is None or at - self._slide_asked >= SLIDE_INTERVAL_MS
        )
        return Plan(delay, rested and not self._mask.under_way, overdue, slide)

    def frame(self, now_ms: float, timestamp_us: int, *, mask: bool, slide: bool = False) -> None:
        """A new frame came.

        Args:
            now_ms: when.
            timestamp_us: of the frame.
            mask: whether the segmenter was given it too.
            slide: whether a slide was asked for along with it.
        """
        due = now_ms if self._due is None else self._due
        late = now_ms - due
        # A pull that had to be repeated, or that came a whole period late, starts a new row of
        # deadlines; the others keep the row, however unpunctual the answer was.
        if self._retry_ms > RETRY_MS or late >= self.period_ms:
            due = now_ms
        self._due = due + self.period_ms - EARLIER_MS
        self._retry_ms = RETRY_MS
        self._count_dropped(timestamp_us)
        if mask:
            self._mask.ask(now_ms)
        if slide:
            self._slide_asked = now_ms

    def repeat(self, now_ms: float) -> None:
        """Nothing new was there: a little later it will be."""
        self._due = now_ms + self._retry_ms
        self._retry_ms = min(self._retry_ms * 1.5, RETRY_MAX_MS)

    def mask(self, now_ms: float) -> bool:
        """The mask that was asked for came, or will not come; whether one was awaited at all."""
        return self._mask.settle(now_ms)

    def restart(self) -> None:
        """A new camera or size: forget the phase and what is under way."""
        self._due = None
        self._last_timestamp = None
        self._retry_ms = RETRY_MS
        self._mask = Awaited()

    def _count_dropped(self, timestamp_us: int) -> None:
        previous, self._last_timestamp = self._last_timestamp, timestamp_us
        if previous is not None:
            periods = round((timestamp_us - previous) / 1000 / self.period_ms)
            self.dropped += max(0, periods - 1)
