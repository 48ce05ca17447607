"""What is made of the frames that were seen."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.speed.window import output
from tests.harness.recording import SeenFrame


def seen(at_ms: float, picture: int) -> SeenFrame:
    return SeenFrame(
        timestamp=round(at_ms * 1000),
        at_ms=at_ms,
        width=640,
        height=480,
        hash=picture,
        boxes=np.zeros(0),
    )


def test_a_picture_shown_again_is_no_new_frame() -> None:
    frames = [seen(at_ms=100 * i, picture=i // 2) for i in range(11)]

    figures = output(frames, 0, 1000)

    assert figures.distinct_fps == 5
    assert figures.held_fps == 5
    assert figures.dropped_fps == 25
    assert figures.interval_ms is not None
    assert figures.interval_ms.p50 == pytest.approx(200)


def test_frames_outside_the_window_do_not_count() -> None:
    frames = [seen(at_ms=100 * i, picture=i) for i in range(100)]

    assert output(frames, 2000, 3000).distinct_fps == 10


def test_a_track_that_stands_still_from_some_moment_on_shows_it() -> None:
    frames = [seen(at_ms=100 * i, picture=i) for i in range(4)]

    figures = output(frames, 0, 1000)

    assert figures.distinct_fps == 3
    assert figures.longest_interval_ms == 700


def test_a_track_without_frames_has_no_intervals() -> None:
    figures = output([], 0, 1000)

    assert figures.distinct_fps == 0
    assert figures.interval_ms is None
    assert figures.longest_interval_ms == 1000
