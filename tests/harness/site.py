"""The product as a test sees it: dist/ on a server of the test's own, with files swapped."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tools.paths import DIST, ROOT
from tools.server import serve

HARNESS_JS = Path(__file__).with_name("js")
OVERLAYS = Path(__file__).with_name("overlays")
PACKAGE = ROOT / "py" / "cyclorama"
UPLOAD = "__test__/upload"

SOURCE = "py/cyclorama.zip"
RUNTIME = "worker/runtime.js"
IMPORTS = "const module = python.pyimport('cyclorama.bridge');"
"""In that script."""


def dist() -> Path:
    """The built product that is under test."""
    return Path(os.environ.get("CYCLORAMA_DIST", DIST))


@dataclass
class Site:
    """A running server.

    Attributes:
        url: of the start page, with a slash at its end.
        overlay: files served in place of those of dist/, by path; may change at any time.
        uploads: bodies that pages sent to `UPLOAD`, by the query's text.
    """

    url: str
    overlay: dict[str, bytes]
    uploads: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The address without a path."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))

    def swap(self, path: str, file: str) -> None:
        """Serve a file of harness/overlays/ at a path of dist/."""
        self.overlay[path] = (OVERLAYS / file).read_bytes()

    def patch(self, **additions: str) -> None:
        """Have the pages that are opened from now on import `patched_package`."""
        script = (dist() / RUNTIME).read_text()
        forget = json.dumps((OVERLAYS / "forget_package.py").read_text())
        patched = script.replace(IMPORTS, f"python.runPython({forget}); {IMPORTS}")
        assert patched != script
        self.overlay |= {RUNTIME: patched.encode(), SOURCE: patched_package(**additions)}

    def heal(self) -> None:
        """Undo `patch`."""
        for path in (RUNTIME, SOURCE):
            del self.overlay[path]


@contextmanager
def site(host: str = "127.0.0.1") -> Iterator[Site]:
    """Serve dist/ and the harness's own pages until the context ends."""
    uploads: dict[str, list[bytes]] = {}

    def upload(query: str, body: bytes) -> bytes:
        uploads.setdefault(query, []).append(body)
        return b""

    overlay = {f"__test__/{file.name}": file.read_bytes() for file in HARNESS_JS.glob("*.*")}
    with serve(dist(), host, overlay=overlay, handlers={UPLOAD: upload}) as url:
        yield Site(url, overlay, uploads)


def patched_package(**additions: str) -> bytes:
    """`py/cyclorama.zip` of sources alone, with files of harness/overlays/ added to modules.

    Args:
        additions: name of the file by name of the module at whose end it is put.
    """
    files = {
        file.relative_to(PACKAGE).as_posix(): file.read_text() for file in PACKAGE.rglob("*.py")
    }
    for module, file in additions.items():
        files[f"{module}.py"] += (OVERLAYS / file).read_text()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, source in sorted(files.items()):
            archive.writestr(f"cyclorama/{name}", source)
    return buffer.getvalue()
