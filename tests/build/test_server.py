from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools import policy
from tools.problem import Problem
from tools.server import serve

PAGE = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "connect-src 'self' https://*.opentok.com wss://*.opentok.com https://*.tokbox.com "
    "wss://*.tokbox.com https://*.vonage.com wss://*.vonage.com; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
WORKER = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'"
)


class Client:
    """One kept-alive connection that sends paths as they are."""

    def __init__(self, url: str) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=5)

    def __call__(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body, names)
        response = self.connection.getresponse()
        return response, response.read()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for path in ("index.html", "main.js", "vendor/p-1.0/p.mjs", "vendor/p-1.0/p.wasm"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path)
    (tmp_path / "secret.txt").write_text("not served")
    return site


@pytest.fixture
def overlay() -> dict[str, bytes]:
    return {}


@pytest.fixture
def ask(site: Path, overlay: dict[str, bytes]) -> Iterator[Client]:
    echo = {"echo": lambda query, body: query.encode() + b"|" + body}
    with serve(site, overlay=overlay, handlers=echo) as url:
        client = Client(url)
        yield client
        client.connection.close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.wasm", "application/wasm"),
        ("a.whl", "application/octet-stream"),
        ("a.zip", "application/octet-stream"),
        ("a.bin", "application/octet-stream"),
    ],
)
def test_types(ask: Client, overlay: dict[str, bytes], path: str, expected: str) -> None:
    overlay[path] = b""

    assert ask(f"/{path}")[0].getheader("Content-Type") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", PAGE),
        ("/main.js", PAGE),
        ("/vendor/p-1.0/p.wasm", PAGE),
        ("/absent", PAGE),
        ("/worker/absent.js", WORKER),
        ("/sw.js", WORKER),
    ],
)
def test_the_policy_comes_with_every_answer(ask: Client, path: str, expected: str) -> None:
    response, _ = ask(path)

    assert response.getheader("Content-Security-Policy") == expected
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Referrer-Policy") == "no-referrer"
    assert response.getheader("Cross-Origin-Opener-Policy") == "same-origin"
    assert (
        response.getheader("Permissions-Policy")
        == "camera=(self), microphone=(self), display-capture=(self)"
    )


def test_nothing_asks_for_cross_origin_isolation(ask: Client) -> None:
    assert ask("/")[0].getheader("Cross-Origin-Embedder-Policy") is None


def test_only_versioned_paths_are_cached_for_good(ask: Client) -> None:
    assert ask("/vendor/p-1.0/p.mjs")[0].getheader("Cache-Control") == policy.IMMUTABLE
    for path in ("/", "/index.html", "/main.js"):
        assert ask(path)[0].getheader("Cache-Control") == "no-cache"


def test_an_unchanged_file_is_not_sent_again(ask: Client, site: Path) -> None:
    first, _ = ask("/main.js")
    tag, modified = first.getheader("ETag"), first.getheader("Last-Modified")
    assert tag
    assert modified

    again, body = ask("/main.js", If_None_Match=tag)
    assert (again.status, body) == (304, b"")
    assert ask("/main.js", If_Modified_Since=modified)[0].status == 304
    assert ask("/main.js", If_Modified_Since="nonsense")[0].status == 200

    (site / "main.js").write_text("changed")
    assert ask("/main.js", If_None_Match=tag)[1] == b"changed"


def test_a_folder_is_its_index_or_nothing(ask: Client) -> None:
    assert ask("/")[1] == b"index.html"
    assert ask("/?query")[1] == b"index.html"
    assert ask("/vendor/")[0].status == 404


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd", "/%2Fetc/passwd", "/main.js%00.html"],
)
def test_nothing_outside_the_folder_is_served(ask: Client, path: str) -> None:
    assert ask(path)[0].status == 404


def test_head_has_the_headers_alone(ask: Client) -> None:
    response, body = ask("/main.js", "HEAD")

    assert (response.getheader("Content-Length"), body) == ("7", b"")


def test_one_connection_serves_many_requests(ask: Client) -> None:
    ask("/main.js")
    socket = ask.connection.sock
    ask("/absent")
    ask("/index.html", "POST", b"ignored")
    ask("/main.js")

    assert ask.connection.sock is socket


def test_an_overlay_replaces_a_file_while_serving(ask: Client, overlay: dict[str, bytes]) -> None:
    assert ask("/main.js")[1] == b"main.js"
    overlay["main.js"] = b"the test's"
    assert ask("/main.js")[1] == b"the test's"


def test_a_handler_answers_get_and_post(ask: Client) -> None:
    assert ask("/echo?a=1")[1] == b"a=1|"
    assert ask("/echo?a=1", "POST", b"body")[1] == b"a=1|body"
    assert ask("/main.js", "POST", b"body")[0].status == 405


def test_a_port_in_use_is_one_sentence(site: Path) -> None:
    with serve(site) as url:
        port = urlsplit(url).port
        assert port
        with pytest.raises(Problem, match=r"cannot be served .*; choose another --host or --port"):
            serve(site, port=port).__enter__()
