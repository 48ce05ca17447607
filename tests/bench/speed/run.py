"""Every case in turn."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.bench.effort import Effort
from tests.bench.speed import camera
from tests.bench.speed.session import measure as measure_case
from tests.bench.speed.subjects import Case, cases
from tests.bench.speed.summary import Speed, summarize
from tests.bench.speed.surroundings import surroundings
from tests.bench.speed.window import Window


def measure(effort: Effort) -> Speed:
    """Measure each case visible and hidden, as often as the effort says.

    Raises:
        BenchError: a page failed, or was not in the state in which it should be.
    """
    return measure_cases(cases(effort), repeats=effort.repeats, seconds=effort.seconds)


def measure_cases(chosen: Sequence[Case], *, repeats: int, seconds: float) -> Speed:
    """Measure these cases visible and hidden; they take turns.

    Raises:
        BenchError: a page failed, or was not in the state in which it should be.
    """
    turns = [(repeat, case) for repeat in range(repeats) for case in chosen]
    windows: list[Window] = []
    with surroundings() as (playwright, site, folder):
        clips = camera.write_all(folder, (case.size for case in chosen))
        for number, (repeat, case) in enumerate(turns, 1):
            print(f"{number} of {len(turns)}: {case.name}", file=sys.stderr, flush=True)
            windows += measure_case(
                playwright, site, case, clips[case.size], seconds=seconds, repeat=repeat
            )
    return summarize(windows)
