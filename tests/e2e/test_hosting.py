"""dist/ works from any host that serves files, wherever it puts them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.harness import studio
from tests.harness.site import Site, dist

FOLDER = "a/b"


@pytest.fixture
def plain_host(tmp_path: Path) -> Iterator[Site]:
    """dist/ below a folder of Python's own web server, which knows nothing of us."""
    folder = tmp_path / FOLDER
    folder.parent.mkdir()
    folder.symlink_to(dist())
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout
        # Serving HTTP on 127.0.0.1 port 45213 (http://127.0.0.1:45213/) ...
        port = server.stdout.readline().partition(" port ")[2].split()[0]
        yield Site(f"http://localhost:{port}/{FOLDER}/", overlay={})
    finally:
        server.kill()
        server.communicate()


def test_it_works_from_a_plain_server_in_a_folder(
    playwright: Playwright, plain_host: Site, portrait: Path
) -> None:
    with studio.studio(playwright, plain_host, portrait) as visit:
        visit.live()
        visit.guard.check()
        assert [url for url in visit.guard.requests if not url.startswith(plain_host.url)] == []
