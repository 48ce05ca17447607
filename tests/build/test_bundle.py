"""What of Python is made ready to start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from tools import node, vendor
from tools.archive import unzipped
from tools.artifacts import Artifacts
from tools.bundle import left_out, snapshot, wasm
from tools.bundle import make as module
from tools.bundle.make import PACKAGE, SITE_PACKAGES, STDLIB, Bundle, make
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

    def run(what: str, script: Path, *arguments: str) -> None:
        runs.append(script.name)
        out = Path(arguments[-1])
        if script.name == "pack.mjs":
            for folder in (STDLIB, SITE_PACKAGES, PACKAGE):
                (out / folder).mkdir(parents=True)
                (out / folder / "module.pyc").write_bytes(b"")
            for name in ("libraries.json", "modules.json"):
                (out / name).write_text("{}")
        else:
            for name in ("linked", "begun", "frozen"):
                (out / name).write_bytes(bytes(snapshot.PAGE))
            (out / "state.json").write_text("{}")

    monkeypatch.setattr(module, "CACHE", tmp_path)
    monkeypatch.setattr(node, "run", run)
    first = make(wheels)

    assert make(wheels) == first
    assert runs == ["pack.mjs", "snapshot.mjs"]
    make({})
    assert len(runs) == 4
    assert len(list((tmp_path / "bundle").iterdir())) == 1


def test_without_node_the_sentence_says_what_to_install(
    wheels: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Problem, match=r"^Compiling Python's modules needs Node\.js; install"):
        make(wheels)
    assert list(tmp_path.rglob("*.zip")) == []


def test_it_holds_three_libraries(dist: Path) -> None:
    libraries = [Path(row["path"]).name for row in python(dist)["bundle"]["libraries"]]

    assert [name.split(".")[0] for name in libraries] == [
        "_multiarray_umath",
        "_umath_linalg",
        "cv2",
    ]


def test_what_only_starts_python_is_not_shipped(dist: Path, wheels: Mapping[str, bytes]) -> None:
    """A snapshot is of a Python that has started: OpenCV fills its module when it is imported."""
    rows = {Path(row["path"]).name: row["url"] for row in python(dist)["bundle"]["libraries"]}
    (wheel,) = (data for path, data in wheels.items() if "opencv" in path)

    def code(library: bytes) -> int:
        return next(len(s.contents) for s in wasm.sections(library) if s.number == wasm.CODE)

    assert code((dist / rows["cv2.so"]).read_bytes()) < code(unzipped(wheel)["cv2/cv2.so"]) / 10


def test_a_large_library_is_cut_into_parts_that_make_it_up() -> None:
    large = bytes(range(256)) * (LIMIT // 256) + b"the rest"
    whole = {"a/large.so": large, "b/small.cpython.so": b"small"}
    shipped = ship(Bundle(dict.fromkeys(whole, b"hot"), whole, b"", {}, b""))

    assert b"".join(shipped.files[part] for part in shipped.whole["a/large.so"]) == large
    assert [Path(path).name for parts in shipped.whole.values() for path in parts] == [
        "large.whole.0.wasm",
        "large.whole.1.wasm",
        "small.whole.0.wasm",
    ]


def test_a_module_that_was_left_out_is_no_mystery() -> None:
    finder = left_out.Finder()

    with pytest.raises(ModuleNotFoundError, match=r"'turtle' in the bundle .*exercise\.py"):
        finder.find_spec("turtle")
    with pytest.raises(ModuleNotFoundError, match=r"'numpy\.ma'"):
        finder.find_spec("numpy.ma")
    finder.find_spec("somebody_elses")


def test_another_content_lies_at_another_path() -> None:
    one, two = (ship(Bundle({}, {}, data, {}, b"")) for data in (b"1", b"2"))

    assert one.snapshot != two.snapshot
