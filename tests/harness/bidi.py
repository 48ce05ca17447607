"""A client of WebDriver BiDi, by which Firefox is driven: commands, and the events in between."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count
from typing import Any

from websockets.sync.client import connect

TIMEOUT_S = 90
"""Of one command; a script that waits for the page to go live is one."""

Listener = Callable[[dict[str, Any]], None]


class BidiError(Exception):
    """The browser refused a command, or a script in the page threw."""


class Bidi:
    """A connection to a browser. Commands wait for their answers; events are told meanwhile.

    Args:
        url: of the browser's session socket, ``ws://127.0.0.1:PORT/session``.
    """

    def __init__(self, url: str) -> None:
        # The browser pings nobody, and its answers may be as large as a picture.
        self._socket = connect(url, proxy=None, compression=None, ping_interval=None, max_size=None)
        self._ids = count(1)
        self._listeners: dict[str, Listener] = {}

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result.

        Raises:
            BidiError: it failed.
            TimeoutError: no answer came within `TIMEOUT_S`.
        """
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        deadline = time.monotonic() + TIMEOUT_S
        while True:
            message = json.loads(self._socket.recv(deadline - time.monotonic()))
            if message["type"] == "event":
                self._tell(message)
            elif message["id"] == number:
                if message["type"] == "error":
                    raise BidiError(f"{method}: {message['error']}: {message['message']}")
                return dict(message["result"])

    def listen(self, event: str, listener: Listener) -> None:
        """Call `listener` with the parameters of each such event, while a command waits."""
        self._listeners[event] = listener
        self.command("session.subscribe", events=[event])

    def close(self) -> None:
        """Close the connection; the browser goes on."""
        self._socket.close()

    def _tell(self, message: dict[str, Any]) -> None:
        listener = self._listeners.get(message["method"])
        if listener:
            listener(message["params"])
