"""What each constant of the matte is worth: the evaluation again, with one of them changed.

A constant is kept where both of its neighbours are worse, or where it does not matter; each is
tried at some two thirds and at one and a half of its value, or at the values listed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from cyclorama import blend, flow, guide, histogram, light, logits, matte, memory, room
from cyclorama.matte import Parts
from cyclorama.types import Bytes, Size
from tests.bench.matte import report
from tests.bench.matte.methods import Method, Ours
from tests.bench.matte.rows import CEILINGS, Row

OURS = "ours"

SMALLER, LARGER = 2 / 3, 1.5


@dataclass(frozen=True)
class Constant:
    """A constant by name, or several that belong together."""

    module: ModuleType
    names: tuple[str, ...]
    others: tuple[tuple[object, ...], ...] = ()
    """Values to try; where there are none, each is made smaller and larger."""

    @property
    def values(self) -> tuple[object, ...]:
        """As they are."""
        return tuple(getattr(self.module, name) for name in self.names)

    def variants(self) -> Iterator[tuple[object, ...]]:
        """The values to try."""
        yield from self.others or (
            tuple(value * factor for value in self.values)  # type: ignore[operator]
            for factor in (SMALLER, LARGER)
        )

    def label(self, values: Sequence[object]) -> str:
        """`matte.STILL, MOVED = 4, 12`."""
        module = self.module.__name__.rpartition(".")[2]
        return f"{module}.{', '.join(self.names)} = {', '.join(map(_short, values))}"


CONSTANTS = (
    Constant(guide, ("RADIUS_FRACTION",), ((1 / 40,), (1 / 13,))),
    Constant(guide, ("EPSILON",), ((1e-4,), (1e-2,))),
    Constant(flow, ("FAMILIAR", "STRANGE")),
    Constant(light, ("OFFSET",), ((2.0,), (8.0,))),
    Constant(light, ("SHARE",), ((0.25,), (0.75,))),
    Constant(light, ("NOTICEABLE",), ((0.0,), (4.0,))),
    Constant(memory, ("STILL", "MOVED")),
    Constant(memory, ("MEAN_SHARE",), ((0.25,), (0.6,), (1.0,))),
    Constant(memory, ("SURE_SHARE", "DOUBT_SHARE"), ((0.5, 0.2), (0.85, 0.6))),
    Constant(memory, ("DOUBTFUL", "SURE")),
    Constant(memory, ("ALPHA_SLOPE", "ALPHA_LIMIT")),
    Constant(matte, ("COLOUR_SHARE",), ((0.0,), (0.15,), (0.5,))),
    Constant(matte, ("WHOLE",), (((2.0, 3.0),), ((5.0, 6.0),), ((99.0, 100.0),))),
    Constant(matte, ("NEAR_FRACTION",)),
    Constant(matte, ("PERSONAL",), (((0.0, 1.0),), ((2.0, 3.0),), ((99.0, 100.0),))),
    Constant(matte, ("ISLAND_SHARE",), ((0.0,), (0.2,))),
    Constant(matte, ("ISLAND_SURE",)),
    Constant(histogram, ("RATE",)),
    Constant(histogram, ("LIMIT",)),
    Constant(room, ("SURE",)),
    Constant(room, ("KNOWN",), ((2,), (5,))),
    Constant(room, ("RATE",)),
    Constant(room, ("SAME", "OTHER")),
    Constant(room, ("LIFT",), ((0.3,), (0.75,))),
    Constant(room, ("FOREIGN", "ALIEN")),
    Constant(room, ("NEW_LIFT",), ((0.5,), (1.0,))),
    Constant(room, ("REACH_FRACTION",)),
    Constant(room, ("SMOOTH", "ROUGH"), ((5.0, 10.0), (12.0, 24.0), (-2.0, -1.0))),
    Constant(room, ("LIKE", "UNLIKE")),
    Constant(room, ("CALM", "UNREST")),
    Constant(room, ("GONE",)),
    Constant(blend, ("CONTRAST",)),
)
"""Those that quality depends on; what only bounds time or memory is not here."""


def rows() -> list[Row]:
    """Ours as it is, and with each constant changed."""
    changed = [
        Row(constant.label(values), _with(constant, values), quick=True)
        for constant in CONSTANTS
        for values in constant.variants()
    ]
    return [Row(OURS, _with(CONSTANTS[0], CONSTANTS[0].values), quick=True), *changed]


def table(summaries: Mapping[str, report.Summaries]) -> str:
    """How each row differs from ours, a group of clips a column."""
    known = [(group, field) for group, field in COLUMNS if group in summaries]
    head = ["constant", *(f"{group}: {report.COLUMNS[field][0]}" for group, field in known)]
    body = [
        [name, *(_cell(summaries[group], name, field) for group, field in known)]
        for name in next(iter(summaries.values()))
        if name not in CEILINGS
    ]
    return report.layout([head, *body])


COLUMNS = (
    ("seated", "iou"),
    ("seated", "f1_2px"),
    ("seated", "mad"),
    ("seated", "flicker"),
    ("moving", "iou"),
    ("moving", "mad"),
    ("robust", "iou"),
    ("robust", "mad"),
    ("asl", "still_changed"),
)


class _Changed:
    """A method that is made and runs with other constants."""

    def __init__(self, size: Size, constant: Constant, values: Sequence[object]) -> None:
        self._changes: dict[str, Any] = dict(zip(constant.names, values, strict=True))
        self._module = constant.module
        with self._changed():
            self._ours: Method = Ours(size, Parts())

    def observe(self, frame: Bytes, timestamp: int) -> None:
        """See `Method`."""
        with self._changed():
            self._ours.observe(frame, timestamp)

    def learn(self, mask: Bytes, grid: logits.Grid, timestamp: int) -> None:
        """See `Method`."""
        with self._changed():
            self._ours.learn(mask, grid, timestamp)

    def alpha(self) -> Bytes | None:
        """See `Method`."""
        with self._changed():
            return self._ours.alpha()

    @contextmanager
    def _changed(self) -> Iterator[None]:
        with patch.multiple(self._module, **self._changes):
            yield


def _with(constant: Constant, values: Sequence[object]) -> Callable[[Size], Method]:
    return lambda size: _Changed(size, constant, values)


def _cell(rows: report.Summaries, name: str, field: str) -> str:
    """The figure itself in the row of ours, in others how it differs."""
    value, ours = getattr(rows[name], field), getattr(rows[OURS], field)
    digits = report.COLUMNS[field][1]
    return f"{value:.{digits}f}" if name == OURS else f"{value - ours:+.{digits}f}"


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
