"""What is measured live, and in which state of its page."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.speed.camera import Size
from tests.bench.speed.subjects import ARTICLE, OURS, Case, Subject

GREEN = (0, 255, 0)
"""RGB of the plate: nothing in the footage is within 145 levels of it."""


@dataclass(frozen=True)
class Row:
    """A subject in one state of its page."""

    name: str
    subject: Subject
    hidden: bool


ROWS = (
    Row("ours, visible", OURS, hidden=False),
    Row("ours, hidden", OURS, hidden=True),
    Row("article, visible", ARTICLE, hidden=False),
)
"""By subject, visible before hidden: a page that was hidden is not shown again."""


def before(subject: Subject, size: Size) -> Case:
    """The subject with a camera of this size, and the green plate."""
    return Case(subject.at(color=f"#{bytes(GREEN).hex()}"), size)
