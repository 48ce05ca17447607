"""What of a demo call's messages is believed. Anything of this origin can send them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.module import evaluate

PRESENCE = {"muted": False, "cameraOff": True}
OFFER: dict[str, Any] = {
    "description": {"type": "offer", "sdp": "v=0"},
    "name": "Ada",
    "screen": None,
    "presence": PRESENCE,
}
CANDIDATE = {
    "candidate": {
        "candidate": "candidate:1 1 udp 1 127.0.0.1 9 typ host",
        "sdpMid": "0",
        "sdpMLineIndex": 0,
        "usernameFragment": "abcd",
    }
}
LONG = "x" * 2_000_000


def signal(content: object) -> dict[str, Any]:
    return {"type": "signal", "from": "a-1", "to": "b-2", "signal": content}


def heard(message: object) -> Any:
    """What is made of a message."""
    return evaluate("web/call/signals.js", "return module.toMessage(given);", message)


@pytest.mark.parametrize(
    "message",
    [
        {"type": "hello", "from": "a-1"},
        {"type": "bye", "from": "a-1"},
        signal(OFFER),
        signal({**OFFER, "screen": "stream-2"}),
        signal({"presence": PRESENCE}),
        signal(CANDIDATE),
    ],
)
def test_a_message_of_ours_is_heard_as_it_is(message: object) -> None:
    assert heard(message) == message


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        "hello",
        [],
        {"type": "hello"},
        {"type": "hello", "from": 7},
        {"type": "hello", "from": ""},
        {"type": "hello", "from": "<img src=x onerror=alert(1)>"},
        {"type": "hello", "from": "x" * 65},
        {"type": "constructor", "from": "a-1"},
        {"from": "a-1"},
        {"type": "signal", "from": "a-1", "signal": OFFER},
        signal(None),
        signal({}),
        signal({**OFFER, "description": None}),
        signal({**OFFER, "description": {"type": "rollback"}}),
        signal({**OFFER, "description": {"type": "pranswer", "sdp": ""}}),
        signal({**OFFER, "description": {"type": "offer", "sdp": 7}}),
        signal({**OFFER, "description": {"type": "offer", "sdp": LONG}}),
        signal({**OFFER, "name": {"toString": 1}}),
        signal({**OFFER, "screen": 7}),
        signal({**OFFER, "presence": {"muted": "<b>"}}),
        signal({"presence": {"muted": 1, "cameraOff": 0}}),
        signal({"candidate": None}),
        signal({"candidate": {"candidate": 7}}),
        signal({"candidate": {"candidate": LONG}}),
    ],
)
def test_anything_else_is_not_heard(message: object) -> None:
    assert heard(message) is None


def test_what_comes_besides_is_left_out() -> None:
    extra = {"id": "somebody else's", "__proto__": {"muted": True}, "level": 1}

    assert heard(signal({"presence": {**PRESENCE, **extra}, **extra})) == signal(
        {"presence": PRESENCE}
    )


def test_a_name_is_cut_and_an_empty_one_is_a_guest() -> None:
    assert heard(signal({**OFFER, "name": LONG}))["signal"]["name"] == "x" * 60
    assert heard(signal({**OFFER, "name": " \n"}))["signal"]["name"] == "Guest"


def test_a_message_that_refers_to_itself_is_not_heard() -> None:
    body = "const loop = {}; loop.signal = loop; loop.from = loop; return module.toMessage(loop);"

    assert evaluate("web/call/signals.js", body) is None
