"""The call from its start to its end."""

from __future__ import annotations

import sys
import time

from playwright.sync_api import Error

from tests.bench.call.figures import Call, figures
from tests.bench.call.watch import HiddenCall, hidden_call, overlay
from tests.bench.effort import Effort
from tests.bench.speed import camera
from tests.bench.speed.browser import BenchError
from tests.bench.speed.surroundings import surroundings

EVERY_S = 20.0
"""Between two looks: each collects garbage, for which every thread pauses."""


def measure(effort: Effort) -> Call | None:
    """Measure a hidden call for as long as the effort says; None where that is no time at all.

    Raises:
        BenchError: a page failed or complained, or was not hidden.
    """
    if effort.minutes == 0:
        return None
    with surroundings() as (playwright, site, folder):
        site.overlay.update(overlay())
        clip = camera.write(folder, camera.VGA)
        try:
            with hidden_call(playwright, site, clip) as call:
                found = _watch(call, effort.minutes)
                call.check()
        except (AssertionError, Error) as error:
            raise BenchError(f"the call failed: {error}") from error
    if any(each.visibility != "hidden" for each in found.controls):
        raise BenchError("the page was not hidden where it should be")
    return found


def ratios(figures: Call | None) -> dict[str, float]:
    """None: the others have no call."""
    return {}


def _watch(call: HiddenCall, minutes: float) -> Call:
    controls = [call.controls()]
    end = time.monotonic() + minutes * 60
    samples = [call.sample()]
    while (left_s := end - time.monotonic()) > 0:
        call.wait(min(EVERY_S, left_s))
        samples.append(call.sample())
        print(f"{samples[-1].minute:.1f} of {minutes:g} minutes", file=sys.stderr, flush=True)
    controls.append(call.controls())
    return figures(samples, controls)
