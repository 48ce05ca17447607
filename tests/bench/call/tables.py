"""The figures of a call as text for people."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.call.figures import Call, Change, Memory, Minute, Pictures
from tests.bench.call.watch import Controls
from tests.bench.matte.report import layout
from tests.bench.speed import machine

MIB = 1 << 20


def table(figures: Call | None) -> str:
    """The rates, the memory and the pictures; empty where no call was measured."""
    if figures is None:
        return ""
    return "\n\n".join(
        [
            _rates(figures.minutes),
            _changes(figures.changes),
            _memory(figures.memory),
            _pictures(figures.pictures),
            _controls(figures.controls),
            *filter(None, [machine.warning(minute.others_cores for minute in figures.minutes)]),
        ]
    )


def _rates(minutes: Sequence[Minute]) -> str:
    body = [
        [
            f"{row.minute:.0f}",
            f"{row.published:.1f}",
            *(f"{rate:.1f}" for rate in row.decoded.values()),
            str(row.held),
            str(row.dropped),
            "–" if row.others_cores is None else f"{row.others_cores:.2f}",
        ]
        for row in minutes
    ]
    kinds = minutes[0].decoded if minutes else {}
    received = (f"{kind} received" for kind in kinds)
    counts = ("held", "dropped", "others, cores")
    return layout([["minute, hidden", "frames/s published", *received, *counts], *body])


def _changes(changes: Sequence[Change]) -> str:
    if not changes:
        return "The tuning changed nothing."
    lines = (f"minute {change.minute:.1f}: {change.reason}" for change in changes)
    return "\n".join(["The tuning:", *lines])


def _memory(rows: Sequence[Memory]) -> str:
    body = [
        [
            row.name,
            f"{row.settled / MIB:.2f}",
            f"{row.last / MIB:.2f}",
            f"{row.trend.per_minute / MIB:+.3f}" if row.trend else "–",
            f"{row.trend.error / MIB:.3f}" if row.trend else "–",
        ]
        for row in rows
    ]
    return layout([["memory, MiB", "settled", "at the end", "per minute", "± error"], *body])


def _pictures(pictures: Pictures) -> str:
    return (
        f"ImageBitmaps and VideoFrames: {pictures.opened} opened; open at once never more than "
        f"{pictures.most}, {pictures.settled} once settled, {pictures.last} at the end."
    )


def _controls(controls: Sequence[Controls]) -> str:
    seen = ", then ".join(
        f"{each.animation_frames_per_second:.1f} animation frames and "
        f"{each.timers_per_second:.1f} timers of the page per second"
        for each in controls
    )
    return f"Controls of hiding: {seen}."
