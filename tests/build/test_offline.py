"""What the service worker is told to keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.harness.plain_host import parted
from tools import offline

FILES = {
    "index.html": b"<!doctype html>",
    "main.js": b"start();",
    "_headers": b"/*",
    "cyclorama.d.ts": b"export {};",
    "licenses/README.txt": b"free",
    "models/a-1/model.json": b"{}",
    "vendor/a-1/a.wasm": b"\0asm",
}


@pytest.fixture
def build() -> Any:
    worker = offline.service_worker(b"'script';", FILES, ["vendor/a-1/a.wasm"], "v1")
    return parted(worker)[0]


def test_the_script_follows_what_it_is_to_keep() -> None:
    assert parted(offline.service_worker(b"'script';", FILES, [], "v1"))[1] == b"'script';"


def test_another_version_is_another_script() -> None:
    one, other = (offline.service_worker(b"", FILES, [], version) for version in ("v1", "v2"))
    assert one != other


def test_the_page_is_our_own_files_under_the_names_that_hosts_answer(build: Any) -> None:
    assert set(build["page"]) == {"./", "main.js"}


def test_a_file_is_named_with_its_integrity(build: Any) -> None:
    # printf 'start();' | openssl dgst -sha256 -binary | base64
    assert build["page"]["main.js"] == "sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c="


def test_versioned_files_are_listed_whole(build: Any) -> None:
    assert build["versioned"] == ["models/a-1/model.json", "vendor/a-1/a.wasm"]
    assert build["start"] == ["vendor/a-1/a.wasm"]


def test_of_the_versioned_files_a_start_needs_only_some(dist: Path) -> None:
    built, _ = parted((dist / "sw.js").read_bytes())
    assert set(built["start"]) < set(built["versioned"])
    assert not [path for path in built["start"] if path.endswith(".whl")]
