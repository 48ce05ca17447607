"""The virtual environment that the tests, checks and figures run in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import stamp
from tools.paths import REQUIREMENTS, VENV
from tools.problem import Problem, writing

NEWEST = (3, 13)  # the newest Python for which the pinned numpy has wheels


def ensure() -> Path:
    """Return the environment's Python, after installing requirements.txt where that changed.

    Raises:
        Problem: the environment cannot be made or filled.
    """
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = VENV / ".cyclorama"
    with writing(REQUIREMENTS.name):
        wanted = stamp.sha256(REQUIREMENTS.read_bytes())
    if python.is_file() and stamp.is_done(mark, wanted):
        return python
    if sys.version_info[:2] > NEWEST:
        raise Problem(
            f"The tests' numpy has no build for Python {sys.version_info[0]}."
            f"{sys.version_info[1]}; run build.py with Python 3.11, 3.12 or 3.13."
        )
    print("Installing the Python packages of requirements.txt", flush=True)
    _run(
        "The virtual environment .venv could not be made; install Python's venv module "
        "(on Debian the package python3-venv)",
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
    )
    _run(
        "The packages of requirements.txt could not be installed",
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--only-binary", ":all:", "--require-hashes", "-r", str(REQUIREMENTS)],
    )  # fmt: skip
    stamp.set_done(mark, wanted)
    return python


def _run(failure: str, command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    output = done.stdout + done.stderr
    if "No space left" in output:
        raise Problem(f"{failure}: the disk is full; free some space and run again.")
    if "do not match the hashes" in output.lower():
        raise Problem(f"{failure}: a download does not have the hash of {REQUIREMENTS.name}.")
    if "NewConnectionError" in output or "ConnectTimeout" in output or "ResolutionError" in output:
        raise Problem(f"{failure}: the package index could not be reached; check the network.")
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "no message")
    raise Problem(f"{failure}: {last.strip()}")
