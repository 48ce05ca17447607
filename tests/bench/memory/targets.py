"""The heaps of a page and of its workers, asked over CDP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

from tests.bench.speed.browser import BenchError

PAGE = "page"

ANSWER_TIMEOUT_S = 20.0
"""A busy worker looks after its debugger between two tasks."""

Send = Callable[[str], dict[str, Any]]
"""Sends a CDP method to one target and gives the result."""


@dataclass(frozen=True)
class Heap:
    """Of one thread, in bytes, after a collection of garbage."""

    thread: str
    """`page`, or the name of the worker's file."""
    javascript: int
    """Objects."""
    buffers: int
    """WebAssembly's memories, and what else is behind an ArrayBuffer.

    To tell the memories alone apart, `Runtime.queryObjects` would have to look for them, but
    Chromium 156 crashes when that walks through Pyodide's heap. The rest is small: 0.5 MB of 68
    in the compositor.
    """


def heaps(page: Page) -> list[Heap]:
    """The heaps of a page and of its workers.

    Raises:
        BenchError: a worker does not answer.
    """
    session = page.context.new_cdp_session(page)
    workers = _Workers(page, session)
    found = [_heap(PAGE, session.send), *(_heap(name, send) for name, send in workers.attach())]
    session.detach()
    return found


def _heap(thread: str, send: Send) -> Heap:
    send("HeapProfiler.collectGarbage")
    usage = send("Runtime.getHeapUsage")
    return Heap(thread, int(usage["usedSize"]), int(usage["backingStorageSize"]))


class _Workers:
    """Sessions of a page's workers inside that of the page.

    Playwright routes no messages of flat sessions, so that theirs are wrapped in those of the page.
    """

    def __init__(self, page: Page, session: CDPSession) -> None:
        self._page = page
        self._session = session
        self._numbers = count(1)
        self._attached: list[tuple[str, str]] = []
        self._answers: dict[int, dict[str, Any]] = {}
        session.on("Target.attachedToTarget", self._note_target)
        session.on("Target.receivedMessageFromTarget", self._note_message)

    def attach(self) -> list[tuple[str, Send]]:
        """The workers that there are: the name of each, and how to ask it."""
        self._session.send(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False},
        )
        return [(name, self._sender(name, target)) for name, target in self._attached]

    def _sender(self, name: str, target: str) -> Send:
        def send(method: str) -> dict[str, Any]:
            number = next(self._numbers)
            message = json.dumps({"id": number, "method": method})
            wrapped = {"sessionId": target, "message": message}
            self._session.send("Target.sendMessageToTarget", wrapped)
            deadline = time.monotonic() + ANSWER_TIMEOUT_S
            while number not in self._answers:
                if time.monotonic() > deadline:
                    raise BenchError(f"{name} did not answer to {method}")
                self._page.wait_for_timeout(20)
            answer = self._answers.pop(number)
            if "error" in answer:
                raise BenchError(f"{name} refused {method}: {answer['error']['message']}")
            result: dict[str, Any] = answer["result"]
            return result

        return send

    def _note_target(self, event: dict[str, Any]) -> None:
        target = event["targetInfo"]
        if target["type"] == "worker":
            url = urlsplit(target["url"])
            name = "a blob" if url.scheme == "blob" else PurePosixPath(url.path).name
            self._attached.append((name, event["sessionId"]))

    def _note_message(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
