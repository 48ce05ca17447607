"""The figures of one stretch of measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.bench.speed.browser import Controls, Probed
from tests.harness.recording import SeenFrame


@dataclass(frozen=True)
class Quantiles:
    """Middle and tail, in milliseconds."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Output:
    """What the track showed."""

    distinct_fps: float
    """Pictures per second that differ from the one before."""
    repeated_fps: float
    """Frames per second that show the picture before once more."""
    interval_ms: Quantiles | None
    """Between two distinct pictures; None where there were fewer than three."""
    longest_interval_ms: float
    """Likewise, with the ends of the measurement counted as pictures."""


@dataclass(frozen=True)
class MainThread:
    """How busy the page's main thread was, since the window before or the first composite."""

    cpu_ms_per_second: float
    """Processor time, in the window alone."""
    answer_ms: Quantiles
    """How long it took to answer a worker."""
    longest_answer_ms: float
    longest_task_ms: float | None
    """0 where none took over 50 ms; None in a hidden page, where the browser does not say."""
    long_tasks: int | None
    """How many took over 50 ms; likewise."""


@dataclass(frozen=True)
class Window:
    """What was measured of a subject in one state of its page."""

    subject: str
    state: str
    """`visible` or `hidden`."""
    repeat: int
    seconds: float
    browser: str
    """Version of Chromium."""
    controls: Controls
    output: Output
    masks_per_second: float
    mask_age_ms: Quantiles
    stages_ms: dict[str, Quantiles]
    counts: dict[str, int]
    """What the subject counted itself."""
    first_composite_ms: float
    """From the navigation, with an empty cache."""
    main_thread: MainThread
    browser_ms_per_second: float
    """Processor time of all the browser's processes."""
    browser_ms_per_distinct_frame: float | None
    """None where nothing was seen."""
    others_cores: float | None
    """Cores that meanwhile worked for somebody else; figures are good where this is near 0."""


def output(frames: Sequence[SeenFrame], start_ms: float, end_ms: float) -> Output:
    """Figures of the frames seen between two moments of the wall clock, in milliseconds."""
    seen = [frame for frame in frames if start_ms <= frame.at_ms <= end_ms]
    distinct = [frame for before, frame in pairwise(seen) if frame.hash != before.hash]
    seconds = (end_ms - start_ms) / 1000
    times = np.array([frame.timestamp / 1000 for frame in distinct])
    moments = [start_ms, *(frame.at_ms for frame in distinct), end_ms]
    return Output(
        distinct_fps=len(distinct) / seconds,
        repeated_fps=max(0, len(seen) - 1 - len(distinct)) / seconds,
        interval_ms=quantiles(np.diff(times)) if len(times) > 2 else None,
        longest_interval_ms=max(after - before for before, after in pairwise(moments)),
    )


def main_thread(probed: Probed, cpu_ms_per_second: float, *, hidden: bool) -> MainThread:
    """Figures of the main thread."""
    tasks = probed.long_tasks_ms
    return MainThread(
        cpu_ms_per_second=cpu_ms_per_second,
        answer_ms=quantiles(probed.answers_ms),
        longest_answer_ms=max(probed.answers_ms),
        longest_task_ms=None if hidden else max(tasks, default=0.0),
        long_tasks=None if hidden else len(tasks),
    )


def quantiles(values: Sequence[float] | NDArray[np.float64]) -> Quantiles:
    """Median and 95th percentile."""
    p50, p95 = np.percentile(values, (50, 95))
    return Quantiles(float(p50), float(p95))
