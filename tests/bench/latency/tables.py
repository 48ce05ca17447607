"""The latencies as text for people, and ratios."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.latency.run import Latency
from tests.bench.matte.report import cell, layout
from tests.bench.speed import machine
from tests.bench.speed.subjects import OURS

LEAST_FRAMES = 20
"""Fewer make no ratio: they do not tell the tail of their latencies."""


def table(rows: Sequence[Latency]) -> str:
    """One line for each case in each state, then what makes them worth less."""
    body = [
        [
            f"{row.subject} {row.size}, {row.state}",
            cell(row.latency_ms.p50, 0),
            cell(row.latency_ms.p95, 0),
            str(row.frames),
            cell(row.read, 0),
            cell(row.others_cores, 2),
        ]
        for row in rows
    ]
    lines = layout([["camera to output", "p50 ms", "p95 ms", "frames", "read %", "others"], *body])
    warning = machine.warning(row.others_cores for row in rows)
    return f"{lines}\n\n{warning}" if warning else lines


def ratios(rows: Sequence[Latency]) -> dict[str, float]:
    """Ours divided by that of each other which showed enough frames."""
    ours = {(row.size, row.state): row.latency_ms for row in rows if row.subject == OURS.name}
    return {
        f"ours ÷ {row.subject}, {row.size} {row.state}: latency {name}": own / other
        for row in rows
        if row.subject != OURS.name and (row.size, row.state) in ours
        if row.frames >= LEAST_FRAMES
        for name, own, other in (
            ("p50", ours[row.size, row.state].p50, row.latency_ms.p50),
            ("p95", ours[row.size, row.state].p95, row.latency_ms.p95),
        )
    }
