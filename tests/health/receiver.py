"""A chat's or script's webhook on a loopback address: keeps what is posted to it, or refuses."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ADDRESS = "127.0.9.3"


class Receiver(ThreadingHTTPServer):
    """Answers with `status`, after a pause."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.posted: list[tuple[str, Any]] = []
        self.status = 200
        self.seconds = 0.0

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}/hooks/T0SECRET?key=B0SECRET"

    def handle_error(self, request: object, client_address: object) -> None:
        """Senders that hang up are none of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, json.loads(body)))
        time.sleep(self.server.seconds)
        with suppress(OSError):
            self.send_response(self.server.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """In silence."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver that is up for as long as the block lasts."""
    with Receiver() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()
