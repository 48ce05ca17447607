"""What no page may do: complain on the console, fail unhandled, or talk to another origin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request

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
        context.on("console", self._console)
        context.on("weberror", lambda error: self._error(error.error))
        context.on("request", self._request)

    def allow(self, *patterns: str) -> None:
        """Expect problems that match one of these; where none comes that is no failure."""
        self._allowed += [re.compile(pattern) for pattern in patterns]

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

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._problems.append(f"console.{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self._problems.append(f"unhandled: {error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        url = urlsplit(request.url)
        if url.scheme in LOCAL_SCHEMES or f"{url.scheme}://{url.netloc}" == self.origin:
            return
        self._problems.append(f"request to another origin: {request.url}")
