"""What an earlier visit would have measured of this machine."""

from __future__ import annotations

from cyclorama.tuning.calibration import Calibration
from cyclorama.tuning.load import Speed
from tests.harness.scripted import Scripted

# As web/tuning.js names it.
MACHINE = "`${navigator.hardwareConcurrency} ${navigator.userAgent}`"


def calibrated(page: Scripted, speed: Speed) -> str:
    """Option `calibration` of `createCyclorama`, as kept by a visit that found this speed."""
    return Calibration(page.evaluate(MACHINE), speed).dumps()
