"""What is measured live, and in which state of its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tests.bench.speed.subjects import OURS, RIVALS, Subject

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
    Row("article, visible", RIVALS[0], hidden=False),
)
"""By subject, visible before hidden: a page that was hidden is not shown again."""


def before(subject: Subject, height: int) -> Subject:
    """The subject with a camera of this height, and the green plate; see page/scene.js."""
    query = urlencode({"height": height, "color": f"#{bytes(GREEN).hex()}"})
    return replace(subject, page=f"{subject.page}{'&' if '?' in subject.page else '?'}{query}")
