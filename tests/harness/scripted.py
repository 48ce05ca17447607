"""What a test does with a page of any browser; Playwright's pages can do it, and more."""

from __future__ import annotations

from typing import Any, Protocol


class Handle(Protocol):
    """Something that stays in the page."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Call a function in the page, with this and `arg`."""


class Scripted(Protocol):
    """A page."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """What an expression gives in the page, or a function called with `arg`."""

    def evaluate_handle(self, expression: str, arg: Any = None) -> Handle:
        """The same where what it gives shall stay there."""

    def wait_for_timeout(self, timeout: float) -> None:
        """Wait for milliseconds."""
