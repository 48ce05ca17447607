"""No failure is worded, named or shown outside the error table; read from the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.harness.module import evaluate
from tools.paths import ROOT

ERRORS = evaluate("web/errors.js", "return module.ERRORS;")

RAISES = re.compile(
    r"""\b(?:CycloramaError|toCycloramaError|callError|fail|failure)\(
        [^()]*?'([a-z]+-[a-z]+)'(?:\s*:\s*'([a-z]+-[a-z]+)')?""",
    re.VERBOSE,
)
ID = re.compile(r"""['"]([a-z]+-[a-z]+)['"]""")


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".js", ".py", ".html"):
                yield path.relative_to(ROOT).as_posix(), path.read_text()


def test_every_error_that_is_raised_has_a_row() -> None:
    raised = {
        (path, error)
        for path, text in sources("web", "worker")
        for found in RAISES.finditer(text)
        for error in found.groups()
        if error
    }
    assert {error for _, error in raised} <= ERRORS.keys()
    # That the pattern finds them is shown by its finding many.
    assert len({error for _, error in raised}) > len(ERRORS) / 2


def test_every_row_is_raised_somewhere() -> None:
    named = {
        error
        for path, text in sources("web", "worker")
        if path != "web/errors.js"
        for error in ID.findall(text)
    }
    assert ERRORS.keys() <= named


def test_python_names_no_error() -> None:
    """What Python raises is named where it arrives, in worker/."""
    named = {(path, error) for path, text in sources("py") for error in ID.findall(text)}
    assert not [each for each in named if each[1] in ERRORS]


def test_a_row_is_one_sentence_and_one_action() -> None:
    for error, row in ERRORS.items():
        for text in (row["sentence"], row["action"]):
            assert re.fullmatch(r"[A-Z][^.!?]*\.", text), error


def test_nobody_is_interrupted_by_a_dialog() -> None:
    dialog = re.compile(r"(?<![\w.])(?:alert|confirm|prompt)\(")
    assert not [path for path, text in sources("web", "worker") if dialog.search(text)]
