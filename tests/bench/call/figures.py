"""From what was seen of a call to its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.bench.call.trend import Trend, trend
from tests.bench.call.watch import Controls, Sample

SETTLE_MINUTES = 2.0
"""Until caches and compilers have what they need; memory is judged from then on."""

TOLERANCE_MINUTES = 0.05
"""So much earlier may a look at the end of a minute be: it takes a moment itself."""

ALL = "all processes"


@dataclass(frozen=True)
class Minute:
    """Rates per second, and counts, in one minute."""

    minute: float
    """At its end."""
    published: float
    """Frames handed to the output track, each of another picture of the camera."""
    decoded: Mapping[str, float]
    """By the guest."""
    held: int
    dropped: int
    others_cores: float | None
    """Cores that meanwhile worked for somebody else; figures are good where this is near 0."""


@dataclass(frozen=True)
class Change:
    """What the tuning did."""

    minute: float
    reason: str


@dataclass(frozen=True)
class Memory:
    """Of one kind in one place, in bytes."""

    name: str
    settled: int
    """When the call had settled."""
    last: int
    trend: Trend | None
    """From then on; None where too little was seen."""


@dataclass(frozen=True)
class Pictures:
    """ImageBitmaps and VideoFrames in all threads."""

    opened: int
    """In the whole call."""
    settled: int
    """Open when the call had settled."""
    most: int
    """Open at once, from the start."""
    last: int
    """Open at the end."""


@dataclass(frozen=True)
class Call:
    """A hidden call."""

    minutes: list[Minute]
    memory: list[Memory]
    pictures: Pictures
    controls: list[Controls]
    """When the page had just been hidden, and at the end."""
    changes: list[Change]
    """While the page was hidden."""
    samples: list[Sample]


def figures(samples: Sequence[Sample], controls: Sequence[Controls]) -> Call:
    """Figures of a call, from what was seen at two moments at least."""
    settled = _settled(samples)
    return Call(
        minutes=[_minute(before, after) for before, after in pairwise(_by_minute(samples))],
        memory=_memory(settled),
        pictures=_pictures(samples, settled),
        controls=list(controls),
        changes=_changes(samples),
        samples=list(samples),
    )


def _settled(samples: Sequence[Sample]) -> list[Sample]:
    """What was seen from SETTLE_MINUTES on; of a short call, in its second half."""
    start = min(SETTLE_MINUTES, samples[-1].minute / 2)
    return [sample for sample in samples if sample.minute >= start]


def _by_minute(samples: Sequence[Sample]) -> list[Sample]:
    """Those at which a minute begins or ends."""
    chosen = [samples[0]]
    for sample in samples[1:]:
        if sample.minute >= chosen[0].minute + len(chosen) - TOLERANCE_MINUTES:
            chosen.append(sample)
    return chosen


def _minute(before: Sample, after: Sample) -> Minute:
    seconds = (after.minute - before.minute) * 60
    return Minute(
        minute=after.minute,
        published=(after.frames - before.frames) * 1000 / (after.at_ms - before.at_ms),
        decoded={
            kind: (count - before.decoded[kind]) / seconds for kind, count in after.decoded.items()
        },
        held=after.held - before.held,
        dropped=after.dropped - before.dropped,
        others_cores=after.cpu.others_since(before.cpu),
    )


def _changes(samples: Sequence[Sample]) -> list[Change]:
    first = samples[0]
    seen = {at_ms: reason for sample in samples for at_ms, reason in sample.changes.items()}
    return [
        Change(first.minute + (at_ms - first.at_ms) / 60_000, seen[at_ms])
        for at_ms in sorted(seen)
        if at_ms > first.at_ms
    ]


def _memory(settled: Sequence[Sample]) -> list[Memory]:
    minutes = [sample.minute for sample in settled]
    rows: dict[str, list[int]] = {}
    for sample in settled:
        for thread, heap in sample.heaps.items():
            rows.setdefault(f"{thread}: JavaScript", []).append(heap.javascript)
            rows.setdefault(f"{thread}: WebAssembly", []).append(heap.wasm)
        if sample.resident is not None:
            rows.setdefault(ALL, []).append(sample.resident)
    return [
        Memory(name, values[0], values[-1], trend(minutes, values))
        for name, values in rows.items()
        if any(values)
    ]


def _pictures(samples: Sequence[Sample], settled: Sequence[Sample]) -> Pictures:
    still_open = [sample.opened - sample.closed for sample in samples]
    return Pictures(
        opened=samples[-1].opened,
        settled=still_open[-len(settled)],
        most=max(still_open),
        last=still_open[-1],
    )
