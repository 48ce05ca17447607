"""The web server of `serve` and of the tests: static files, right types, caching and policy."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from urllib.parse import unquote, urlsplit

from tools import policy
from tools.problem import Problem
from tools.stamp import sha256

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ts": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
}
BINARY = "application/octet-stream"

# Given the query string and the body of a request, returns the body of the answer.
Handler = Callable[[str, bytes], bytes]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        address: tuple[str, int],
        directory: Path,
        overlay: Mapping[str, bytes],
        handlers: Mapping[str, Handler],
    ) -> None:
        self.directory = directory.resolve()
        self.overlay = overlay
        self.handlers = handlers
        self.tags: dict[tuple[Path, int, int], str] = {}
        """Of files, by when they were changed and their size: dist/ has a hundred megabytes."""
        super().__init__(address, _Request)

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        # A browser that closes a tab drops its connections; that is no failure of ours.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are sent one after the other; otherwise a small body waits 40 ms for the browser
    # to acknowledge the head.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: a request that fails is seen in the browser."""

    def _answer(self) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path).removeprefix("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        handler = self.server.handlers.get(path)
        if handler:
            self._send(HTTPStatus.OK, handler(url.query, body), {"Content-Type": BINARY})
        elif self.command == "POST":
            self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"", {"Allow": "GET, HEAD"})
        elif path in self.server.overlay:
            data = self.server.overlay[path]
            self._file(path, data, _tag(data), modified=None)
        else:
            self._static(path)

    def _static(self, path: str) -> None:
        # A null byte ends a name for the system, which refuses it with a ValueError.
        file = (self.server.directory / path.replace("\0", "")).resolve()
        if file.is_dir():
            file, path = file / "index.html", f"{path.rstrip('/')}/index.html".removeprefix("/")
        if not file.is_relative_to(self.server.directory) or not file.is_file():
            text = {"Content-Type": TYPES[".txt"]}
            headers = policy.security_headers(path) | text
            self._send(HTTPStatus.NOT_FOUND, b"Not found\n", headers)
            return
        state = file.stat()
        data = file.read_bytes()
        key = (file, state.st_mtime_ns, state.st_size)
        tag = self.server.tags.get(key) or self.server.tags.setdefault(key, _tag(data))
        self._file(path, data, tag, modified=state.st_mtime)

    def _file(self, path: str, data: bytes, tag: str, *, modified: float | None) -> None:
        headers = policy.headers(path)
        headers["Content-Type"] = TYPES.get(Path(path).suffix, BINARY)
        headers["ETag"] = tag
        if modified is not None:
            headers["Last-Modified"] = formatdate(modified, usegmt=True)
        if self._has(headers):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
        else:
            self._send(HTTPStatus.OK, data, headers)

    def _has(self, headers: Mapping[str, str]) -> bool:
        """Whether the browser's copy is still good (RFC 9110, 13.1)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return headers["ETag"] in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None or "Last-Modified" not in headers:
            return False
        try:
            known = parsedate_to_datetime(since)
        except ValueError:
            return False
        return parsedate_to_datetime(headers["Last-Modified"]) <= known

    def _send(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _tag(data: bytes) -> str:
    return f'"{sha256(data)[:32]}"'


@contextmanager
def serve(
    directory: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    overlay: Mapping[str, bytes] | None = None,
    handlers: Mapping[str, Handler] | None = None,
) -> Iterator[str]:
    """Serve a folder from threads of its own until the context ends; gives the base URL.

    Args:
        directory: the folder, for example dist/.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        overlay: files that are served in place of those of the folder or beside them, by path
            relative to the base URL. Looked at on each request, so it may change meanwhile.
        handlers: functions that answer GET and POST, by path relative to the base URL; each is
            given the query string and the request's body, and returns the answer's body.

    Raises:
        Problem: the address or the port cannot be had.
    """
    try:
        server = _Server(
            (host, port),
            directory,
            {} if overlay is None else overlay,
            {} if handlers is None else handlers,
        )
    except (OSError, OverflowError) as error:
        raise Problem(
            f"http://{host}:{port} cannot be served ({error}); choose another --host or --port."
        ) from error
    # Polling less seldom than by default: a test waits for the end of each server.
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        # No connection may name "every address", and browsers trust localhost without TLS.
        name = "localhost" if host in ("0.0.0.0", "127.0.0.1", "::") else host  # noqa: S104
        yield f"http://{name}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
