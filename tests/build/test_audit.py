"""What the audit makes of the answers that it gets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.build.conftest import UNREACHABLE
from tools import audit, vendor
from tools.download import Unavailable
from tools.paths import ROOT
from tools.server import Handler, serve

GRAVE = {"name": "long", "title": "Too long", "severity": "high", "url": "https://ghsa/1"}
MILD = {"name": "ws", "title": "Wet", "severity": "moderate", "url": "https://ghsa/2"}
NPM = {
    "auditReportVersion": 2,
    "vulnerabilities": {
        "long": {"via": [GRAVE]},
        "ws": {"via": [MILD]},
        "body-pix": {"via": ["long"]},
    },
}
REFUSED = {"message": "405 Method Not Allowed", "error": {}}


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the only npm there is prints; it fails, as npm does for either reason."""
    answer = tmp_path / "answer.json"
    program = tmp_path / "npm"
    program.write_text(f"#!/bin/sh\n/bin/cat '{answer}'\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return answer


class Database:
    """Advisories by package, in the way of osv.dev."""

    def __init__(self) -> None:
        self.by_package: dict[str, list[str]] = {}
        self.asked: dict[str, str] = {}

    def batch(self, _query: str, body: bytes) -> bytes:
        queries = json.loads(body)["queries"]
        assert {query["package"]["ecosystem"] for query in queries} == {"PyPI"}
        self.asked |= {query["package"]["name"]: query["version"] for query in queries}
        rows = [self.by_package.get(query["package"]["name"], []) for query in queries]
        results = [{"vulns": [{"id": each} for each in row]} if row else {} for row in rows]
        return _encoded({"results": results})


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    made = Database()
    advisories = [
        {"id": "PYSEC-1", "aliases": ["CVE-1"], "summary": "It leaks"},
        {"id": "GHSA-x", "aliases": [next(iter(audit.ANSWERED))]},
    ]
    handlers: dict[str, Handler] = {"querybatch": made.batch}
    for each in advisories:
        handlers[f"vulns/{each['id']}"] = partial(_told, _encoded(each))
    with serve(tmp_path, handlers=handlers) as url:
        monkeypatch.setattr(audit, "OSV", url.rstrip("/"))
        yield made


def _told(answer: bytes, _query: str, _body: bytes) -> bytes:
    return answer


def _encoded(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value).encode()


def test_a_grave_advisory_on_an_npm_package_is_named_once(npm: Path) -> None:
    npm.write_text(json.dumps(NPM))

    assert audit.npm_packages() == ["long: Too long (https://ghsa/1)"]


@pytest.mark.parametrize("said", [json.dumps(REFUSED), "<html>", ""])
def test_a_registry_that_cannot_answer_is_no_finding(npm: Path, said: str) -> None:
    npm.write_text(said)

    with pytest.raises(Unavailable, match=r"^npm "):
        audit.npm_packages()


def test_what_is_required_and_what_is_shipped_is_asked_about(database: Database) -> None:
    assert audit.python_packages() == []

    assert {"pytest", "mypy", "playwright", "numpy", "opencv-python"} <= database.asked.keys()
    for wheel in vendor.WHEELS:
        name, version, *_ = wheel.split("-")
        assert database.asked[name.replace("_", "-")] == version


def test_an_advisory_is_named_unless_it_was_answered(database: Database) -> None:
    database.by_package = {"pytest": ["PYSEC-1"], "opencv-python": ["GHSA-x"]}

    assert audit.python_packages() == [
        f"pytest {database.asked['pytest']}: It leaks (https://osv.dev/PYSEC-1)"
    ]


def test_nothing_of_ours_reads_picture_files_with_opencv() -> None:
    """What `ANSWERED` says of OpenCV."""
    for path in (ROOT / "py").rglob("*.py"):
        assert not re.search(r"imread|imdecode", path.read_text(encoding="utf-8")), path


def test_a_finding_fails(npm: Path, database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    npm.write_text(json.dumps(NPM))

    assert audit.main() == 1
    assert "long: Too long (https://ghsa/1)" in capsys.readouterr().out


def test_without_a_network_it_is_said_and_nothing_fails(
    npm: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    npm.with_name("npm").unlink()
    monkeypatch.setattr(audit, "OSV", UNREACHABLE)

    assert audit.main() == 0
    npm_said, python_said = capsys.readouterr().out.splitlines()
    assert npm_said == "The npm packages were not audited: npm is not installed."
    assert python_said.startswith("The Python packages were not audited: 127.0.0.1 could not be")
