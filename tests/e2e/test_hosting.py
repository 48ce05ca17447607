"""dist/ works from any host that serves files, wherever it puts them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright

from tests.harness import studio
from tests.harness.plain_host import plain_host


def test_it_works_from_a_plain_server_in_a_folder(
    playwright: Playwright, tmp_path: Path, portrait: Path
) -> None:
    with plain_host(tmp_path) as host, studio.studio(playwright, host.site(), portrait) as visit:
        visit.live()
        visit.guard.check()
        requests = visit.guard.requests
        assert [url for url in requests if not url.startswith(visit.site.url)] == []
