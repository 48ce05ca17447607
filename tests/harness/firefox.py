"""Starts a Firefox and drives it over WebDriver BiDi. Its tabs are hidden like any other's."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from tests.harness.bidi import Bidi, BidiError
from tests.harness.guard import Guard
from tests.harness.site import HARNESS_JS

START_TIMEOUT_S = 60

CLIP_CAMERA = HARNESS_JS / "clip_camera.js"
"""Script of a camera that plays `CLIP`: Firefox's own fake one shows no person."""
CLIP = "__test__/camera.webm"
"""Where that clip must be on the site; it should loop without a jump."""

_numbers = count()

PREFERENCES: Mapping[str, bool | int | str] = {
    # A synthetic camera and microphone, and access to them without a question.
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    # Nothing of the browser's own may load the machine or the network during a measurement.
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    # Otherwise a peer on the same machine is sought by multicast DNS.
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.peerconnection.ice.loopback": True,
}


def program() -> str | None:
    """The browser that is started, or None where it is not installed."""
    return shutil.which(os.environ.get("CYCLORAMA_FIREFOX") or "firefox-esr")


class Tab:
    """A page of the browser."""

    def __init__(self, bidi: Bidi, context: str) -> None:
        self._bidi = bidi
        self._context = context

    def goto(self, url: str) -> None:
        """Load a page and wait until it is loaded."""
        self._bidi.command(
            "browsingContext.navigate", context=self._context, url=url, wait="complete"
        )

    def activate(self) -> None:
        """Bring this tab to front, and thereby hide the one that was there."""
        self._bidi.command("browsingContext.activate", context=self._context)

    def close(self) -> None:
        """Close it."""
        self._bidi.command("browsingContext.close", context=self._context)

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """What an expression gives in the page, or a function called with `arg`.

        The page takes it for a click of the user. JSON must be able to carry what goes both ways.

        Raises:
            BidiError: it threw.
        """
        # A policy that bars `eval` does not bar the debugger.
        result = self._bidi.command(
            "script.callFunction",
            functionDeclaration=f"""async (given) => {{
              const value = {expression.strip().rstrip(";")};
              const result = typeof value === 'function' ? value(JSON.parse(given)) : value;
              return JSON.stringify((await result) ?? null);
            }}""",
            target={"context": self._context},
            arguments=[{"type": "string", "value": json.dumps(arg)}],
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise BidiError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def evaluate_handle(self, expression: str, arg: Any = None) -> Kept:
        """The same where what it gives shall stay in the page."""
        place = f"globalThis.kept{next(_numbers)}"
        self.evaluate(
            f"async (arg) => {{ {place} = await ({expression.strip()})(arg); }}",
            arg,
        )
        return Kept(self, place)

    def wait_for_timeout(self, timeout: float) -> None:
        """Wait for milliseconds, and hear what happens meanwhile."""
        time.sleep(timeout / 1000)
        self.evaluate("null")

    def click(self, selector: str) -> None:
        """Click the element that a CSS selector finds."""
        self.evaluate("(selector) => document.querySelector(selector).click()", selector)


class Kept:
    """A value that stays in a page."""

    def __init__(self, tab: Tab, place: str) -> None:
        self._tab = tab
        self._place = place

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Call a function in the page with it and `arg`."""
        return self._tab.evaluate(f"(arg) => ({expression})({self._place}, arg)", arg)


class Firefox:
    """A running browser."""

    def __init__(self, bidi: Bidi, version: str) -> None:
        self.bidi = bidi
        self.version = version

    def open(self) -> Tab:
        """Open a tab in front of the others."""
        context = self.bidi.command("browsingContext.create", type="tab")["context"]
        tab = Tab(self.bidi, context)
        tab.activate()
        return tab

    def before_every_page(self, script: str) -> None:
        """Run a script in every page to come, before any of its own."""
        function = f"() => {{ {script} }}"
        self.bidi.command("script.addPreloadScript", functionDeclaration=function)

    def watch(self, guard: Guard) -> None:
        """Let a guard hear of what all pages to come do."""
        self.bidi.listen("log.entryAdded", lambda entry: _tell(guard, entry))
        self.bidi.listen(
            "network.beforeRequestSent", lambda event: guard.requested(event["request"]["url"])
        )


def _tell(guard: Guard, entry: dict[str, Any]) -> None:
    if entry["type"] == "javascript":
        guard.thrown(entry["text"])
    else:
        guard.logged({"warn": "warning"}.get(entry["level"], entry["level"]), entry["text"])


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Run a Firefox with a fresh profile until the context ends, and all its processes with it."""
    name = program()
    if name is None:
        raise RuntimeError("firefox-esr is not installed")
    profile = Path(tempfile.mkdtemp(prefix="cyclorama-firefox-"))
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines))
    log = profile / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [name, "--headless", "--no-remote", "--remote-debugging-port", "0",
             "--profile", str(profile), "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        bidi = Bidi(_session_url(process, profile, log))
        session = bidi.command("session.new", capabilities={})
        yield Firefox(bidi, session["capabilities"]["browserVersion"])
        bidi.close()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _session_url(process: subprocess.Popen[bytes], profile: Path, log: Path) -> str:
    deadline = time.monotonic() + START_TIMEOUT_S
    server = profile / "WebDriverBiDiServer.json"
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            address = json.loads(server.read_text())
            return f"ws://{address['ws_host']}:{address['ws_port']}/session"
        time.sleep(0.05)
    raise RuntimeError(f"Firefox did not start: {log.read_text(errors='replace')[-2000:]}")
