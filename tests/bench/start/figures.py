"""Medians over the visits, as a table and as ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.matte.report import cell, layout
from tests.bench.start.download import PYTHON, Size
from tests.bench.start.visits import ALONE, KINDS, OURS, PLAIN, Moments, Start

COMPOSITE = "first composite"
MB = 1_000_000


@dataclass(frozen=True)
class Figures:
    """A start beside that of plain Pyodide."""

    moments_ms: dict[str, dict[str, Moments]]
    """By `plain` or `ours`, `cold` or `warm`, and what is reached; since the navigation."""
    downloads: dict[str, dict[str, Size]]
    """Of a first visit, by `plain` or `ours` and the part."""
    heaps: dict[str, int]
    """Bytes of WebAssembly memory of Python's worker, just started."""


def figures(
    found: Mapping[str, Sequence[Mapping[str, Moments]]],
    downloads: dict[str, dict[str, Size]],
    heaps: dict[str, int],
) -> Figures:
    """Medians over the visits of each start."""
    return Figures(
        {
            name: {kind: _medians([each[kind] for each in runs]) for kind in KINDS}
            for name, runs in found.items()
        },
        downloads,
        heaps,
    )


def table(found: Figures) -> str:
    """What is reached when, then bytes."""
    starts = [
        [f"{name}: {moment}", *(cell(kinds[kind].get(moment), 0) for kind in KINDS)]
        for name, kinds in found.moments_ms.items()
        for moment in _ordered(kinds[KINDS[0]])
    ]
    downloads = [
        [f"{name}: {part}", *(cell(each / MB, 2) for each in (size.raw, size.gzip, size.brotli))]
        for name, parts in found.downloads.items()
        for part, size in parts.items()
    ]
    heaps = [[name, cell(heap / MB, 1)] for name, heap in found.heaps.items()]
    return "\n\n".join(
        [
            layout([["since the navigation, ms", *KINDS], *starts]),
            layout([["download, MB", "raw", "gzip", "brotli"], *downloads]),
            layout([["after the start", "WebAssembly of Python's worker, MB"], *heaps]),
        ]
    )


def ratios(found: Figures) -> dict[str, float]:
    """Ours divided by plain Pyodide."""
    python, plain_python = found.downloads[OURS.name][PYTHON], found.downloads[PLAIN.name][PYTHON]
    reached = (
        ("Python ready, alone", ALONE, ALONE.ready),
        ("Python ready, beside tfjs and camera", OURS, OURS.ready),
        (COMPOSITE, OURS, COMPOSITE),
    )
    return {
        f"{label} ÷ plain Pyodide ready: {kind}": (
            found.moments_ms[start.name][kind][moment] / _ready(found, PLAIN, kind)
        )
        for label, start, moment in reached
        for kind in KINDS
    } | {
        "download of Python ÷ plain: gzip": python.gzip / plain_python.gzip,
        "download of Python ÷ plain: brotli": python.brotli / plain_python.brotli,
        "WebAssembly memory of Python ÷ plain": found.heaps[OURS.name] / found.heaps[PLAIN.name],
    }


def _ready(found: Figures, start: Start, kind: str) -> float:
    return found.moments_ms[start.name][kind][start.ready]


def _ordered(moments: Mapping[str, float]) -> list[str]:
    return sorted(moments, key=lambda moment: moments[moment])


def _medians(runs: Sequence[Moments]) -> Moments:
    """Of what every run reached: a warm start may fetch nothing."""
    names = [name for name in runs[0] if all(name in run for run in runs)]
    return {name: median(run[name] for run in runs) for name in names}
