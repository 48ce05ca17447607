"""Our Python behaves in the browser as it does here: its unit tests, run inside Pyodide."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.harness.site import Site
from tests.harness.studio import studio
from tools.paths import ROOT

HERE = Path(__file__).parent
UNIT = ROOT / "tests" / "unit"

PYTEST = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
"""pytest and what it needs: nothing but Python, so that they run anywhere."""

RUN = """(url) => new Promise((resolve, reject) => {
  const worker = new Worker(url, { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
})"""


def test_the_unit_tests_pass_in_pyodide(playwright: Playwright, site: Site) -> None:
    site.overlay["__test__/unit_tests.js"] = (HERE / "unit_tests.js").read_bytes()
    site.overlay["__test__/unit_tests.zip"] = _archive()
    with studio(playwright, site, clip=None) as visit:
        page = visit.open("__test__/embed.html")
        result = json.loads(page.evaluate(RUN, f"{site.url}__test__/unit_tests.js"))
        visit.guard.check()
    outcomes: dict[str, str] = result["outcomes"]
    assert result["code"] == pytest.ExitCode.OK, result["log"]
    assert set(outcomes.values()) == {"passed"}, result["log"]
    files = {test.partition("::")[0] for test in outcomes}
    assert files == {file.name for file in UNIT.glob("test_*.py")}


def _archive() -> bytes:
    """pytest as it is installed here, the runner, and the unit tests in a folder `unit`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in PYTEST:
            for path, file in _modules(name):
                archive.write(file, path)
        archive.write(HERE / "runner.py", "runner.py")
        for file in UNIT.glob("*.py"):
            archive.write(file, f"unit/{file.name}")
    return buffer.getvalue()


def _modules(name: str) -> Iterator[tuple[str, Path]]:
    """The files of an installed package, by their path in site-packages.

    The metadata too: packages ask for their own version.
    """
    for path in distribution(name).files or ():
        if path.suffix == ".py" or path.name == "METADATA":
            yield str(path), Path(str(path.locate()))
