"""What is made of the samples of a long hidden call."""

from __future__ import annotations

import random
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from tests.bench.call.figures import Change, figures
from tests.bench.call.tables import table
from tests.bench.call.trend import trend
from tests.bench.call.watch import CLASSIC_WORKERS, PAGE, WORKERS, Controls, Heap, Sample, overlay
from tests.bench.speed.machine import CpuTime
from tests.harness.site import dist

MIB = 1 << 20
START_MS = 1e12
HIDDEN = Controls("hidden", 0.0, 1.0)


def sample(
    minute: float,
    *,
    leak_mib: float = 0,
    still_open: int = 5,
    changes: Mapping[float, str] = MappingProxyType({}),
) -> Sample:
    """A call at 30 fps that decodes 20 a second, leaks so much a minute and takes one core of two.

    Half a core works for somebody else.
    """
    seconds = minute * 60
    heaps = {
        "page": Heap(10 * MIB, 0),
        "compositor.js": Heap(round((4 + leak_mib * minute) * MIB), 90 * MIB),
    }
    return Sample(
        minute=minute,
        at_ms=START_MS + seconds * 1000,
        frames=round(1000 + seconds * 30),
        held=round(minute * 2),
        dropped=round(minute),
        decoded={"camera": round(seconds * 20), "screen": round(seconds * 10)},
        heaps=heaps,
        resident=500 * MIB,
        opened=round(seconds * 60),
        closed=round(seconds * 60) - still_open,
        cpu=CpuTime(seconds, seconds, 1.5 * seconds),
        changes={START_MS + after_ms: reason for after_ms, reason in changes.items()},
    )


def every_ten_seconds(minutes: int, **options: float) -> list[Sample]:
    return [sample(step / 6, **options) for step in range(6 * minutes + 1)]  # type: ignore[arg-type]


def test_a_line_has_its_slope_and_no_error() -> None:
    found = trend([0, 1, 2, 5], [3, 5, 7, 13])
    assert found is not None
    assert (found.per_minute, found.error) == pytest.approx((2, 0))


def test_the_error_of_a_slope_is_how_far_slopes_of_noise_spread() -> None:
    dice = random.Random(3)
    minutes = [step / 6 for step in range(60)]
    found = [trend(minutes, [dice.gauss(0, 1) for _ in minutes]) for _ in range(300)]
    slopes = [each.per_minute for each in found if each]
    spread = (sum(slope**2 for slope in slopes) / len(slopes)) ** 0.5
    errors = [each.error for each in found if each]
    assert sum(errors) / len(errors) == pytest.approx(spread, rel=0.15)


def test_two_points_make_no_trend() -> None:
    assert trend([0, 1], [0, 1]) is None


def test_each_minute_has_its_rates() -> None:
    call = figures(every_ten_seconds(3), [HIDDEN, HIDDEN])
    assert [row.minute for row in call.minutes] == [1, 2, 3]
    for row in call.minutes:
        assert row.published == pytest.approx(30)
        assert row.decoded == pytest.approx({"camera": 20, "screen": 10})
        assert (row.held, row.dropped) == (2, 1)
        assert row.others_cores == pytest.approx(0.5)


def test_what_the_tuning_did_is_told_once_and_from_the_start_of_the_hiding() -> None:
    early, later = {-9000.0: "less"}, {60_000.0: "more"}
    seen = [sample(0, changes=early), sample(2, changes=early | later), sample(3, changes=later)]
    assert figures(seen, []).changes == [Change(1.0, "more")]


def test_a_look_a_moment_too_early_ends_its_minute() -> None:
    samples = [sample(minute) for minute in (0.02, 0.5, 1.0, 1.5, 2.01)]
    assert [row.minute for row in figures(samples, []).minutes] == [1.0, 2.01]


def test_memory_is_judged_once_the_call_has_settled() -> None:
    early = [sample(step / 6, leak_mib=50) for step in range(12)]
    late = [sample(2 + step / 6, leak_mib=0) for step in range(61)]
    rows = {row.name: row for row in figures([*early, *late], []).memory}
    trend_found = rows["compositor.js: JavaScript"].trend
    assert trend_found is not None
    assert trend_found.per_minute == 0


def test_a_leak_is_a_slope() -> None:
    rows = {row.name: row for row in figures(every_ten_seconds(12, leak_mib=3), []).memory}
    assert set(rows) == {
        "page: JavaScript",
        "compositor.js: JavaScript",
        "compositor.js: WebAssembly",
        "all processes",
    }
    leak = rows["compositor.js: JavaScript"]
    assert leak.trend is not None
    assert leak.trend.per_minute == pytest.approx(3 * MIB, rel=1e-4)
    assert leak.last - leak.settled == pytest.approx(30 * MIB, rel=1e-4)
    steady = rows["compositor.js: WebAssembly"].trend
    assert steady is not None
    assert steady.per_minute == 0


def test_pictures_that_stay_open_are_counted() -> None:
    steady = [sample(minute / 6) for minute in range(60)]
    leaked = figures([*steady, sample(10, still_open=9), sample(11, still_open=7)], [])
    assert leaked.pictures.settled == 5
    assert leaked.pictures.most == 9
    assert leaked.pictures.last == 7


def test_the_table_has_all_of_it() -> None:
    text = table(figures(every_ten_seconds(3, leak_mib=1), [HIDDEN, HIDDEN]))
    assert [line.split("|")[1].strip() for line in text.splitlines()[2:5]] == ["1", "2", "3"]
    assert "+1.000" in text
    assert "never more than 5" in text
    assert "0.0 animation frames and 1.0 timers" in text


def test_a_call_that_was_left_out_has_no_table() -> None:
    assert table(None) == ""


def test_the_watchers_come_before_the_first_line_of_each_thread() -> None:
    files = overlay()
    for path in (PAGE, *WORKERS):
        head = "importScripts(" if path in CLASSIC_WORKERS else "import "
        first, second, _ = files[path].decode().split("\n", 2)
        assert first.startswith(head)
        assert "pictures.js" in first
        assert "memories.js" in second
        assert (dist() / path).read_bytes() in files[path]
