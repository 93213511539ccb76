"""A fast little web for benchmarks: `python -m tests.benchmarks.outlets_server HOSTS [CERTIFICATE]`.

Answers any GET on many loopback addresses with a page of 16 kB; prints its port, and ends when its input does. With
a certificate it speaks TLS and closes after each answer, so that every visit shakes hands anew.
"""

import asyncio
import ssl
import sys
from typing import cast

import uvloop

PAGE_SIZE = 16_000
# No two paragraphs alike, as in any page.
_TEXT = "".join(
    f"<p>What the piece says in its paragraph {number}, at some length, as pieces do when much is to be said.</p>\n"
    for number in range(PAGE_SIZE // 105)
)


def addresses(hosts: int) -> list[str]:
    """The addresses that stand for so many hosts."""
    return [f"127.1.{number // 200}.{number % 200 + 1}" for number in range(hosts)]


def page(path: str) -> bytes:
    """The page at a path: its title tells which one it is."""
    title = f"What the ministers agreed on in round {path} of their talks"
    head = f"<!doctype html><html lang=en><head><title>{title} - The Outlet</title></head><body>\n<h1>{title}</h1>\n"
    return (head + _TEXT + "</body></html>\n").encode()


class Outlet(asyncio.Protocol):
    """One connection."""

    def __init__(self, *, closes: bool) -> None:
        self._closes = closes
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's does not inherit from it

    def data_received(self, data: bytes) -> None:
        self._seen += data
        while b"\r\n\r\n" in self._seen:
            request, _, self._seen = self._seen.partition(b"\r\n\r\n")
            body = page(request.split(b" ", 2)[1].decode("ascii", "replace").rpartition("/")[2])
            close = b"Connection: close\r\n" if self._closes else b""
            self._transport.write(
                b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "a"\r\n'
                b"Content-Length: %d\r\n%s\r\n" % (len(body), close) + body
            )
            if self._closes:
                self._transport.close()


async def serve(hosts: int, certificate: str) -> None:
    """Serves until standard input ends."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.options |= ssl.OP_NO_TICKET
        context.num_tickets = 0
    loop = asyncio.get_running_loop()
    port = 0
    for address in addresses(hosts):
        server = await loop.create_server(
            lambda: Outlet(closes=bool(certificate)), address, port, ssl=context, backlog=512
        )
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)  # noqa: T201
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1]), "".join(sys.argv[2:3])))
