"""Starts a Chromium whose tabs can really be hidden.

Playwright's own launches keep every page visible, so that a test of a hidden tab would prove
nothing. A Chromium started by hand and joined over CDP without Playwright's defaults hides a tab
like any other.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Playwright

START_TIMEOUT_S = 30

FLAGS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-first-run",
    "--no-default-browser-check",
    # Nothing of the browser's own may load the machine or the network during a measurement.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)

# Where tabs share their pictures; a container may have too little of it, and tabs crash then.
SHARED_MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 1 << 30

# An audible tab is not throttled, so a noise would make a hidden tab's test prove nothing.
MUTE = "--mute-audio"


def program() -> str:
    """The browser that is started."""
    return os.environ.get("CYCLORAMA_CHROMIUM", "/usr/bin/chromium")


def camera_flags(clip: Path, fps: int = 30) -> tuple[str, ...]:
    """Flags for a fake camera that plays a .y4m file, and for access to it without a question."""
    return ("--use-fake-ui-for-media-stream", *fake_camera(clip, fps))


def fake_camera(clip: Path, fps: int = 30) -> tuple[str, ...]:
    """Flags for that camera alone; the context grants access to it."""
    return (
        f"--use-fake-device-for-media-stream=fps={fps}",
        f"--use-file-for-fake-video-capture={clip}",
    )


@contextmanager
def chromium(
    playwright: Playwright, flags: Sequence[str], *, audible: bool = False
) -> Iterator[Browser]:
    """Run a Chromium with a fresh profile until the context ends, and all its processes with it."""
    sound = () if audible else (MUTE,)
    roomy = shutil.disk_usage(SHARED_MEMORY).total >= ENOUGH_BYTES
    memory = () if roomy else ("--disable-dev-shm-usage",)
    profile = Path(tempfile.mkdtemp(prefix="cyclorama-chromium-"))
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    log = profile / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                program(),
                *FLAGS,
                *sound,
                *memory,
                *root,
                *flags,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = _debugger_url(process, profile, log)
        browser = playwright.chromium.connect_over_cdp(url, no_defaults=True)
        yield browser
        browser.close()
    finally:
        # The program is a shell script on Debian: its children are in its process group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _debugger_url(process: subprocess.Popen[bytes], profile: Path, log: Path) -> str:
    deadline = time.monotonic() + START_TIMEOUT_S
    port_file = profile / "DevToolsActivePort"
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        lines = port_file.read_text().splitlines() if port_file.exists() else []
        if len(lines) == 2:
            port, path = lines
            return f"ws://127.0.0.1:{port}{path}"
        time.sleep(0.05)
    raise RuntimeError(f"Chromium did not start: {log.read_text(errors='replace')[-2000:]}")
