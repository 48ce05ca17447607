"""Runs our scripts under Node."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tools.problem import Problem

LIMIT_S = 600
"""Far more than any script takes."""

ERROR = re.compile(r"(\w|\.)*(Error|Exception)\b")
"""Begins the line in which Python and Node say what was thrown."""

LONGEST = 300
"""Characters of an error that are shown."""


def run(what: str, script: Path, *arguments: str) -> None:
    """Run a script and keep what it prints.

    Args:
        what: begins the sentence that says what failed, for example "Timing the matte".
        script: a module for Node.
        arguments: its arguments.

    Raises:
        Problem: there is no Node, or the script failed or took too long.
    """
    node = shutil.which("node")
    if node is None:
        raise Problem(f"{what} needs Node.js; install version 18 or newer.")
    try:
        done = subprocess.run(
            [node, str(script), *arguments], capture_output=True, timeout=LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise Problem(f"{what} took longer than {LIMIT_S} s and was ended.") from None
    if done.returncode != 0:
        raise Problem(f"{what} failed under Node: {reason(done.stderr)}")


def reason(output: bytes) -> str:
    """What a program died of: the last line that names an error, else the last one.

    Not all of a long line: Node may show minified code, megabytes in one line.
    """
    lines = [line.strip() for line in output.decode(errors="replace").split("\n") if line.strip()]
    errors = [line for line in lines if ERROR.match(line)]
    said = [*lines, *errors][-1] if lines else "it gave no reason"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]} …"
