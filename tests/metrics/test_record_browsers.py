"""What is made of the rates of browsers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bench.browsers.run import Row, count, ratios, table
from tests.bench.speed.browser import BenchError


class FakeDriver:
    """A browser that counted this."""

    version = "1.2"

    def __init__(self, seen: dict[str, Any]) -> None:
        self.seen = seen

    def evaluate(self, expression: str) -> Any:
        return self.seen

    def hide(self) -> None:
        pass


def seen(state: str, animation_frames: float) -> FakeDriver:
    return FakeDriver(
        {"fps": 30.0, "visibilityState": state, "animationFramesPerSecond": animation_frames}
    )


def test_each_browser_has_a_row() -> None:
    rows = [
        Row("A 1", 30, 29.96, {"input": "x", "output": "y"}, {"sings": True, "dances": False}),
        Row("B 2", 20, 10, {"input": "x", "output": "z"}, {"sings": False, "dances": False}),
    ]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(rows).split("\n")]
    assert cells[0][-2:] == ["sings", "dances"]
    assert cells[2] == ["A 1", "30.0", "30.0", "x", "y", "yes", "no"]
    assert cells[3] == ["B 2", "20.0", "10.0", "x", "z", "no", "no"]
    assert ratios(rows)["B: visible ÷ hidden"] == 2
    assert table([]) == ""


def test_a_rate_counts_only_in_the_state_that_is_meant() -> None:
    assert count(seen("visible", 60), 1, "visible") == 30
    assert count(seen("hidden", 0), 1, "hidden") == 30
    for driver, state in (
        (seen("visible", 60), "hidden"),
        (seen("hidden", 60), "hidden"),
        (seen("hidden", 0), "visible"),
    ):
        with pytest.raises(BenchError):
            count(driver, 1, state)
