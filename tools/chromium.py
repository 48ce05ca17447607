"""Finds the Chromium that the browser tests drive, or installs Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess

from tools.problem import Problem

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = "install Chromium, or name the program of one in CYCLORAMA_CHROMIUM"


def ensure() -> str:
    """Return the program's path.

    Raises:
        Problem: there is none and none can be installed.
    """
    named = os.environ.get("CYCLORAMA_CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise Problem(f"CYCLORAMA_CHROMIUM names {named}, which is not a program; correct it.")
        return found
    return _find() or _install()


def _find() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def _install() -> str:
    apt = shutil.which("apt-get")
    if apt is None or os.name == "nt" or os.geteuid() != 0:
        raise Problem(f"The browser tests need Chromium, and there is none; {ADVICE}.")
    print("Installing Debian's Chromium", flush=True)
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [apt, "-qq", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
        if done.returncode != 0:
            last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
            raise Problem(f"Chromium could not be installed with apt-get ({last}); {ADVICE}.")
    found = _find()
    if found is None:
        raise Problem(f"Debian's package chromium brought no program of that name; {ADVICE}.")
    return found
