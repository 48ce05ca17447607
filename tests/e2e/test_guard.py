"""The guard itself must see what it is there for."""

from __future__ import annotations

import pytest

from tests.harness.eventually import eventually
from tests.harness.guard import Guard
from tests.harness.studio import Studio

MISDEEDS = {
    "console.error": "console.error('broken')",
    "console.warning": "console.warn('odd')",
    "unhandled": "void setTimeout(() => { throw new Error('nobody catches this') })",
    "unhandled rejection": "void Promise.reject(new Error('nor this'))",
    "request to another origin": "void fetch('http://localhost:1/')",
    "worker's console": """void (globalThis.held = new Worker(URL.createObjectURL(new Blob(
        ["console.error('broken in a worker')"]))))""",
}


@pytest.mark.parametrize("script", MISDEEDS.values(), ids=MISDEEDS.keys())
def test_a_misdeed_is_seen(studio: Studio, script: str) -> None:
    page = studio.open()
    studio.guard.check()
    page.evaluate(script)
    eventually(page, lambda: _complains(studio.guard), "the guard saw it")
    studio.guard.allow(".*")


def _complains(guard: Guard) -> bool:
    try:
        guard.check()
    except AssertionError as error:
        return "no page may" in str(error)
    return False


def test_an_idle_page_does_nothing_wrong(studio: Studio) -> None:
    studio.open()
    studio.guard.check()
