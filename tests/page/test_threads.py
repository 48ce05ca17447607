"""What belongs to one file alone, and to which thread; read from the sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.paths import ROOT

SCRIPTS = [path for name in ("web", "worker", "offline") for path in (ROOT / name).rglob("*.js")]
PYTHON = list((ROOT / "py").rglob("*.py"))


def _holding(pattern: str, files: list[Path]) -> set[str]:
    searched = re.compile(pattern, re.MULTILINE)
    return {
        path.relative_to(ROOT).as_posix() for path in files if searched.search(path.read_text())
    }


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        (r"\bOT\b", {"web/call/vonage.js"}),
        (r"\bloadPyodide\(", {"worker/runtime.js", "worker/bundle.js"}),
        (r"@tensorflow/|\bimportScripts\(", {"worker/segmenter.js", "worker/backends.js"}),
        (r"\btransferControlToOffscreen\(", {"web/output.js"}),
    ],
    ids=["OpenTok", "Pyodide", "tfjs", "output"],
)
def test_what_has_a_file_of_its_own_is_named_in_no_other(pattern: str, files: set[str]) -> None:
    assert _holding(pattern, SCRIPTS) == files


def test_the_page_opens_all_workers() -> None:
    """A worker that opens one stops in Firefox for good, three times in a hundred."""
    opening = _holding(r"\bnew Worker\(", SCRIPTS)
    assert opening
    assert all(path.startswith("web/") for path in opening)


def test_the_python_runs_anywhere() -> None:
    assert PYTHON
    assert _holding(r"^\s*(?:from|import) (?:js|pyodide)\b", PYTHON) == set()
