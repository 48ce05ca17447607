"""Files over HTTP, giving up fast on hosts that cannot be reached."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

# For connecting and for each read, not for the whole file: a slow download is not cut.
SILENCE_SECONDS = 6.0

_unreachable: dict[str, str] = {}


class Unavailable(Exception):  # noqa: N818 - not an error yet: another source may have it
    """Why a source could not give a file, as part of a sentence."""


def fetch(url: str, question: bytes | None = None) -> bytes:
    """Return what is at `url`; a host that cannot be reached is tried once a run.

    Args:
        url: where to ask.
        question: JSON to send there; without one nothing is sent.

    Raises:
        Unavailable: no answer, or an answer other than the file.
    """
    host = urlsplit(url).hostname or url
    if host in _unreachable:
        raise Unavailable(_unreachable[host])
    request = Request(url, question, {"Content-Type": "application/json"} if question else {})
    try:
        with urlopen(request, timeout=SILENCE_SECONDS) as response:
            data: bytes = response.read()
            return data
    except HTTPError as error:
        raise Unavailable(f"{host} answered {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        cause = getattr(error, "reason", error)
        _unreachable[host] = f"{host} could not be reached ({cause})"
        raise Unavailable(_unreachable[host]) from error
