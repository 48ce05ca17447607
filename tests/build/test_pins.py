from __future__ import annotations

import json
import re

from tools.artifacts import Artifacts
from tools.paths import ARTIFACTS_LOCK, CACHE, PACKAGE_LOCK, REQUIREMENTS, ROOT
from tools.segmenters import DEFAULT, SELFIE
from tools.vendor import WHEELS


def test_every_npm_package_is_pinned_by_hash_and_by_no_host() -> None:
    packages = json.loads(PACKAGE_LOCK.read_text(encoding="utf-8"))["packages"]
    own = packages.pop("")

    assert own["version"]
    for name, package in packages.items():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"]), name
        assert "resolved" not in package, name


def test_what_is_asked_of_npm_is_an_exact_version() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))

    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_every_python_package_is_pinned_by_hash() -> None:
    text = REQUIREMENTS.read_text(encoding="utf-8").replace("\\\n", "")
    rows = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert rows
    for row in rows:
        assert re.match(r"[\w.-]+==[\w.]+( ; [^-]+)?\s+--hash=sha256:[0-9a-f]{64}", row), row
    assert "://" not in text


def test_every_artifact_is_pinned_by_hash_and_size() -> None:
    artifacts = json.loads(ARTIFACTS_LOCK.read_text(encoding="utf-8"))["artifacts"]

    assert artifacts
    for name, row in artifacts.items():
        assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"]), name
        assert row["size"] > 0, name
        for source in row["sources"]:
            assert source.get("url", "https://").startswith("https://"), name
            assert re.search(r"@\d+\.\d+\.\d+$", source.get("npm", "@0.0.0")), name


def test_every_other_artifact_of_a_default_build_is_pinned() -> None:
    artifacts = Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts")
    names = [
        *WHEELS,
        *(f"bodypix/{DEFAULT.path(stride)}" for stride in DEFAULT.strides),
        *(f"selfie/{name}" for name in SELFIE.files),
    ]

    assert [name for name in names if name not in artifacts] == []


def test_every_action_of_a_workflow_is_pinned_by_commit() -> None:
    workflows = list((ROOT / ".github" / "workflows").glob("*.yml"))
    used = [
        line
        for workflow in workflows
        for line in workflow.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]

    assert used
    for line in used:
        assert re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
