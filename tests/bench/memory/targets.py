"""The heaps of a page and of its workers, asked over CDP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

from tests.bench.memory.snapshot import buffers
from tests.bench.speed.browser import BenchError

PAGE = "page"

ANSWER_TIMEOUT_S = 60.0
"""A snapshot of Pyodide's heap takes ten seconds."""

CHUNK = "HeapProfiler.addHeapSnapshotChunk"


@dataclass(frozen=True)
class Heap:
    """Of one thread, in bytes, after a collection of garbage."""

    thread: str
    """`page`, or the name of the worker's file."""
    javascript: int
    """Objects."""
    wasm: int
    """WebAssembly's memories."""
    buffers: int
    """Other buffers: pictures, and the files that Python sees."""


class Send(Protocol):
    """Sends a CDP method."""

    def __call__(self, method: str, params: dict[str, Any] | None = None, /) -> dict[str, Any]:
        """Gives the result."""


@dataclass(frozen=True)
class Thread:
    """A target that can be asked.

    Attributes:
        name: `page`, or of its file.
        send: asks it.
        chunks: of the snapshot that was asked for last.
    """

    name: str
    send: Send
    chunks: list[str] = field(default_factory=list)

    def javascript(self) -> int:
        """Bytes of JavaScript's objects, after a collection of garbage."""
        self.send("HeapProfiler.collectGarbage")
        return int(self.send("Runtime.getHeapUsage")["usedSize"])


def heaps(page: Page) -> list[Heap]:
    """The heaps of a page and of its workers.

    Raises:
        BenchError: a worker does not answer.
    """
    with threads(page) as found:
        return [_heap(thread) for thread in found]


@contextmanager
def threads(page: Page) -> Iterator[list[Thread]]:
    """The page and the workers that it has now, to be asked until the end."""
    session = page.context.new_cdp_session(page)
    own = Thread(PAGE, session.send)
    session.on(CHUNK, lambda event: own.chunks.append(event["chunk"]))
    yield [own, *_Workers(page, session).attach()]
    session.detach()


def _heap(thread: Thread) -> Heap:
    used = thread.javascript()
    thread.send("HeapProfiler.enable")
    # Last: the product ends a worker that answers nothing for as long as this can take.
    thread.send("HeapProfiler.takeHeapSnapshot")
    found = buffers("".join(thread.chunks))
    return Heap(thread.name, used, found.wasm, found.other)


class _Workers:
    """Sessions of a page's workers inside that of the page.

    Playwright routes no messages of flat sessions, so that theirs are wrapped in those of the page.
    """

    def __init__(self, page: Page, session: CDPSession) -> None:
        self._page = page
        self._session = session
        self._numbers = count(1)
        self._threads: dict[str, Thread] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        session.on("Target.attachedToTarget", self._note_target)
        session.on("Target.receivedMessageFromTarget", self._note_message)

    def attach(self) -> list[Thread]:
        """The workers that there are."""
        self._session.send(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False},
        )
        return list(self._threads.values())

    def _send(
        self, target: str, method: str, params: Mapping[str, Any] | None = None, /
    ) -> dict[str, Any]:
        number = next(self._numbers)
        message = json.dumps({"id": number, "method": method, "params": params or {}})
        self._session.send("Target.sendMessageToTarget", {"sessionId": target, "message": message})
        deadline = time.monotonic() + ANSWER_TIMEOUT_S
        name = self._threads[target].name
        while number not in self._answers:
            if time.monotonic() > deadline:
                raise BenchError(f"{name} did not answer to {method}")
            self._page.wait_for_timeout(20)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise BenchError(f"{name} refused {method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _note_target(self, event: dict[str, Any]) -> None:
        target, session = event["targetInfo"], event["sessionId"]
        if target["type"] == "worker":
            url = urlsplit(target["url"])
            name = "a blob" if url.scheme == "blob" else PurePosixPath(url.path).name
            self._threads[session] = Thread(name, partial(self._send, session))

    def _note_message(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
        elif message["method"] == CHUNK:
            self._threads[event["sessionId"]].chunks.append(message["params"]["chunk"])
