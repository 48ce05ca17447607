"""The guard itself must see what it is there for."""

from __future__ import annotations

import pytest

from tests.harness.studio import Studio

MISDEEDS = {
    "console.error": "console.error('broken')",
    "console.warning": "console.warn('odd')",
    "unhandled": "void setTimeout(() => { throw new Error('nobody catches this') })",
    "unhandled rejection": "void Promise.reject(new Error('nor this'))",
    "request to another origin": "void fetch('http://localhost:1/')",
    "worker's console": """void new Worker(URL.createObjectURL(new Blob(
        ["console.error('broken in a worker')"])))""",
}


@pytest.mark.parametrize("script", MISDEEDS.values(), ids=MISDEEDS.keys())
def test_a_misdeed_is_seen(studio: Studio, script: str) -> None:
    page = studio.open()
    studio.guard.check()
    page.evaluate(script)
    page.wait_for_timeout(300)
    with pytest.raises(AssertionError, match="no page may"):
        studio.guard.check()
    studio.guard.allow(".*")


def test_an_idle_page_does_nothing_wrong(studio: Studio) -> None:
    studio.open()
    studio.guard.check()
