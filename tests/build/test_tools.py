"""What the build does about programs that are missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools import npm, venv
from tools.browsers import CHROMIUM, FIREFOX
from tools.problem import Problem

APT = """#!/bin/sh
case "$*" in *install*)
  for package; do :; done
  printf '#!/bin/sh\\n' > "$BIN/$package"; chmod +x "$BIN/$package";;
esac
"""


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BIN", str(tmp_path))
    monkeypatch.delenv("CYCLORAMA_CHROMIUM", raising=False)
    monkeypatch.delenv("CYCLORAMA_FIREFOX", raising=False)
    return tmp_path


def program(folder: Path, name: str, text: str = "#!/bin/sh\n") -> str:
    file = folder / name
    file.write_text(text)
    file.chmod(0o755)
    return str(file)


def test_a_chromium_on_the_machine_is_used(only: Path) -> None:
    found = program(only, "google-chrome")

    assert CHROMIUM.ensure() == found


def test_the_chromium_that_is_named_comes_first(
    only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(only, "chromium")
    named = program(only, "my-chromium")
    monkeypatch.setenv("CYCLORAMA_CHROMIUM", named)
    assert CHROMIUM.ensure() == named

    monkeypatch.setenv("CYCLORAMA_CHROMIUM", "/absent")
    with pytest.raises(Problem, match=r"^CYCLORAMA_CHROMIUM names /absent, which is not"):
        CHROMIUM.ensure()


def test_root_gets_debians_browsers(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only, "apt-get", APT.replace("chmod", "/bin/chmod"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert CHROMIUM.ensure() == str(only / "chromium")
    assert FIREFOX.ensure() == str(only / "firefox-esr")


def test_anybody_else_is_told_to_install_one(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Problem, match=r"need Chromium, and there is none; install Chromium, or"):
        CHROMIUM.ensure()


def test_an_apt_that_fails_is_quoted(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(only, "apt-get", "#!/bin/sh\necho 'E: no network' >&2\nexit 100\n")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(Problem, match=r"could not be installed with apt-get \(E: no network\)"):
        CHROMIUM.ensure()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("npm error code ENOSPC", "the disk is full"),
        ("npm error code E404", "the npm registry does not have it"),
        ("npm error something new", "npm said: npm error something new"),
    ],
)
def test_what_npm_says_becomes_a_sentence(
    only: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    program(only, "npm", f"#!/bin/sh\necho '{said}'\nexit 1\n")
    monkeypatch.setattr(npm, "NODE_MODULES", only / "node_modules")

    with pytest.raises(Problem, match=f"^The packages of package-lock.json could .*{told}"):
        npm.install()


def test_a_python_that_the_pinned_numpy_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venv, "VENV", tmp_path / "venv")
    monkeypatch.setattr(venv, "NEWEST", (3, 10))

    with pytest.raises(Problem, match=rf"no build for Python 3\.{sys.version_info[1]}; run"):
        venv.ensure()
