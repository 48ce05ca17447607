"""What the tests of the build share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tools import download
from tools.artifacts import Artifacts
from tools.paths import DIST
from tools.stamp import sha256

# Nothing listens on the discard port, so a connection is refused at once.
UNREACHABLE = "http://127.0.0.1:9"

Lock = Callable[[Mapping[str, tuple[bytes, Sequence[Mapping[str, str]]]]], Artifacts]


@pytest.fixture(autouse=True)
def _every_test_is_a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_unreachable", {})


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    """Makes a lock file that pins names to contents, with their sources."""

    def make(rows: Mapping[str, tuple[bytes, Sequence[Mapping[str, str]]]]) -> Artifacts:
        file = tmp_path / "artifacts.lock"
        artifacts = {
            name: {"sha256": sha256(data), "size": len(data), "sources": list(sources)}
            for name, (data, sources) in rows.items()
        }
        file.write_text(json.dumps({"artifacts": artifacts}))
        return Artifacts(file, tmp_path / "cache")

    return make


@pytest.fixture(scope="session")
def dist() -> Path:
    """The product as `build.py test` built it."""
    return Path(os.environ.get("CYCLORAMA_DIST", DIST))
