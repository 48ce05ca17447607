"""One answer under way, and how long it may take before nobody can be expected to give it."""

LEAST_MS = 1500.0
"""What any answerer is given."""

MOST_MS = 5000.0
"""What one is given that has not answered yet: its first answer takes longest."""

TIMES = 10.0
"""How often as long as it usually takes an answer may take, between those."""

FADING = 0.9
"""How much of the longest answer is remembered from one answer to the next."""

LAPSE_MS = 500.0
"""Who was not asked for this long stood still too, and cannot tell who else is late."""


class Awaited:
    """Time is an argument, in milliseconds of a clock that may be stopped for a while."""

    def __init__(self) -> None:
        self.asked_ms: float | None = None
        """When it was last asked for."""
        self.under_way = False
        self._since_ms = 0.0
        """The same, later by what does not count."""
        self._seen_ms = 0.0
        self._usual_ms: float | None = None

    def ask(self, now_ms: float) -> None:
        """It was asked for now."""
        self.asked_ms = self._since_ms = self._seen_ms = now_ms
        self.under_way = True

    def settle(self, now_ms: float) -> bool:
        """It came, or will not come; whether it was awaited at all."""
        awaited = self.under_way
        if awaited:
            faded = 0.0 if self._usual_ms is None else FADING * self._usual_ms
            self._usual_ms = max(now_ms - self._since_ms, faded)
        self.under_way = False
        return awaited

    def overdue(self, now_ms: float) -> bool:
        """Whether it must be given up; it is, then. To be asked again and again."""
        lapse_ms, self._seen_ms = now_ms - self._seen_ms, now_ms
        if not 0 <= lapse_ms <= LAPSE_MS:
            self._since_ms += lapse_ms
        if not self.under_way or now_ms - self._since_ms <= self.limit_ms:
            return False
        self.under_way = False
        # Whoever comes in their place answers for the first time.
        self._usual_ms = None
        return True

    @property
    def limit_ms(self) -> float:
        """How long it may take."""
        if self._usual_ms is None:
            return MOST_MS
        return min(max(LEAST_MS, TIMES * self._usual_ms), MOST_MS)
