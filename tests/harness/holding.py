"""Files that do not come for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Route


@contextmanager
def holding(context: BrowserContext, pattern: str) -> Iterator[None]:
    """Hold files back until the end.

    Begun before a page opens: it fetches at once, and a machine may be so fast, or so busy, that
    nothing would be seen between none and all.
    """
    held: list[Route] = []
    context.route(pattern, lambda route: held.append(route))  # noqa: PLW0108
    yield
    for route in held:
        route.continue_()
    context.unroute(pattern)
