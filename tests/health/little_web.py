"""A little web on loopback addresses: hosts that answer what they are told to, and remember who asked when.

Knows sockets and HTTP/1.1 as far as these tests need it (the hostile behaviours are tests/farm's).
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = (
    "The alliance has outlived its purpose, and the burden of proof lies with those who would keep it. " * 20
)


def page(title: str) -> bytes:
    """A page as outlets have them."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><main><h1>{title}</h1><p>{TEXT}</p></main></body></html>"
    ).encode()


@dataclass
class Answer:
    """What a path answers, after a pause."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Web(ThreadingHTTPServer):
    """Serves `answers` by (address, path); what is not among them is a healthy page of that name."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.answers: dict[tuple[str, str], Answer] = {}
        self.asked: list[tuple[str, str, float]] = []
        self.gate = threading.Event()
        self.gate.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, host: int, path: str) -> str:
        """A URL at the address 127.0.1.`host`."""
        return f"http://127.0.1.{host}:{self.port}{path}"

    def answer(self, host: int, path: str, answer: Answer) -> None:
        self.answers[f"127.0.1.{host}", path] = answer

    def paths(self) -> list[str]:
        """Which paths were asked for, in order."""
        return [path for _, path, _ in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """Visitors that hang up are none of ours."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Web

    def do_GET(self) -> None:
        host = self.connection.getsockname()[0]
        self.server.asked.append((host, self.path, time.monotonic()))
        self.server.gate.wait(30)
        name = self.path.strip("/").replace("-", " ").title() or "Home"
        answer = self.server.answers.get((host, self.path)) or Answer(body=page(name))
        if answer.seconds:
            time.sleep(answer.seconds)
        self.send_response(answer.status)
        for header, value in {"Content-Type": "text/html; charset=utf-8", **answer.headers}.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *arguments: object) -> None:
        """In silence."""


@contextmanager
def little_web() -> Iterator[Web]:
    """A web that is up for as long as the block lasts."""
    with Web() as web:
        thread = threading.Thread(target=web.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield web
        finally:
            web.gate.set()
            web.shutdown()
            thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
