"""Ratios by name: less is better. Names are `row: column`, or anything without a colon."""

from __future__ import annotations

from collections.abc import Mapping

from tests.bench.matte.report import layout

Ratios = Mapping[str, float]


def table(title: str, ratios: Ratios) -> str:
    """In Markdown with its columns aligned."""
    cells: dict[tuple[str, str], str] = {}
    for name, ratio in ratios.items():
        row, _, column = name.partition(": ")
        cells[row, column or "ratio"] = f"{ratio:.2f}"
    rows = dict.fromkeys(row for row, _ in cells)
    columns = list(dict.fromkeys(column for _, column in cells))
    body = [[row, *(cells.get((row, column), "") for column in columns)] for row in rows]
    return layout([[title, *columns], *body])
