"""The command line, with a part that measures nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench import baseline, cli
from tests.bench.effort import Effort
from tests.bench.parts import Part
from tests.bench.speed.browser import BenchError
from tools import npm


@dataclass
class Found:
    cpu_ms: float
    full: bool


class FakePart:
    """Measures what it is told to."""

    def __init__(self, cpu_ms: float) -> None:
        self.cpu_ms = cpu_ms

    def measure(self, effort: Effort, /) -> Found:
        return Found(self.cpu_ms, effort.full)

    def table(self, figures: Found, /) -> str:
        return f"the table of {figures.cpu_ms}"

    def ratios(self, figures: Found, /) -> dict[str, float]:
        return {"ours ÷ theirs: CPU": figures.cpu_ms / 100}


class BrokenPart(FakePart):
    def measure(self, effort: Effort, /) -> Found:
        raise BenchError("the page failed")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Part]:
    fakes: dict[str, Part] = {"speed": FakePart(50)}
    monkeypatch.setattr(cli, "PARTS", fakes)
    monkeypatch.setattr(npm, "install", lambda: None)
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    return fakes


def test_ratios_come_before_tables_and_json_has_all(
    parts: dict[str, Part], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"

    assert cli.main(["--json", str(file)]) == 0

    printed = capsys.readouterr().out
    assert 0 < printed.index("0.50") < printed.index("the table of 50")
    report = json.loads(file.read_text())
    assert report["ratios"] == {"speed": {"ours ÷ theirs: CPU": 0.5}}
    assert report["figures"] == {"speed": {"cpu_ms": 50, "full": True}}


def test_a_check_fails_where_a_ratio_got_worse_than_the_baseline(
    parts: dict[str, Part], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--quick", "--write-baseline"]) == 0
    assert cli.main(["--check"]) == 0
    assert "0 of 1 ratios got worse" in capsys.readouterr().out

    parts["speed"] = FakePart(90)

    assert cli.main(["--check"]) == 1
    assert "80% more" in capsys.readouterr().out


def test_a_part_that_fails_costs_no_other_its_figures(
    parts: dict[str, Part], capsys: pytest.CaptureFixture[str]
) -> None:
    parts["latency"] = BrokenPart(0)

    assert cli.main([]) == 1

    output = capsys.readouterr()
    assert "the table of 50" in output.out
    assert "latency: the page failed" in output.err


def test_an_unknown_part_is_refused(parts: dict[str, Part]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--only", "nothing"])
