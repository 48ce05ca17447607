"""Asks the public advisory databases about every pinned package: the audit of `check`.

A database that cannot be asked is named in a sentence and fails nothing, because the checks must
run without a network too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tools.download import Unavailable, fetch
from tools.paths import REQUIREMENTS, ROOT
from tools.vendor import WHEELS

OSV = "https://api.osv.dev/v1"

GRAVE = ("high", "critical")
"""Severities of npm's that fail; of the Python packages each advisory does."""

ANSWERED = {
    "CVE-2025-53644": "OpenCV reading JPEG 2000; nothing of ours reads a picture file with OpenCV",
}
"""Why an advisory is none of ours, by its id or an alias."""


def main() -> int:
    """Print what is known of the packages and return 1 where anything must be done about it."""
    failed = False
    for what, ask in {"npm": npm_packages, "Python": python_packages}.items():
        try:
            found = ask()
        except Unavailable as reason:
            print(f"The {what} packages were not audited: {reason}.")
        else:
            print("\n".join(found) or f"The {what} packages have no advisory to act on.")
            failed = failed or bool(found)
    return 1 if failed else 0


def npm_packages() -> list[str]:
    """Return a line for each grave advisory on a package of package-lock.json.

    Raises:
        Unavailable: npm or its registry cannot answer.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable("npm is not installed")
    done = subprocess.run(
        [npm, "audit", "--json", "--package-lock-only", "--fetch-retries=0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    report = _json(done.stdout, "npm")
    if "vulnerabilities" not in report:
        raise Unavailable(f"npm said: {report.get('message', 'no message')}")
    # A package that only depends on another with an advisory names that one, as a string.
    advisories = (
        advisory
        for package in report["vulnerabilities"].values()
        for advisory in package["via"]
        if isinstance(advisory, dict) and advisory["severity"] in GRAVE
    )
    return [f"{each['name']}: {each['title']} ({each['url']})" for each in advisories]


def python_packages() -> list[str]:
    """Return a line for each advisory on a package of requirements.txt or a wheel that is shipped.

    Raises:
        Unavailable: the database cannot answer.
    """
    packages = [*_required(), *_shipped()]
    queries = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in packages
    ]
    answer = _ask("querybatch", json.dumps({"queries": queries}).encode())
    return [
        f"{name} {version}: {advisory.get('summary', 'no summary')} (https://osv.dev/{row['id']})"
        for (name, version), result in zip(packages, answer["results"], strict=True)
        for row in result.get("vulns", [])
        if not _is_answered(advisory := _ask(f"vulns/{row['id']}"))
    ]


def _required() -> Iterator[tuple[str, str]]:
    text = REQUIREMENTS.read_text(encoding="utf-8")
    for row in re.finditer(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE):
        yield row[1], row[2]


def _shipped() -> Iterator[tuple[str, str]]:
    for wheel in WHEELS:
        name, version, *_ = wheel.split("-")
        yield name.replace("_", "-"), version


def _is_answered(advisory: Any) -> bool:
    return not ANSWERED.keys().isdisjoint([advisory["id"], *advisory.get("aliases", [])])


def _ask(path: str, question: bytes | None = None) -> Any:
    return _json(fetch(f"{OSV}/{path}", question), "osv.dev")


def _json(text: str | bytes, who: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unavailable(f"{who} answered with something else than JSON") from error


if __name__ == "__main__":
    sys.exit(main())
