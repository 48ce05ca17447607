"""build.py as a person meets it: run in a copy of the repository with nothing installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.build.conftest import UNREACHABLE
from tools.paths import ROOT

SOURCES = (
    "build.py",
    "tools",
    "web",
    "worker",
    "offline",
    "py",
    "artifacts.lock",
    "package.json",
    "package-lock.json",
    "requirements.txt",
)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, clone / name, ignore=skip)
        else:
            shutil.copy(ROOT / name, clone / name)
    return clone


def run(clone: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "CYCLORAMA_MODELS"}
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=clone,
        env=kept | env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str], clone: Path) -> str:
    """The one sentence of a build that failed cleanly."""
    assert done.returncode == 1
    assert not (clone / "dist").exists()
    (line,) = done.stderr.splitlines()
    return line.removeprefix("build.py: ")


def test_without_npm(clone: Path) -> None:
    assert told(run(clone, "build", PATH=""), clone) == (
        "The packages of package-lock.json cannot be downloaded without npm; "
        "install Node.js 18 or newer with npm."
    )


def test_without_a_network(clone: Path, tmp_path: Path) -> None:
    npm = {"npm_config_registry": UNREACHABLE, "npm_config_cache": str(tmp_path / "npm")}
    sentence = told(run(clone, "build", **npm), clone)

    assert sentence.startswith("The packages of package-lock.json")
    assert sentence.endswith("could not be reached; check the network and run again.")


def test_an_npm_package_with_a_wrong_hash(clone: Path) -> None:
    lock = clone / "package-lock.json"
    text = lock.read_text(encoding="utf-8")
    at = text.index("sha512-", text.index('"node_modules/long"')) + len("sha512-")
    lock.write_text(f"{text[:at]}{'A' * 86}{text[at + 86 :]}", encoding="utf-8")

    sentence = told(run(clone, "build"), clone)

    assert "long" in sentence
    assert "does not have the hash of package-lock.json" in sentence


def test_a_model_with_a_wrong_hash(clone: Path, tmp_path: Path) -> None:
    installed(clone)
    path = "mobilenet/quant2/050/model-stride16.json"
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(b"{}")

    sentence = told(run(clone, "build", "--models", str(tmp_path)), clone)

    assert sentence.startswith(f"bodypix/{path} from {tmp_path}")
    assert "does not have the hash of artifacts.lock" in sentence


def test_an_unknown_segmenter(clone: Path) -> None:
    installed(clone)

    assert "no segmenter u-net" in told(run(clone, "build", "--segmenters", "u-net"), clone)


@pytest.mark.parametrize("command", ["build", "serve", "test", "check", "bench"])
def test_every_command_explains_itself(command: str) -> None:
    done = run(ROOT, command, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: build.py {command}")


def test_arguments_that_nobody_takes_are_refused() -> None:
    for arguments in (["build", "--fast"], ["build", "--", "-k", "x"], ["nonsense"], []):
        done = run(ROOT, *arguments)
        assert done.returncode == 2
        assert "usage: build.py" in done.stderr


@pytest.mark.alone
def test_a_second_start_serves_within_three_seconds(dist: Path) -> None:
    assert dist.is_dir()
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "build.py", "serve", "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        try:
            said = next(line for line in server.stdout if "is served at" in line)
            address = said.split(" at ")[1].split(" ")[0]
            with urlopen(address, timeout=3) as page:
                assert page.status == 200
            assert time.monotonic() - started < 3
        finally:
            server.terminate()


def installed(clone: Path) -> None:
    """Give the copy the npm packages of this repository."""
    (clone / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
