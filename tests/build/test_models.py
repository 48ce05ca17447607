from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build.conftest import UNREACHABLE, Lock
from tools.models import Mirror, collect, open_mirror
from tools.problem import Problem
from tools.segmenters import DEFAULT, KNOWN, BodyPix
from tools.server import serve
from tools.stamp import sha256

Rows = dict[str, tuple[bytes, list[dict[str, str]]]]

GRAPH = json.dumps({"weightsManifest": [{"paths": ["group1-shard1of1.bin"]}]}).encode()
WEIGHTS = b"weights"
SELFIE: Rows = {"selfie/selfie.json": (b"{}", []), "selfie/selfie.bin": (b"selfie", [])}


def files(segmenter: BodyPix) -> dict[str, bytes]:
    paths = [segmenter.path(stride) for stride in segmenter.strides]
    folder = paths[0].rpartition("/")[0]
    return {**dict.fromkeys(paths, GRAPH), f"{folder}/group1-shard1of1.bin": WEIGHTS}


def write(folder: Path, contents: Mapping[str, bytes]) -> Mirror:
    for path, data in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return Mirror(str(folder))


def pins(segmenter: BodyPix) -> Rows:
    return {
        f"bodypix/{path}": (data, [{"url": f"{UNREACHABLE}/{path}"}])
        for path, data in files(segmenter).items()
    }


@pytest.fixture(autouse=True)
def _no_official_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.models.OFFICIAL", f"{UNREACHABLE}/")


@pytest.fixture
def other() -> BodyPix:
    segmenter = KNOWN["bodypix-resnet50-quant1"]
    assert isinstance(segmenter, BodyPix)
    return segmenter


def test_a_mirror_may_be_a_folder(lock: Lock, tmp_path: Path) -> None:
    mirror = write(tmp_path / "mirror", files(DEFAULT))

    (model,) = collect([], mirror, lock(pins(DEFAULT)))

    assert model.segmenter is DEFAULT
    assert model.files == {
        "model-stride16.json": GRAPH,
        "model-stride8.json": GRAPH,
        "group1-shard1of1.bin": WEIGHTS,
    }


def test_a_mirror_may_be_a_url(lock: Lock, tmp_path: Path) -> None:
    with serve(tmp_path, overlay=files(DEFAULT)) as url:
        (model,) = collect([], open_mirror(url), lock(pins(DEFAULT)))

    assert model.segmenter is DEFAULT


def test_a_mirror_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"neither a folder nor a URL"):
        open_mirror(str(tmp_path / "absent"))


def test_the_selfie_segmenter_stands_in_where_bodypix_cannot_be_had(
    lock: Lock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = write(tmp_path / "npm", {"selfie.json": b"{}", "selfie.bin": b"selfie"})
    artifacts = lock(pins(DEFAULT) | SELFIE)
    for name, (data, _) in SELFIE.items():
        artifacts.pin(name, data, str(stored))

    (model,) = collect(["selfie"], None, artifacts)

    assert model.segmenter.id == "selfie"
    said = capsys.readouterr().out
    assert "selfie segmenter is shipped in place of BodyPix MobileNet ×0.50" in said


def test_wrong_bytes_are_not_a_reason_to_ship_another_segmenter(lock: Lock, tmp_path: Path) -> None:
    mirror = write(tmp_path / "mirror", dict.fromkeys(files(DEFAULT), b"something else"))

    with pytest.raises(Problem, match=r"^bodypix/mobilenet/quant2/050/.*does not have the hash"):
        collect([], mirror, lock(pins(DEFAULT) | SELFIE))


def test_a_segmenter_asked_for_by_name_must_be_had(
    lock: Lock, tmp_path: Path, other: BodyPix
) -> None:
    mirror = write(tmp_path / "mirror", files(DEFAULT))

    with pytest.raises(Problem, match=r"^bodypix/resnet50/quant1/.* could not be had"):
        collect([other.id], mirror, lock(pins(DEFAULT)))


def test_an_unknown_segmenter_is_refused_with_the_choice(lock: Lock) -> None:
    with pytest.raises(Problem, match=r"no segmenter u-net; choose from bodypix-mobilenet-050"):
        collect(["u-net"], None, lock({}))


def test_a_variant_without_a_pin_is_pinned_at_first_use(
    lock: Lock, tmp_path: Path, other: BodyPix, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror = write(tmp_path / "mirror", files(DEFAULT))
    artifacts = lock(pins(DEFAULT))
    with serve(tmp_path, overlay=files(other)) as url:
        monkeypatch.setattr("tools.models.OFFICIAL", url)
        _, model = collect([other.id], mirror, artifacts)

    assert model.segmenter is other
    rows = json.loads((tmp_path / "artifacts.lock").read_text())["artifacts"]
    assert rows[f"bodypix/{other.path(32)}"]["sha256"] == sha256(GRAPH)


def test_a_mirror_without_pins_is_held_to_its_own_sums(
    lock: Lock, tmp_path: Path, other: BodyPix
) -> None:
    rows = files(other)
    sums = "".join(f"{sha256(data)}  {path}\n" for path, data in rows.items()).encode()
    mirror = write(tmp_path / "mirror", files(DEFAULT) | rows | {"SHA256SUMS": sums})
    collect([other.id], mirror, lock(pins(DEFAULT)))

    write(tmp_path / "mirror", {other.path(32): b"something else"})
    with pytest.raises(Problem, match=r"is not what its SHA256SUMS says"):
        collect([other.id], mirror, lock(pins(DEFAULT)))


def test_a_graph_cannot_name_files_outside_its_folder(lock: Lock, tmp_path: Path) -> None:
    evil = json.dumps({"weightsManifest": [{"paths": ["../../x"]}]}).encode()
    path = DEFAULT.path(16)
    mirror = write(tmp_path / "mirror", {path: evil})

    with pytest.raises(Problem, match=r"names files outside its folder"):
        collect([], mirror, lock({f"bodypix/{path}": (evil, [])}))
