"""Medians over runs, ratios, and both as tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench import ratios as ratio_table
from tests.bench.effort import FULL, QUICK
from tests.bench.speed import tables
from tests.bench.speed.browser import Controls
from tests.bench.speed.subjects import NO_REST, OURS, cases
from tests.bench.speed.summary import ratios, summarize
from tests.bench.speed.window import MainThread, Masks, Output, Quantiles, Window


def window(
    subject: str,
    *,
    size: str = "640×480",
    state: str = "visible",
    fps: float = 30,
    cpu_ms: float = 40,
    masks: Masks | None = None,
) -> Window:
    return Window(
        subject=subject,
        size=size,
        state=state,
        repeat=0,
        seconds=8,
        browser="",
        controls=Controls(state, 60, 100),
        output=Output(fps, 0, 30 - fps, Quantiles(1000 / fps, 1000 / fps), 1000 / fps),
        masks=masks,
        stages_ms={"matte": Quantiles(4.0, 6.0)},
        counts={},
        adapters={"input": "ImageBitmap"},
        first_composite_ms=5000,
        main_thread=MainThread(10, Quantiles(1, 2), 3, 0, 0),
        browser_ms_per_second=cpu_ms * fps,
        browser_ms_per_distinct_frame=cpu_ms,
        others_cores=0,
    )


def test_runs_of_one_case_in_one_state_become_their_median() -> None:
    runs = [window("ours", cpu_ms=cost) for cost in (30, 90, 40)]
    other = [window("ours", state="hidden"), window("ours", size="1280×720")]

    rows = summarize([*runs, *other]).rows

    assert [(row.size, row.state) for row in rows] == [
        ("640×480", "visible"),
        ("640×480", "hidden"),
        ("1280×720", "visible"),
    ]
    assert rows[0].medians["browser_ms_per_distinct_frame"] == 40


def test_ratios_are_within_one_size_and_state_and_less_is_better() -> None:
    found = ratios(
        summarize(
            [
                window("ours", fps=30, cpu_ms=40),
                window("ours", size="1280×720", fps=20, cpu_ms=80),
                window("twilio", fps=15, cpu_ms=100),
                window("twilio", size="1280×720", fps=5, cpu_ms=400),
                window("twilio", size="1280×720", state="hidden"),
            ]
        )
    )

    assert found["ours ÷ twilio, 640×480 visible: CPU per distinct frame"] == pytest.approx(0.4)
    assert found["ours ÷ twilio, 640×480 visible: time per distinct frame"] == pytest.approx(0.5)
    assert found["ours ÷ twilio, 1280×720 visible: CPU per distinct frame"] == pytest.approx(0.2)
    assert not any("hidden" in name for name in found)


def test_an_idle_camera_is_compared_by_its_frames_alone() -> None:
    masks = Masks(10, Quantiles(100, 130))

    found = ratios(summarize([window("ours", masks=masks), window("camera", cpu_ms=2)]))

    assert {name.partition(": ")[2] for name in found} == {
        "time per distinct frame",
        "frame interval p95",
        "CPU per distinct frame",
    }


def test_the_tables_have_a_row_for_each_case_and_state() -> None:
    figures = summarize([window("ours"), window("camera"), window("ours", size="1280×720")])

    small, large, stages = tables.table(figures).split("\n\n")

    assert [line.split("|")[1].strip() for line in small.splitlines()[2:]] == [
        "Cyclorama, visible",
        "camera alone, visible",
    ]
    assert large.startswith("| 1280×720")
    assert "– / –" in small  # no masks
    assert [cell.strip() for cell in stages.splitlines()[-1].split("|")[1:-1]] == [
        "Cyclorama, 1280×720, visible",
        "matte 4.0 / 6.0",
    ]


def test_figures_of_a_busy_machine_are_told_to_be_worth_less() -> None:
    busy = summarize([replace(window("ours"), others_cores=0.9)])

    assert "0.9 cores busy" in tables.table(busy)


def test_ratios_become_a_table_by_the_two_halves_of_their_names() -> None:
    text = ratio_table.table("title", {"a: x": 0.5, "b: y": 1.25, "a: y": 2, "alone": 3})

    assert [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()] == [
        ["title", "x", "y", "ratio"],
        ["-----", "---:", "---:", "----:"],
        ["a", "0.50", "2.00", ""],
        ["b", "", "1.25", ""],
        ["alone", "", "", "3.00"],
    ]


def test_the_quick_effort_leaves_out_peers_and_the_larger_size() -> None:
    quick, full = cases(QUICK), cases(FULL)

    assert {str(case.size) for case in quick} == {"640×480"}
    assert {case.name for case in quick} < {case.name for case in full}
    assert {str(case.size) for case in full if case.subject is OURS} == {"640×480", "1280×720"}
    assert [str(case.size) for case in full if case.subject is NO_REST] == ["640×480"]
