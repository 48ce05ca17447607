"""What no page may do: complain on the console, fail unhandled, or talk to another origin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

LOCAL_SCHEMES = ("about", "blob", "data", "chrome-error")


@dataclass
class Guard:
    """Collects what pages did wrong; `check` fails with it.

    Attributes:
        origin: where requests may go, ``http://localhost:PORT``.
        requests: URLs of all requests, in order.
    """

    origin: str
    requests: list[str] = field(default_factory=list)
    _problems: list[str] = field(default_factory=list)
    _allowed: list[re.Pattern[str]] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to all pages of a context, those to come included."""
        context.on("console", lambda message: self.logged(message.type, message.text))
        context.on("weberror", lambda error: self.thrown(str(error.error)))
        context.on("request", lambda request: self.requested(request.url))

    def allow(self, *patterns: str) -> None:
        """Expect problems that match one of these; where none comes that is no failure."""
        self._allowed += [re.compile(pattern) for pattern in patterns]

    def logged(self, level: str, text: str) -> None:
        """A page wrote to the console."""
        if level in ("error", "warning"):
            self._problems.append(f"console.{level}: {text}")

    def thrown(self, error: str) -> None:
        """Nobody caught this."""
        self._problems.append(f"unhandled: {error}")

    def requested(self, address: str) -> None:
        """A page asked for this URL."""
        self.requests.append(address)
        url = urlsplit(address)
        if url.scheme in LOCAL_SCHEMES or f"{url.scheme}://{url.netloc}" == self.origin:
            return
        self._problems.append(f"request to another origin: {address}")

    def check(self) -> None:
        """Raise AssertionError where something happened that was not allowed."""
        unexpected = list(self._unexpected())
        assert not unexpected, "\n".join(["The page did what no page may:", *unexpected])

    def _unexpected(self) -> Iterable[str]:
        return (
            problem
            for problem in self._problems
            if not any(pattern.search(problem) for pattern in self._allowed)
        )
