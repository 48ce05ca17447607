"""Runs pytest inside Pyodide; see test_unit_tests.py."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field

import pytest

OPTIONS = (
    "--import-mode=importlib",
    "-p", "no:cacheprovider",
    # There are no file descriptors to redirect and no signals to dump the stack on.
    "--capture=sys",
    "-p", "no:faulthandler",
)  # fmt: skip


@dataclass
class Outcomes:
    """A plugin that notes how each test ended."""

    by_test: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A phase of a test is over; a set-up or tear-down counts only if it failed."""
        if report.when == "call" or report.outcome != "passed":
            self.by_test[report.nodeid] = report.outcome


def run(folder: str) -> str:
    """Run the tests of a folder.

    Returns:
        JSON: `code`, pytest's exit code; `outcomes` by test; `log`, what pytest printed.
    """
    outcomes = Outcomes()
    log = io.StringIO()
    with redirect_stdout(log):
        code = pytest.main([*OPTIONS, "--rootdir", folder, folder], plugins=[outcomes])
    return json.dumps({"code": int(code), "outcomes": outcomes.by_test, "log": log.getvalue()})
