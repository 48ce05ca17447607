"""The response headers of dist/, for the server of `serve` and for hosts that read `_headers`.

Pages carry their Content Security Policy themselves too, for hosts that send no headers of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# The hosts that the vendor tells its customers to allow; no others are needed for a call.
VONAGE_HOSTS = ("*.opentok.com", "*.tokbox.com", "*.vonage.com")

Directives = Mapping[str, Sequence[str]]

PAGE: Directives = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "worker-src": ["'self'", "blob:"],
    "connect-src": [
        "'self'",
        *(f"{scheme}://{host}" for host in VONAGE_HOSTS for scheme in ("https", "wss")),
    ],
    # The Vonage SDK injects styles.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "blob:", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    # Only scripts read the forms: the browser itself would put a token into the address.
    "form-action": ["'none'"],
}

# A header can say this, an element of the page cannot.
FRAMING: Directives = {"frame-ancestors": ["'self'"]}

# Python, tfjs and the service worker: a call is no business of theirs.
WORKER: Directives = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "worker-src": ["'self'"],
    "connect-src": ["'self'"],
}

COMMON_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# A worker has the policy that its own script was answered with, whatever that of its page.
WORKERS = ("worker/", "sw.js")

# Every path in these folders holds a version or a hash, so its content never changes.
VERSIONED = ("vendor/", "models/")
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

CHARSET = '<meta charset="utf-8">'


def text(directives: Directives) -> str:
    """Return a Content Security Policy as it is written in a header or an element."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def security_headers(path: str) -> dict[str, str]:
    """Return those headers that hold for `path` whether or not there is a file."""
    directives = WORKER if path.startswith(WORKERS) else {**PAGE, **FRAMING}
    return {**COMMON_HEADERS, "Content-Security-Policy": text(directives)}


def headers(path: str) -> dict[str, str]:
    """Return the headers for the file at `path`, relative to the root of dist/."""
    versioned = path.startswith(VERSIONED)
    return {**security_headers(path), "Cache-Control": IMMUTABLE if versioned else REVALIDATE}


def headers_file(paths: Iterable[str]) -> str:
    """Return the text of `_headers` for the files at `paths`, relative to the root of dist/.

    Hosts join the values of rules that overlap, so that no two rules here set the same header
    for one path.
    """
    # A file at the root has a rule of its own, a folder one for all that is in it.
    patterns = {f"/{path.split('/')[0]}/*" if "/" in path else f"/{path}" for path in paths}
    rules = {"/*": COMMON_HEADERS}
    for pattern in sorted({"/", *patterns}):
        values = headers(pattern.removeprefix("/"))
        rules[pattern] = {name: values[name] for name in values if name not in COMMON_HEADERS}
    return "".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for pattern, values in rules.items()
    )


def with_policy(page: str) -> str:
    """Return an HTML page with its policy in it.

    Raises:
        ValueError: the page does not begin with its character set.
    """
    before, found, after = page.partition(CHARSET)
    if not found:
        raise ValueError(f"a page without {CHARSET}")
    return (
        f"{before}{CHARSET}\n"
        f'  <meta http-equiv="Content-Security-Policy" content="{text(PAGE)}">\n'
        f'  <meta name="referrer" content="{COMMON_HEADERS["Referrer-Policy"]}">'
        f"{after}"
    )
