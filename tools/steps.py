"""Runs programs one after the other, saying how long each took."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence

from tools.paths import ROOT


def run(name: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> bool:
    """Run a program in the repository, its output passed on; return whether it succeeded."""
    print(f"== {name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | (env or {}), check=False)
    seconds = time.monotonic() - started
    outcome = "passed" if done.returncode == 0 else f"failed with code {done.returncode}"
    print(f"== {name} {outcome} in {seconds:.1f} s", flush=True)
    return done.returncode == 0
