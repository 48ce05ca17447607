"""The heaps of every case, as a table and as ratios."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tests.bench.effort import Effort
from tests.bench.matte.report import layout
from tests.bench.memory.targets import Heap, heaps
from tests.bench.speed import camera
from tests.bench.speed.session import started
from tests.bench.speed.subjects import ARTICLE, OURS, SHIGUREDO, TWILIO, cases
from tests.bench.speed.surroundings import surroundings

SUBJECTS = (OURS, ARTICLE, TWILIO, SHIGUREDO)
"""Those that compute in WebAssembly: what lies in a graphics card is not seen from here."""

MIB = 1 << 20


@dataclass(frozen=True)
class Row:
    """A case, seconds after its first composite."""

    subject: str
    size: str
    heaps: list[Heap]

    @property
    def total(self) -> int:
        """Bytes."""
        return sum(heap.javascript + heap.wasm + heap.buffers for heap in self.heaps)


def measure(effort: Effort) -> list[Row]:
    """Measure each case once: heaps hardly differ from run to run.

    Raises:
        BenchError: a page failed.
    """
    chosen = [case for case in cases(effort) if case.subject in SUBJECTS]
    rows = []
    with surroundings() as (playwright, site, folder):
        clips = camera.write_all(folder, (case.size for case in chosen))
        for case in chosen:
            print(case.name, file=sys.stderr, flush=True)
            with started(playwright, site, case, clips[case.size]) as tab:
                rows.append(Row(case.subject.name, str(case.size), heaps(tab.page)))
    return rows


def table(rows: list[Row]) -> str:
    """One line for each thread, and their sum."""
    body = [
        [
            f"{row.subject} {row.size}: {heap.thread}",
            _mib(heap.javascript),
            _mib(heap.wasm),
            _mib(heap.buffers),
        ]
        for row in rows
        for heap in [*row.heaps, _sum(row)]
    ]
    return layout([["MiB", "JavaScript", "WebAssembly", "other buffers"], *body])


def ratios(rows: list[Row]) -> dict[str, float]:
    """All heaps of ours divided by all of each other's."""
    ours = {row.size: row.total for row in rows if row.subject == OURS.name}
    return {
        f"ours ÷ {row.subject}, {row.size}: heaps": ours[row.size] / row.total
        for row in rows
        if row.subject != OURS.name and row.size in ours
    }


def _sum(row: Row) -> Heap:
    return Heap(
        "all",
        sum(heap.javascript for heap in row.heaps),
        sum(heap.wasm for heap in row.heaps),
        sum(heap.buffers for heap in row.heaps),
    )


def _mib(count: int) -> str:
    return f"{count / MIB:.1f}"
