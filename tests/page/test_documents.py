"""What the review and the promise refer to is there."""

from __future__ import annotations

import re

import pytest

from tools.paths import ROOT

FILES = {
    path.relative_to(ROOT).as_posix()
    for folder in ("docs", "offline", "tests", "tools", "web", "worker")
    for path in (ROOT / folder).rglob("*.*")
}
NAMES = {path.rpartition("/")[2] for path in FILES}


@pytest.mark.parametrize("document", ["docs/security.md", "docs/privacy.md"])
def test_every_file_that_it_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`([\w/.-]+\.(?:py|js|html))`", text)

    assert named
    assert [name for name in named if name not in FILES and name not in NAMES] == []
