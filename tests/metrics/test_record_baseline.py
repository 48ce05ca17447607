"""Ratios held against those of the baseline."""

from __future__ import annotations

from pathlib import Path

from tests.bench import baseline
from tests.bench.baseline import Expected

KNOWN = {"speed": {"ours ÷ article: CPU": Expected(0.5, 0.2), "fps": Expected(1.0, 0.05)}}


def test_a_ratio_within_its_tolerance_is_not_worse() -> None:
    assert not baseline.worse(KNOWN, {"speed": {"ours ÷ article: CPU": 0.59, "fps": 1.04}})


def test_a_ratio_that_fell_is_better() -> None:
    assert not baseline.worse(KNOWN, {"speed": {"ours ÷ article: CPU": 0.1}})


def test_it_is_said_what_got_worse_and_by_how_much_the_worst_first() -> None:
    worse = baseline.worse(KNOWN, {"speed": {"fps": 1.1, "ours ÷ article: CPU": 1.0}})

    assert [line.split(" is ")[0] for line in worse] == [
        "speed: ours ÷ article: CPU",
        "speed: fps",
    ]
    assert "1 instead of 0.5" in worse[0]
    assert "100% more, where 20% may be noise" in worse[0]


def test_ratios_that_the_baseline_does_not_know_are_named_and_never_worse() -> None:
    found = {"speed": {"fps": 1.0, "new": 9.0}, "start": {"cold": 9.0}}

    assert not baseline.worse(KNOWN, found)
    assert baseline.unknown(KNOWN, found) == ["speed: new", "start: cold"]


def test_renewing_keeps_tolerances_and_what_was_not_measured() -> None:
    found = {"speed": {"fps": 1.2}, "start": {"cold": 3.0, "ours ÷ theirs: main thread": 2.0}}

    renewed = baseline.renewed(KNOWN, found)

    assert renewed["speed"]["fps"] == Expected(1.2, 0.05)
    assert renewed["speed"]["ours ÷ article: CPU"] == Expected(0.5, 0.2)
    assert renewed["start"]["cold"] == Expected(3.0, baseline.TOLERANCE)
    main_thread = renewed["start"]["ours ÷ theirs: main thread"]
    assert main_thread == Expected(2.0, baseline.NOISE["main thread"])


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"

    assert baseline.read(file) == {}
    baseline.write(file, KNOWN)
    assert baseline.read(file) == KNOWN
