"""A host that serves files and knows nothing of us: Python's own web server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.harness.site import HARNESS_JS, Site, dist
from tools import offline, stamp

FOLDER = "a/b"
"""Where the product lies on the host."""

NAME = "cyclorama.test"
"""Another name of the host, for which a page is not developed on the same computer."""

ANSWER = re.compile(r'"GET /(?P<path>\S*) HTTP/[\d.]+" (?P<status>\d+)')


def parted(worker: bytes) -> tuple[Any, bytes]:
    """What a service worker is to keep, and its script."""
    head, _, script = worker.partition(b";\n\n")
    return json.loads(head.removeprefix(b"const BUILD = ")), script


@dataclass(frozen=True)
class PlainHost:
    """A running server with a copy of dist/ in a folder, which a test may change.

    Attributes:
        folder: that copy.
        port: of the server.
    """

    folder: Path
    port: int
    _server: subprocess.Popen[str]
    _log: Path

    def site(self, name: str = "localhost") -> Site:
        """The product under one of the host's names."""
        return Site(f"http://{name}:{self.port}/{FOLDER}/", overlay={})

    def flags(self) -> list[str]:
        """Flags for a Chromium that takes `NAME` for this host, and trusts it as if by HTTPS."""
        rules = f"MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost"
        origin = self.site(NAME).origin
        return [
            f"--host-resolver-rules={rules}",
            f"--unsafely-treat-insecure-origin-as-secure={origin}",
        ]

    def answers(self) -> list[tuple[str, int]]:
        """Path in the folder and status of every answer so far."""
        found = (ANSWER.search(line) for line in self._log.read_text().splitlines())
        return [
            (each["path"].removeprefix(f"{FOLDER}/"), int(each["status"])) for each in found if each
        ]

    def publish(self, changes: Mapping[str, bytes]) -> None:
        """Put a new build in place of the one there.

        Args:
            changes: those of its own files that it changes, by path.
        """
        old, script = parted((self.folder / offline.PATH).read_bytes())
        manifest = json.loads((self.folder / "manifest.json").read_text())
        manifest["version"] = stamp.of_contents(changes, old["version"])
        changed = {**changes, "manifest.json": json.dumps(manifest).encode()}
        for path, data in changed.items():
            (self.folder / path).write_bytes(data)
        files = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and "__test__" not in path.parts
        }
        worker = offline.service_worker(script, files, old["start"], manifest["version"])
        (self.folder / offline.PATH).write_bytes(worker)

    def stop(self) -> None:
        """Answer nobody from now on."""
        self._server.kill()
        self._server.wait()


@contextmanager
def plain_host(folder: Path) -> Iterator[PlainHost]:
    """Serve from below an empty folder until the context ends."""
    root, log = folder / "root", folder / "log.txt"
    shutil.copytree(dist(), root / FOLDER)
    shutil.copytree(HARNESS_JS, root / FOLDER / "__test__")
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
    try:
        assert server.stdout
        # Serving HTTP on 127.0.0.1 port 45213 (http://127.0.0.1:45213/) ...
        port = int(server.stdout.readline().partition(" port ")[2].split()[0])
        yield PlainHost(root / FOLDER, port, server, log)
    finally:
        server.kill()
        server.communicate()
