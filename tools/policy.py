"""The response headers of dist/, for the server of `serve` and for hosts that read `_headers`."""

from __future__ import annotations

from collections.abc import Iterable

# The hosts that the vendor tells its customers to allow; no others are needed for a call.
VONAGE_HOSTS = ("*.opentok.com", "*.tokbox.com", "*.vonage.com")

CONTENT_SECURITY_POLICY = {
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
}

SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        " ".join([directive, *sources]) for directive, sources in CONTENT_SECURITY_POLICY.items()
    ),
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# Every path in these folders holds a version or a hash, so its content never changes.
VERSIONED = ("vendor/", "models/")
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


def headers(path: str) -> dict[str, str]:
    """Return the headers for the file at `path`, relative to the root of dist/."""
    versioned = path.startswith(VERSIONED)
    return {**SECURITY_HEADERS, "Cache-Control": IMMUTABLE if versioned else REVALIDATE}


def headers_file(paths: Iterable[str]) -> str:
    """Return the text of `_headers` for the files at `paths`, relative to the root of dist/.

    Hosts join the values of rules that overlap, so that no two rules here set the same header
    for one path.
    """
    # A file at the root has a rule of its own, a folder one for all that is in it.
    patterns = {f"/{path.split('/')[0]}/*" if "/" in path else f"/{path}" for path in paths}
    rules = {"/*": SECURITY_HEADERS}
    for pattern in sorted({"/", *patterns}):
        value = headers(pattern.removeprefix("/"))["Cache-Control"]
        rules[pattern] = {"Cache-Control": value}
    return "".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for pattern, values in rules.items()
    )
