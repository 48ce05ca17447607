"""The latency of every case, visible and hidden."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Playwright

from tests.bench.effort import Effort
from tests.bench.latency import clip
from tests.bench.latency.clip import Clip
from tests.bench.latency.sightings import first_sights, latencies
from tests.bench.speed.browser import BenchError, Tab
from tests.bench.speed.camera import VGA
from tests.bench.speed.machine import CpuTime
from tests.bench.speed.session import started
from tests.bench.speed.subjects import CAMERA, NO_REST, OURS, WEBGL_ARTICLE, Case, cases
from tests.bench.speed.surroundings import surroundings
from tests.bench.speed.window import Quantiles, quantiles
from tests.harness import marker, recording
from tests.harness.site import Site

TRACKS = ("ready.camera", "ready.track")


@dataclass(frozen=True)
class Latency:
    """A case in one state of its page, over all its runs."""

    subject: str
    size: str
    state: str
    latency_ms: Quantiles
    frames: int
    """So many numbers were seen in both tracks."""
    read: float
    """Percent of the output's frames whose number could be read."""
    others_cores: float
    """Most cores that meanwhile worked for somebody else; near 0 where figures are good."""


def measure(effort: Effort) -> list[Latency]:
    """Measure each case visible and hidden, as often as the effort says.

    Raises:
        BenchError: a page failed, was not hidden when it should be, or nothing came out of it.
        NoFootageError: the footage is not what is expected.
    """
    chosen = [case for case in cases(effort) if _wanted(case, effort)]
    turns = [case for _ in range(effort.repeats) for case in chosen]
    seen: dict[tuple[Case, str], list[_Seen]] = {}
    with surroundings() as (playwright, site, folder):
        written = {size: clip.write(folder, size) for size in {case.size for case in chosen}}
        for number, case in enumerate(turns, 1):
            print(f"{number} of {len(turns)}: {case.name}", file=sys.stderr, flush=True)
            for state, each in _watch(playwright, site, case, written[case.size], effort.seconds):
                seen.setdefault((case, state), []).append(each)
    return [_latency(case, state, runs) for (case, state), runs in seen.items()]


@dataclass(frozen=True)
class _Seen:
    """One run."""

    latencies_ms: list[float]
    frames: int
    read: int
    others_cores: float | None


def _wanted(case: Case, effort: Effort) -> bool:
    if case.subject is WEBGL_ARTICLE and not effort.full:
        return False  # it shows too few frames in a short time
    return case.subject is OURS or (case.subject not in (CAMERA, NO_REST) and case.size is VGA)


def _watch(
    playwright: Playwright, site: Site, case: Case, camera: Clip, seconds: float
) -> Iterator[tuple[str, _Seen]]:
    with started(playwright, site, case, camera.path) as tab:
        yield "visible", _look(tab, site, camera, seconds)
        tab.hide()
        tab.controls().require_hidden()
        yield "hidden", _look(tab, site, camera, seconds)


def _look(tab: Tab, site: Site, camera: Clip, seconds: float) -> _Seen:
    """Read both tracks in one worker: its clock and its waiting are the same for both."""
    recorder = recording.start(tab.page, site, *TRACKS, boxes=camera.boxes)
    cpu = CpuTime.now(tab.cdp)
    time.sleep(seconds)
    others_cores = CpuTime.now(tab.cdp).others_since(cpu)
    frames = recorder.stop().frames
    shown, came_out = ([frame for frame in frames if frame.track == track] for track in (0, 1))
    sights = first_sights(shown)
    if not sights:
        raise BenchError("the camera's track shows no numbers")
    return _Seen(
        latencies_ms=latencies(sights, first_sights(came_out)),
        frames=len(came_out),
        read=sum(marker.decode(frame.boxes) is not None for frame in came_out),
        others_cores=others_cores,
    )


def _latency(case: Case, state: str, runs: Sequence[_Seen]) -> Latency:
    found = [latency for run in runs for latency in run.latencies_ms]
    if not found:
        raise BenchError(f"{case.name} {state} showed no frame whose number could be read")
    frames = sum(run.frames for run in runs)
    return Latency(
        subject=case.subject.name,
        size=str(case.size),
        state=state,
        latency_ms=quantiles(found),
        frames=len(found),
        read=100 * sum(run.read for run in runs) / frames,
        others_cores=max(filter(None, (run.others_cores for run in runs)), default=0.0),
    )
