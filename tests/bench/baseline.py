"""Ratios held against those that were found earlier, which are committed beside this."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.ratios import Ratios

FILE = Path(__file__).with_name("baseline.json")

TOLERANCE = 0.3
"""Share by which a ratio may be worse, where nothing else is stated."""

NOISE = {
    "frame interval p95": 0.4,
    "mask age p95": 0.6,
    "main thread": 0.4,
    "answer p95": 1.0,
    "first composite": 0.5,
    "latency p50": 1.0,
    "latency p95": 1.0,
    "heaps": 0.1,
    "visible ÷ hidden": 0.1,
}
"""The same for ratios whose names end so: by as much they differed between a few quick runs, and a
margin.

The file states one for each ratio, and it can be edited there: that of a subject which shows a
frame every two seconds is noisier, and where both show all frames of the camera, nothing is.
"""


@dataclass(frozen=True)
class Expected:
    """A ratio as it was found, and by which share of that it may become worse."""

    ratio: float
    tolerance: float

    @property
    def most(self) -> float:
        """A ratio above this is worse."""
        return self.ratio * (1 + self.tolerance)


Baseline = Mapping[str, Mapping[str, Expected]]
"""By part, then by the ratio's name."""


def read(file: Path) -> Baseline:
    """Read a baseline; empty where there is no file."""
    if not file.is_file():
        return {}
    parts = json.loads(file.read_text(encoding="utf-8"))
    return {
        part: {name: Expected(**expected) for name, expected in ratios.items()}
        for part, ratios in parts.items()
    }


def write(file: Path, baseline: Baseline) -> None:
    """Write a baseline for `read`."""
    parts = {
        part: {name: asdict(expected) for name, expected in ratios.items()}
        for part, ratios in baseline.items()
    }
    file.write_text(json.dumps(parts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def renewed(baseline: Baseline, found: Mapping[str, Ratios]) -> Baseline:
    """The baseline with the ratios that were found; tolerances stay, as do ratios not measured."""
    new = {part: dict(ratios) for part, ratios in baseline.items()}
    for part, ratios in found.items():
        known = new.setdefault(part, {})
        for name, ratio in ratios.items():
            tolerance = known[name].tolerance if name in known else _noise(name)
            known[name] = Expected(round(ratio, 4), tolerance)
    return new


def _noise(name: str) -> float:
    return NOISE.get(name.rpartition(": ")[2], TOLERANCE)


def worse(baseline: Baseline, found: Mapping[str, Ratios]) -> list[str]:
    """Say of each ratio that got worse how much so, the worst first."""
    by_how_much = {
        f"{part}: {name}": (ratio, expected)
        for part, ratios in found.items()
        for name, ratio in ratios.items()
        if (expected := baseline.get(part, {}).get(name)) and ratio > expected.most
    }
    ordered = sorted(by_how_much.items(), key=lambda item: item[1][1].ratio / item[1][0])
    return [
        f"{name} is {ratio:.3g} instead of {expected.ratio:.3g}: "
        f"{ratio / expected.ratio - 1:.0%} more, where {expected.tolerance:.0%} may be noise"
        for name, (ratio, expected) in ordered
    ]


def unknown(baseline: Baseline, found: Mapping[str, Ratios]) -> list[str]:
    """Names of ratios that were found and are not in the baseline."""
    return [
        f"{part}: {name}"
        for part, ratios in found.items()
        for name in ratios
        if name not in baseline.get(part, {})
    ]
