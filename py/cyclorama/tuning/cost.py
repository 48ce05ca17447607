"""What a rung takes, in milliseconds of the machine of docs/matte.md: only the ratios count.

The frame thread's are live medians at 640×480, the segmenter's are those of its own thread. What a
machine really takes is measured; these say what another rung would take there.
"""

from dataclasses import dataclass

from .ladder import Rung

MATTE = {"finest": 7.7, "fine": 5.6, "good": 4.6, "fair": 4.0, "low": 4.0, "lowest": 2.9}
"""Per frame, by step."""

LEARN = {"finest": 11.6, "fine": 11.5, "good": 8.2, "fair": 7.5, "low": 7.5, "lowest": 4.4}
"""Per mask, by step."""

REST = 6.5
"""Per frame, whatever the step: pixels in, composite, pixels out."""

FIXED = 0.5
"""Per frame, whatever the size: messages."""

SEGMENTERS = {
    "bodypix-050": (12.0, 94.0),
    "bodypix-075": (13.0, 177.0),
    "bodypix-100": (15.0, 290.0),
    "bodypix-resnet": (40.0, 900.0),
    "selfie": (22.0, 0.0),
}
"""Per mask, at stride 16: whatever is looked at, and for a look at the whole frame."""

FINER = 2.5
"""Times as much at stride 8."""

BACKENDS = {"wasm": 1.0, "webgl": 0.6, "webgpu": 0.4}
"""Times as much, on a machine with a graphics processor."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: of the frame thread per frame and per mask, of the segmenter per mask."""

    frame_ms: float
    learn_ms: float
    mask_ms: float


def of(rung: Rung) -> Cost:
    """What this rung takes."""
    area = rung.scale**2
    whole, look = SEGMENTERS[rung.segmenter]
    finer = FINER if rung.stride == 8 else 1.0
    look_ms = finer * look * rung.resolution**2 * area
    return Cost(
        frame_ms=FIXED + (REST + MATTE[rung.quality]) * area,
        learn_ms=LEARN[rung.quality] * area,
        mask_ms=BACKENDS[rung.backend] * (whole + look_ms),
    )
