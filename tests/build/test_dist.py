from __future__ import annotations

import errno
import json
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tools import dist as build
from tools import policy
from tools.archive import unzipped
from tools.bundle.make import Bundle
from tools.models import Model
from tools.paths import ROOT
from tools.problem import Problem
from tools.segmenters import DEFAULT, SELFIE

MEBIBYTE = 1024 * 1024
BUNDLE = Bundle(
    {"cv2/cv2.so": b"library"}, {"cv2/cv2.so": b"whole"}, b"snapshot", {"bytes": 1}, b"source"
)


def paths(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def manifest(dist: Path) -> Any:
    return json.loads((dist / "manifest.json").read_text(encoding="utf-8"))


def test_no_file_is_over_25_mebibytes(dist: Path) -> None:
    sizes = {path: path.stat().st_size for path in dist.rglob("*") if path.is_file()}

    assert max(sizes.values()) <= 25 * MEBIBYTE, max(sizes, key=lambda path: sizes[path])


def test_the_manifest_names_exactly_the_large_parts_with_their_sizes(
    dist: Path, manifest: Any
) -> None:
    there = {
        path: (dist / path).stat().st_size
        for path in paths(dist)
        if path.startswith(("models/", "py/", "vendor/"))
    }

    assert manifest["sizes"] == there


def test_every_path_of_the_manifest_is_there(dist: Path, manifest: Any) -> None:
    named = [
        *manifest["python"]["wheels"],
        manifest["python"]["source"],
        *(
            path
            for each in manifest["python"]["bundle"]["libraries"]
            for path in (each["url"], *each["whole"])
        ),
        manifest["python"]["bundle"]["snapshot"]["url"],
        manifest["python"]["core"],
        manifest["python"]["pyodide"] + "pyodide.mjs",
        *manifest["tfjs"]["scripts"],
        manifest["tfjs"]["wasm"] + "tfjs-backend-wasm-simd.wasm",
        manifest["tfjs"]["webgl"],
        manifest["tfjs"]["webgpu"],
        manifest["opentok"],
    ]
    for segmenter in manifest["segmenters"]:
        if segmenter["kind"] == "selfie":
            named.append(segmenter["model"])
        else:
            named += [model["url"] for model in segmenter["models"]]

    assert not [path for path in named if path not in manifest["sizes"]]


def test_the_types_of_the_api_and_every_licence_are_shipped(dist: Path) -> None:
    there = paths(dist)

    assert "cyclorama.d.ts" in there
    assert {path for path in there if path.endswith(".d.ts")} == {"cyclorama.d.ts"}
    listed = (dist / "licenses" / "README.txt").read_text(encoding="utf-8").splitlines()[2:]
    assert {f"licenses/{line.rpartition(': ')[2]}" for line in listed} | {
        "licenses/README.txt"
    } == {path for path in there if path.startswith("licenses/")}


def test_the_python_package_is_shipped_whole_and_compiled(dist: Path) -> None:
    root = ROOT / "py"
    packed = unzipped((dist / "py" / "cyclorama.zip").read_bytes())

    sources = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "cyclorama").rglob("*.py")
    }
    assert {path: data for path, data in packed.items() if path in sources} == sources
    assert packed.keys() - sources.keys() == {f"{path}c" for path in sources}


def test_the_same_sources_make_the_same_bytes() -> None:
    models = [Model(DEFAULT, {"model-stride16.json": b"{}"})]
    wheel = _wheel()

    assert build.contents(models, wheel, BUNDLE) == build.contents(models, wheel, BUNDLE)


def test_the_manifest_offers_the_segmenters_in_the_order_given() -> None:
    models = [Model(DEFAULT, {}), Model(SELFIE, {"selfie.json": b"{}"})]
    offered = json.loads(build.contents(models, _wheel(), BUNDLE)["manifest.json"])["segmenters"]

    assert [each["id"] for each in offered] == [DEFAULT.id, "selfie"]
    assert [each["stride"] for each in offered[0]["models"]] == [16, 8]


def test_replacing_leaves_exactly_the_new_files(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    build.replace(target, {"old.js": b"", "folder/old.js": b""})
    build.replace(target, {"new.js": b"", "folder/new.js": b""})

    assert paths(target) == {"new.js", "folder/new.js"}


def test_a_full_disk_leaves_no_half_built_dist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr(build, "CACHE", cache)
    write = Path.write_bytes

    def nearly_full(path: Path, data: bytes) -> int:
        if path.name == "second.js":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", nearly_full)
    target = tmp_path / "dist"
    with pytest.raises(Problem, match=r"^The disk is full, so dist/second.js could not be"):
        build.replace(target, {"first.js": b"new", "second.js": b""})
    assert not target.exists()

    build.replace(target, {"first.js": b"old"})
    with pytest.raises(Problem):
        build.replace(target, {"first.js": b"new", "second.js": b""})
    assert (target / "first.js").read_bytes() == b"old"
    assert not list(cache.iterdir())


def test_no_two_rules_of_the_headers_file_set_the_same_header_for_a_path(dist: Path) -> None:
    text = (dist / "_headers").read_text(encoding="utf-8")
    patterns = [line for line in text.splitlines() if not line.startswith(" ")]

    for path in paths(dist) - {"_headers"}:
        rules = [each for each in patterns if _matches(each, f"/{path}")]
        assert len(rules) == 2, (path, rules)  # the one of all paths, and its own


def test_the_headers_file_says_what_the_server_says(dist: Path) -> None:
    rules: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    for line in (dist / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            headers[name] = value
        else:
            headers = rules[line] = {}

    for path in paths(dist) - {"_headers"}:
        said: dict[str, str] = {}
        for pattern, headers in rules.items():
            if _matches(pattern, f"/{path}"):
                said |= headers
        assert said == policy.headers(path), path


def test_every_page_carries_the_policy_that_the_server_sends(dist: Path) -> None:
    pages = [path for path in paths(dist) if path.endswith(".html")]

    assert "index.html" in pages
    for path in pages:
        text = (dist / path).read_text(encoding="utf-8")
        (carried,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        sent = policy.headers(path)["Content-Security-Policy"]
        # Browsers hear of it by a header only.
        assert f"{carried}; frame-ancestors 'self'" == sent, path
        assert '<meta name="referrer" content="no-referrer">' in text, path
        # What comes before the policy is not held to it.
        assert not re.search(r"<(script|link|style|img)", text.partition("http-equiv")[0]), path


def test_no_policy_allows_eval_or_scripts_in_the_page(dist: Path) -> None:
    for path in paths(dist):
        directives = dict(
            each.split(" ", 1)
            for each in policy.headers(path)["Content-Security-Policy"].split("; ")
        )
        assert directives["script-src"] == "'self' 'wasm-unsafe-eval'", path


def test_a_page_that_cannot_carry_the_policy_is_not_shipped() -> None:
    with pytest.raises(ValueError, match="a page without"):
        policy.with_policy("<!doctype html><title>A page</title>")


def _matches(pattern: str, path: str) -> bool:
    prefix = pattern.removesuffix("*")
    return path.startswith(prefix) if pattern != prefix else path == pattern


def _wheel() -> dict[str, bytes]:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a-1.dist-info/LICENSE.txt"), "free")
    return {"vendor/wheels-0/a-1-py3-none-any.whl": buffer.getvalue()}
