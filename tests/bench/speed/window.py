"""The figures of one stretch of measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.bench.speed.browser import Controls
from tests.harness.clips import FPS
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
    held_fps: float
    """Frames per second that show the picture before once more."""
    dropped_fps: float
    """Frames per second of the camera that never came out."""
    interval_ms: Quantiles | None
    """Between two distinct pictures; None where there were fewer than three."""
    longest_interval_ms: float
    """Likewise, with the ends of the measurement counted as pictures."""


@dataclass(frozen=True)
class MainThread:
    """How busy the page's main thread was."""

    share: float
    """Percent of a core."""
    answer_ms: Quantiles
    """How long it took to answer a worker, just after the window."""
    longest_answer_ms: float
    longest_task_ms: float | None
    """0 where none took over 50 ms; None in a hidden page, where the browser does not say."""
    long_tasks: int | None
    """How many took over 50 ms; likewise."""


@dataclass(frozen=True)
class Masks:
    """What the subject says of its masks."""

    per_second: float
    age_ms: Quantiles
    """Camera time between a frame and the mask used on it."""


@dataclass(frozen=True)
class Window:
    """What was measured of a subject in one state of its page."""

    subject: str
    size: str
    """Of the camera."""
    state: str
    """`visible` or `hidden`."""
    repeat: int
    seconds: float
    browser: str
    """Version of Chromium."""
    controls: Controls
    output: Output
    masks: Masks | None
    """None where there are none."""
    stages_ms: dict[str, Quantiles]
    counts: dict[str, int]
    """What the subject counted itself."""
    adapters: dict[str, str]
    """How its frames pass from thread to thread, by the place of the passage."""
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
        held_fps=max(0, len(seen) - 1 - len(distinct)) / seconds,
        dropped_fps=max(0.0, FPS - len(distinct) / seconds),
        interval_ms=quantiles(np.diff(times)) if len(times) > 2 else None,
        longest_interval_ms=max(after - before for before, after in pairwise(moments)),
    )


def main_thread(
    long_tasks_ms: Sequence[float], answers_ms: Sequence[float], share: float, *, hidden: bool
) -> MainThread:
    """Figures of the main thread; `share` is in percent of a core."""
    return MainThread(
        share=share,
        answer_ms=quantiles(answers_ms),
        longest_answer_ms=max(answers_ms),
        longest_task_ms=None if hidden else max(long_tasks_ms, default=0.0),
        long_tasks=None if hidden else len(long_tasks_ms),
    )


def quantiles(values: Sequence[float] | NDArray[np.float64]) -> Quantiles:
    """Median and 95th percentile."""
    p50, p95 = np.percentile(values, (50, 95))
    return Quantiles(float(p50), float(p95))
