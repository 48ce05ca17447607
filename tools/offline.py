"""dist/sw.js: the service worker, which begins with what it is to keep; see offline/sw.js."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping

from tools.policy import VERSIONED

PATH = "sw.js"

UNKEPT = ("licenses/", "_headers", "cyclorama.d.ts", PATH)
"""What nobody needs to start; beginnings of paths."""


def service_worker(
    script: bytes, files: Mapping[str, bytes], start: Iterable[str], version: str
) -> bytes:
    """Return the service worker of a build.

    Args:
        script: offline/sw.js.
        files: the whole build by path.
        start: paths of those versioned files that a start fetches.
        version: hash of the build.
    """
    build = {
        "version": version,
        "page": {
            # Some hosts answer the other name with a redirection, which no page may come from.
            "./" if path == "index.html" else path: _integrity(data)
            for path, data in sorted(files.items())
            if not path.startswith((*VERSIONED, *UNKEPT))
        },
        "start": sorted(start),
        "versioned": sorted(path for path in files if path.startswith(VERSIONED)),
    }
    return f"const BUILD = {json.dumps(build, indent=1)};\n\n".encode() + script


def _integrity(data: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
