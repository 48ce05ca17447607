from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from urllib.request import Request

import pytest

from tests.build.conftest import UNREACHABLE, Lock
from tools import npm
from tools.artifacts import Local, Unobtainable
from tools.problem import Problem
from tools.server import serve

DATA = b"the right bytes"


def test_the_first_source_that_answers_is_used_and_the_cache_after_it(
    lock: Lock, tmp_path: Path
) -> None:
    with serve(tmp_path, overlay={"wheel": DATA}) as url:
        sources = [{"url": f"{UNREACHABLE}/wheel"}, {"url": f"{url}wheel"}]
        artifacts = lock({"wheel": (DATA, sources)})
        assert artifacts.get("wheel") == DATA

    assert artifacts.get("wheel") == DATA  # the server is gone


def test_a_spoiled_cache_is_fetched_again(lock: Lock, tmp_path: Path) -> None:
    with serve(tmp_path, overlay={"wheel": DATA}) as url:
        artifacts = lock({"wheel": (DATA, [{"url": f"{url}wheel"}])})
        artifacts.get("wheel")
        (cached,) = (tmp_path / "cache").iterdir()
        cached.write_bytes(DATA[:-1])

        assert artifacts.get("wheel") == DATA


def test_a_wrong_hash_is_one_sentence_that_names_artifact_and_source(
    lock: Lock, tmp_path: Path
) -> None:
    with serve(tmp_path, overlay={"wheel": b"something else"}) as url:
        artifacts = lock({"wheel": (DATA, [{"url": f"{url}wheel"}])})
        with pytest.raises(Problem, match=rf"^wheel from {url}wheel does not have the hash"):
            artifacts.get("wheel")

    assert not (tmp_path / "cache").exists()


def test_the_hash_decides_between_sources(lock: Lock, tmp_path: Path) -> None:
    with serve(tmp_path, overlay={"bad": b"something else", "good": DATA}) as url:
        artifacts = lock({"wheel": (DATA, [{"url": f"{url}bad"}, {"url": f"{url}good"}])})
        assert artifacts.get("wheel") == DATA


def test_without_a_network_the_sentence_names_the_artifact_and_what_to_do(lock: Lock) -> None:
    artifacts = lock({"wheel": (DATA, [{"url": f"{UNREACHABLE}/wheel"}])})

    with pytest.raises(Unobtainable, match=r"^wheel could not be had; check the network: 127"):
        artifacts.get("wheel")


def test_an_unreachable_host_is_tried_once_a_run(
    lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def urlopen(request: Request, timeout: float) -> None:
        tried.append(request.full_url)
        raise TimeoutError("timed out")

    monkeypatch.setattr("tools.download.urlopen", urlopen)
    sources = [{"url": "https://host.invalid/a"}, {"url": "https://host.invalid/b"}]
    with pytest.raises(Unobtainable):
        lock({"wheel": (DATA, sources)}).get("wheel")

    assert tried == ["https://host.invalid/a"]


def test_a_missing_file_does_not_make_its_host_unreachable(lock: Lock, tmp_path: Path) -> None:
    with serve(tmp_path, overlay={"wheel": DATA}) as url:
        sources = [{"url": f"{url}absent"}, {"url": f"{url}wheel"}]
        assert lock({"wheel": (DATA, sources)}).get("wheel") == DATA


def test_a_full_disk_is_one_sentence_that_names_the_artifact(
    lock: Lock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wheel"
    file.write_bytes(DATA)

    def full(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    artifacts = lock({"wheel": (DATA, [])})
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Problem, match=r"^The disk is full, so wheel could not be written; free"):
        artifacts.get("wheel", first=[Local(file)])


def test_all_that_is_wanted_of_an_npm_package_is_taken_at_once(
    lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []

    def extract(package: str, members: dict[str, object]) -> dict[str, bytes]:
        packed.append(package)
        return {"a.whl": b"a", "b.whl": b"b"}

    monkeypatch.setattr(npm, "extract", extract)
    artifacts = lock(
        {
            "a": (b"a", [{"npm": "carrier@1.0.0", "member": "a.whl"}]),
            "b": (b"b", [{"npm": "carrier@1.0.0", "member": "b.whl"}]),
        }
    )

    assert artifacts.get("a") == b"a"
    assert artifacts.get("b") == b"b"
    assert packed == ["carrier@1.0.0"]


def test_without_npm_its_package_is_named_as_missing(
    lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    artifacts = lock({"wheel": (DATA, [{"npm": "carrier@1.0.0", "member": "wheel"}])})

    with pytest.raises(Problem, match=r"^wheel could not be had; .*carrier@1.0.0.*without npm"):
        artifacts.get("wheel")


def test_hosts_fail_over_within_seconds(lock: Lock, tmp_path: Path) -> None:
    started = time.monotonic()
    with serve(tmp_path, overlay={"wheel": DATA}) as url:
        sources = [{"url": "https://host.invalid/wheel"}, {"url": f"{url}wheel"}]
        assert lock({"wheel": (DATA, sources)}).get("wheel") == DATA

    assert time.monotonic() - started < 8
