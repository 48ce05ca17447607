"""The time of the matte: what is played, what is made of the times, and how a failure is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cyclorama import quality
from cyclorama.logits import encode
from tests.bench.matte import masks
from tests.bench.matte.cost import figures, run, scene, stages
from tests.bench.matte.cost.figures import Spread
from tests.bench.matte.cost.stages import Row


def test_the_pictures_are_played_there_and_back_as_often_as_it_takes() -> None:
    played = scene.timeline(count=3, length=8)
    assert played["pictures"].tolist() == [0, 1, 2, 1, 0, 1, 2, 1]
    assert played["made"].tolist() == [-1, -1, -1, 0, -1, -1, 3, -1]
    assert played["timestamps"].tolist()[:3] == [0, 33333, 66667]


def test_every_frame_after_the_warm_up_is_timed_and_every_mask(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    recorded = scene.Recorded(
        "noise",
        random.integers(0, 256, (4, 64, 64, 4), np.uint8),
        np.stack([encode(np.full((3, 3), z, np.float32)) for z in (4, 4, -4, -4)]),
        masks.Settings().grid(64, 64),
    )
    played = {"noise": scene.play(recorded, 90)}
    rows = {"fine": Row("noise"), "coarse": Row("noise", step="low", plate="blur")}
    stages.save(tmp_path, played, rows)
    turns = stages.load(str(tmp_path))
    assert [turns.take(), turns.take(), turns.take()] == [True, True, False]
    for found in (stages.measure(played, rows), turns.times()):
        assert list(found) == ["fine", "coarse"]
        for times in found.values():
            counts = {stage: len(each) for stage, each in times.items()}
            assert counts == {"matte": 30, "mask": 10, "composite": 30, "copy": 30}
            assert min(min(each) for each in times.values()) > 0


def test_a_step_that_asks_less_of_the_segmenter_alone_is_not_timed_twice() -> None:
    steps = [row.step for row in run.rows().values()]
    assert quality.DEFAULT in steps
    assert len({quality.STEPS[step].parts for step in steps}) == len(steps)


def test_times_become_a_median_and_a_95th_percentile() -> None:
    assert figures.spread([float(value) for value in range(101)]) == Spread(50, 95)
    assert figures.spread([]) == Spread(None, None)


def test_a_table_names_the_step_and_where_it_ran() -> None:
    times = {"fine": {"matte": [3.0], "mask": [7.0], "composite": [2.0], "copy": []}}
    found = {"Pyodide": figures.figures(times)}
    heading, _, line = figures.table("ms", found).splitlines()
    assert [cell.strip() for cell in line.strip("|").split("|")] == [
        "fine, Pyodide",
        "3.00 / 3.00",
        "7.00 / 7.00",
        "2.00 / 2.00",
        "– / –",
    ]
    assert len(heading) == len(line)
    assert figures.as_json(found)["Pyodide"]["fine"]["mask"] == {"p50": 7.0, "p95": 7.0}
