#!/usr/bin/env python3
"""Serves dist/ with a `session.json` of its own for each visitor, on this machine only.

    pip install vonage
    VONAGE_APPLICATION_ID=... VONAGE_PRIVATE_KEY=private.key python3 docs/token_server.py dist

The private key stays in this process. For the internet, do the same behind your own sign-in:
whoever gets a token can join.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from vonage import Auth, Vonage
from vonage_video.models import TokenOptions

ADDRESS = ("127.0.0.1", 8080)


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, and `session.json` made on the spot."""

    def __init__(self, client: Vonage, application: str, session: str, *args, **kwargs) -> None:
        self._client, self._application, self._session = client, application, session
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer with a file, or with the session and a token that expires in 15 minutes."""
        # A page of another site whose name leads to this machine must not get a token.
        if self.headers["Host"] not in (f"127.0.0.1:{ADDRESS[1]}", f"localhost:{ADDRESS[1]}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif urlsplit(self.path).path != "/session.json":
            super().do_GET()
        else:
            self._answer_session()

    def _answer_session(self) -> None:
        token = self._client.video.generate_client_token(TokenOptions(session_id=self._session))
        body = json.dumps(
            {"application": self._application, "session": self._session, "token": token.decode()}
        ).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Make one session, and serve until interrupted."""
    application = os.environ["VONAGE_APPLICATION_ID"]
    key = os.environ["VONAGE_PRIVATE_KEY"]
    client = Vonage(Auth(application_id=application, private_key=key))
    session = os.environ.get("VONAGE_SESSION_ID") or client.video.create_session().session_id
    handler = partial(Handler, client, application, session, directory=sys.argv[1])
    with ThreadingHTTPServer(ADDRESS, handler) as server:
        print(f"Open http://localhost:{ADDRESS[1]}/?session in two windows (Ctrl-C ends it)")
        server.serve_forever()


if __name__ == "__main__":
    main()
