"""Lint, format and types of all our Python and JavaScript, and an audit of what it depends on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tools import npm, steps, venv
from tools.paths import NODE_MODULES, ROOT
from tools.problem import Problem

# One for each kind of thread, so that `self` is never `any`.
PROJECTS = ("web", "worker", "offline", "tests")


def check() -> list[str]:
    """Run every check, each to its end, and return the names of those that failed.

    Raises:
        Problem: a tool that checks could not be had.
    """
    python = str(venv.ensure())
    npm.install()
    node = shutil.which("node")
    if node is None:
        raise Problem("The JavaScript cannot be checked without node; install Node.js 18 or newer.")
    tsc = str(NODE_MODULES / "typescript" / "bin" / "tsc")
    commands = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
    } | {f"tsc {name}": [node, tsc, "-p", name] for name in PROJECTS if _has_scripts(ROOT / name)}
    commands["audit"] = [sys.executable, "-m", "tools.audit"]
    return [name for name, command in commands.items() if not steps.run(name, command)]


def _has_scripts(folder: Path) -> bool:
    # tsc takes a project without files for an error.
    return any(folder.rglob("*.js"))
