"""What a machine does on one rung, measured, and what it would do on another, expected."""

from dataclasses import dataclass

from . import cost
from .budget import Budget
from .ladder import Rung


@dataclass(frozen=True, slots=True)
class Speed:
    """How slow a machine is: what it takes, divided by what `cost` says. 1 is as it says."""

    frame: float
    learn: float
    mask: float


@dataclass(frozen=True, slots=True)
class Load:
    """What a rung means for a machine."""

    frame_ms: float
    """Of the frame thread, per frame."""
    busy: float
    """Share of its time that the frame thread works, or would have to: may be above 1."""
    cores: float
    """Frame thread and segmenter together."""
    age_ms: float
    """Of a mask, in the last frame that it is used on."""
    rate: float
    """Frames per second that come out."""

    def within(self, budget: Budget, share: float = 1.0) -> bool:
        """Whether it keeps to this share of every limit."""
        return (
            self.busy <= share * budget.busy
            and self.age_ms <= share * budget.age_ms
            and self.cores <= share * budget.cores
        )


def speed(rung: Rung, frame_ms: float, learn_ms: float, trip_ms: float) -> Speed:
    """How slow a machine is that took this, on this rung."""
    usual = cost.of(rung)
    return Speed(frame_ms / usual.frame_ms, learn_ms / usual.learn_ms, trip_ms / usual.mask_ms)


def expect(rung: Rung, machine: Speed, camera_fps: float) -> Load:
    """What this rung means for a machine of this speed and a camera of this rate."""
    usual = cost.of(rung)
    frame_ms = usual.frame_ms * machine.frame
    trip_ms = usual.mask_ms * machine.mask
    target = min(camera_fps, rung.frame_rate)
    # A mask is asked for along with a frame, one at a time.
    cycle_ms = max(rung.mask_interval_ms, trip_ms) + 500 / target
    masks_ms = usual.learn_ms * machine.learn * 1000 / cycle_ms
    busy = (frame_ms * target + masks_ms) / 1000
    return Load(
        frame_ms=frame_ms,
        busy=busy,
        cores=min(busy, 1.0) + trip_ms / cycle_ms,
        age_ms=trip_ms + cycle_ms,
        rate=min(target, max(0.0, 1000 - masks_ms) / frame_ms) if frame_ms else target,
    )
