"""The heaps of a page and of its workers, asked over CDP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import Any
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


@dataclass(frozen=True)
class _Thread:
    """A target that can be asked.

    Attributes:
        name: of its file.
        send: sends a CDP method and gives the result.
        chunks: of the snapshot that was asked for last.
    """

    name: str
    send: Callable[[str], dict[str, Any]]
    chunks: list[str] = field(default_factory=list)


def heaps(page: Page) -> list[Heap]:
    """The heaps of a page and of its workers.

    Raises:
        BenchError: a worker does not answer.
    """
    session = page.context.new_cdp_session(page)
    own = _Thread(PAGE, session.send)
    session.on(CHUNK, lambda event: own.chunks.append(event["chunk"]))
    found = [_heap(thread) for thread in [own, *_Workers(page, session).attach()]]
    session.detach()
    return found


def _heap(thread: _Thread) -> Heap:
    thread.send("HeapProfiler.collectGarbage")
    used = thread.send("Runtime.getHeapUsage")["usedSize"]
    thread.send("HeapProfiler.enable")
    # Last: the product ends a worker that answers nothing for as long as this can take.
    thread.send("HeapProfiler.takeHeapSnapshot")
    found = buffers("".join(thread.chunks))
    return Heap(thread.name, int(used), found.wasm, found.other)


class _Workers:
    """Sessions of a page's workers inside that of the page.

    Playwright routes no messages of flat sessions, so that theirs are wrapped in those of the page.
    """

    def __init__(self, page: Page, session: CDPSession) -> None:
        self._page = page
        self._session = session
        self._numbers = count(1)
        self._threads: dict[str, _Thread] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        session.on("Target.attachedToTarget", self._note_target)
        session.on("Target.receivedMessageFromTarget", self._note_message)

    def attach(self) -> list[_Thread]:
        """The workers that there are."""
        self._session.send(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False},
        )
        return list(self._threads.values())

    def _send(self, target: str, method: str) -> dict[str, Any]:
        number = next(self._numbers)
        wrapped = {"sessionId": target, "message": json.dumps({"id": number, "method": method})}
        self._session.send("Target.sendMessageToTarget", wrapped)
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
            self._threads[session] = _Thread(name, partial(self._send, session))

    def _note_message(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
        elif message["method"] == CHUNK:
            self._threads[event["sessionId"]].chunks.append(message["params"]["chunk"])
