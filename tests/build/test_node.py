from __future__ import annotations

from pathlib import Path

import pytest

from tools import node
from tools.problem import Problem


def test_without_node_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Problem, match=r"^Packing needs Node.js; install version 18 or newer.$"):
        node.run("Packing", tmp_path / "absent.mjs")


def test_a_failure_is_told_in_a_sentence(tmp_path: Path) -> None:
    script = tmp_path / "script.mjs"
    script.write_text("throw new TypeError('too small')")

    with pytest.raises(Problem, match=r"^Packing failed under Node: TypeError: too small$"):
        node.run("Packing", script)


def test_of_what_node_says_the_error_is_shown() -> None:
    said = b"node:internal\n  throw\n\nError [X]: no package\n    at a.mjs\n\nNode.js v20.20.2\n"
    assert node.reason(said) == "Error [X]: no package"
    assert node.reason(b"Aborted()\n") == "Aborted()"
    assert node.reason(b"\n") == "it gave no reason"


def test_a_long_line_of_code_is_not_shown_whole() -> None:
    assert node.reason(b"x" * 10**6) == "x" * node.LONGEST + " …"
