"""Text of others goes into the page as text; read from the sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.paths import ROOT

PARSES_OR_RUNS_TEXT = re.compile(
    r"""\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|srcdoc
        |createContextualFragment|DOMParser|document\.write(?:ln)?|execCommand)\b
      | \beval\s*\(
      | \bFunction\s*\(
      | \bset(?:Timeout|Interval)\(\s*['"`]
      | \bsetAttribute\(\s*(?!['"])
      | \bsetAttribute\(\s*['"](?:on|href|src|style|action)
      | \.href\s*=(?!=)
      | javascript:""",
    re.VERBOSE,
)
"""`setAttribute` only with a name that is written there, and that neither runs nor loads."""

HANDLER = re.compile(r"<[^>]*\s(?:on\w+|style)\s*=", re.IGNORECASE)
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style\b|<base\b", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action|data)\s*=\s*["']?(?:\w+:)?//""", re.IGNORECASE)

SCRIPTS = [path for name in ("web", "worker", "offline") for path in (ROOT / name).rglob("*.js")]
PAGES = list((ROOT / "web").rglob("*.html"))


def _lines(pattern: re.Pattern[str], text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


def test_the_patterns_find_what_they_are_for() -> None:
    for line in (
        "box.innerHTML = name;",
        "box.insertAdjacentHTML('beforeend', name);",
        "document.write(name)",
        "eval(text)",
        "new Function(text)",
        "setTimeout('go()', 1)",
        "row.setAttribute(given, name)",
        "row.setAttribute('onclick', name)",
        "link.href = name",
    ):
        assert PARSES_OR_RUNS_TEXT.search(line), line
    assert HANDLER.search('<img src="x" onerror="go()">')
    assert INLINE.search("<script>go()</script>")
    assert ELSEWHERE.search('<script src="//elsewhere.invalid/a.js">')


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_script_parses_or_runs_text(path: Path) -> None:
    assert _lines(PARSES_OR_RUNS_TEXT, path.read_text(encoding="utf-8")) == []


def test_no_page_has_scripts_or_styles_in_it_or_parts_from_elsewhere() -> None:
    assert PAGES
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for pattern in (HANDLER, INLINE, ELSEWHERE):
            assert not pattern.search(text), path
