"""What of Python is made ready to start."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping
from dataclasses import astuple
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tools import node, vendor
from tools.archive import unzipped
from tools.artifacts import Artifacts
from tools.bundle import left_out
from tools.bundle import make as module
from tools.bundle.make import SITE_PACKAGES, STDLIB, Bundle, make
from tools.bundle.ship import LIMIT, ship
from tools.paths import ARTIFACTS_LOCK, CACHE
from tools.problem import Problem


@pytest.fixture
def wheels() -> Mapping[str, bytes]:
    return vendor.wheels(Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts"))


def python(dist: Path) -> Any:
    return json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["python"]


def test_the_same_inputs_make_the_same_bytes(
    dist: Path, wheels: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built = make(wheels)
    monkeypatch.setattr(module, "CACHE", tmp_path)

    assert astuple(make(wheels)) == astuple(built)


def test_it_is_made_once(
    wheels: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    runs: list[str] = []

    def pack(what: str, script: Path, *arguments: str) -> None:
        runs.append(what)
        out = Path(arguments[-1])
        for folder in (STDLIB, SITE_PACKAGES, "cyclorama/"):
            (out / folder).mkdir(parents=True)
            (out / folder / "module.pyc").write_bytes(b"")
        (out / "libraries.json").write_text("{}")

    monkeypatch.setattr(module, "CACHE", tmp_path)
    monkeypatch.setattr(node, "run", pack)
    first = make(wheels)

    assert make(wheels) == first
    assert len(runs) == 1
    make({})
    assert len(runs) == 2
    assert len(list((tmp_path / "bundle").iterdir())) == 1


def test_without_node_the_sentence_says_what_to_install(
    wheels: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Problem, match=r"^Compiling Python's modules needs Node\.js; install"):
        make(wheels)
    assert list(tmp_path.rglob("*.zip")) == []


def test_it_holds_what_a_failure_needs_to_be_told(dist: Path) -> None:
    stdlib = unzipped((dist / python(dist)["bundle"]["stdlib"]).read_bytes())

    assert {"traceback.pyc", "linecache.pyc", "json/__init__.pyc", "asyncio/__init__.pyc"} <= set(
        stdlib
    )


def test_it_holds_three_libraries(dist: Path) -> None:
    libraries = [row["path"].split("/")[-1] for row in python(dist)["bundle"]["libraries"]]

    assert [name.split(".")[0] for name in libraries] == [
        "_multiarray_umath",
        "_umath_linalg",
        "cv2",
    ]


def test_only_files_that_are_no_modules_are_sources(dist: Path) -> None:
    archive = (dist / python(dist)["bundle"]["packages"]).read_bytes()
    with tarfile.open(fileobj=BytesIO(archive)) as packages:
        sources = [name for name in packages.getnames() if not name.endswith(".pyc")]

    assert sources == ["cv2/config-3.py", "cv2/config.py"]


def test_a_large_library_is_cut_into_parts_that_make_it_up() -> None:
    large = bytes(range(256)) * (LIMIT // 256) + b"the rest"
    libraries = {"a/large.so": large, "b/small.cpython.so": b"small"}
    whole = {"a/large.so": b"larger", "b/small.cpython.so": large}
    shipped = ship(Bundle(b"", b"", libraries, whole, b""))

    assert b"".join(shipped.files[part] for part in shipped.libraries["a/large.so"]) == large
    assert b"".join(shipped.files[part] for part in shipped.whole["b/small.cpython.so"]) == large
    assert [path.split("/")[-1] for parts in shipped.libraries.values() for path in parts] == [
        "large.0.wasm",
        "large.1.wasm",
        "small.wasm",
    ]


def test_a_module_that_was_left_out_is_no_mystery() -> None:
    finder = left_out.Finder()

    with pytest.raises(ModuleNotFoundError, match=r"'turtle' in the bundle .*exercise\.py"):
        finder.find_spec("turtle")
    with pytest.raises(ModuleNotFoundError, match=r"'numpy\.ma'"):
        finder.find_spec("numpy.ma")
    finder.find_spec("somebody_elses")


def test_another_content_lies_at_another_path() -> None:
    one, two = (ship(Bundle(data, b"", {}, {}, b"")) for data in (b"1", b"2"))

    assert one.stdlib != two.stdlib
