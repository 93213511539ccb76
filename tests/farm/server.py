"""A hostile farm of outlets: a real server on loopback addresses that does to its visitors what the table says.

Knows sockets and keeps a log of who came when; must not know who visits. It answers for every name below
`farm.test`; which behaviour is meant stands in the path, so that any host can have all of them.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic

ADDRESSES = tuple(f"127.0.{third}.{fourth}" for third in (71, 72) for fourth in range(1, 5))
NETWORKS = ["127.0.71.0/24", "127.0.72.0/24"]  # what a guard must allow; 127.0.0.1 stays forbidden
PRIVATE = "10.1.2.3"  # what the name private-name.farm.test stands for


@dataclass(slots=True)
class Entry:
    """One request that came: from when its head was read until it was answered, or the visitor had left."""

    host: str
    path: str
    headers: tuple[tuple[str, str], ...]
    start: float
    end: float = 0.0

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")


class Names(Mapping[str, str]):
    """The farm's hosts file: every name below farm.test has an address, names next to each other different ones."""

    def __getitem__(self, name: str) -> str:
        if name == "private-name.farm.test":
            return PRIVATE
        if not name.endswith(".farm.test"):
            raise KeyError(name)
        return ADDRESSES[sum(name.encode()) % len(ADDRESSES)]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


class Talk:
    """One request, as a behaviour sees it."""

    def __init__(self, farm: "Farm", entry: Entry, writer: asyncio.StreamWriter, secure: bool) -> None:
        self.farm = farm
        self.entry = entry
        self.writer = writer
        self.secure = secure
        self.keep = False  # the connection is fit for another request

    @property
    def times(self) -> int:
        """How often this was asked for, this time included."""
        return self.farm.hits[self.entry.host, self.entry.path]

    async def send(self, *parts: bytes) -> None:
        self.writer.write(b"".join(parts))
        await self.writer.drain()

    async def answer(self, status: str, *headers: str, body: bytes = b"", length: int | None = None) -> None:
        """A whole and proper answer, after which the connection is kept."""
        size = len(body) if length is None else length
        head = "\r\n".join((f"HTTP/1.1 {status}", *headers, f"Content-Length: {size}"))
        await self.send(head.encode("latin-1"), b"\r\n\r\n", body)
        self.keep = True

    async def drip(self, content: bytes, pause: float = 0.05) -> None:
        for byte in content:
            await self.send(bytes((byte,)))
            await asyncio.sleep(pause)

    def reset(self) -> None:
        """Ends the connection as a crash does: RST instead of FIN."""
        opened = self.writer.get_extra_info("socket")
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Play = Callable[[Talk], Awaitable[None]]


@dataclass
class Farm:
    """Runs in a thread of its own. `plays` is what can be asked for, by the first part of the path."""

    plays: Mapping[str, Play]
    certificates: Mapping[str, Path] = field(default_factory=dict)
    authority: Path | str = ""
    log: list[Entry] = field(default_factory=list)
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    ports: dict[str, int] = field(default_factory=dict)

    names = Names()
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def url(self, path: str, host: str = "outlet", door: str = "plain") -> str:
        """An address on the farm. Doors are `plain`, `refused`, `reset`, `garbage`, and one a certificate."""
        scheme = "http" if door in ("plain", "refused", "reset") else "https"
        return f"{scheme}://{host}.farm.test:{self.ports[door]}/{path}"

    @contextlib.contextmanager
    def open(self) -> Iterator["Farm"]:
        started = threading.Event()
        loop = asyncio.new_event_loop()
        # Visitors that break off are what the farm is for.
        loop.set_exception_handler(lambda _loop, _context: None)
        ending = asyncio.Event()

        async def live() -> None:
            servers = await self._open()
            started.set()
            await ending.wait()
            for server in servers:
                server.close()
            talking = asyncio.all_tasks() - {asyncio.current_task()}
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)
            for writer in self._writers:
                writer.transport.abort()
            await asyncio.sleep(0.05)  # Transports close in a later turn of the loop.

        thread = threading.Thread(target=lambda: (loop.run_until_complete(live()), loop.close()), daemon=True)
        thread.start()
        assert started.wait(10)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(ending.set)
            thread.join(10)

    async def _open(self) -> list[asyncio.Server]:
        servers = []
        doors: list[tuple[str, ssl.SSLContext | None]] = [("plain", None), ("reset", None), ("garbage", None)]
        for name, chain in self.certificates.items():
            certified = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certified.load_cert_chain(chain)
            doors.append((name, certified))
        for door, context in doors:
            port = 0
            for address in ADDRESSES:
                receive = partial(self._receive, door)
                server = await asyncio.start_server(receive, address, port, ssl=context)
                port = server.sockets[0].getsockname()[1]
                servers.append(server)
            self.ports[door] = port
        with socket.socket() as unused:  # Bound and let go again: nobody listens there.
            unused.bind((ADDRESSES[0], 0))
            self.ports["refused"] = unused.getsockname()[1]
        return servers

    async def _receive(self, door: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if door == "reset":
                await asyncio.sleep(0.1)  # Earlier it would at times be no connection at all.
                Talk(self, Entry("", "", (), 0.0), writer, secure=False).reset()
            elif door == "garbage":
                writer.write(b"This is no TLS.\r\n")
            else:
                await self._converse(reader, writer, secure=door != "plain")
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()
            if writer.transport.get_write_buffer_size():
                writer.transport.abort()  # Nobody reads it any more.
            self._writers.discard(writer)

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, secure: bool
    ) -> None:
        unread = b""
        while True:
            while b"\r\n\r\n" not in unread:
                more = await reader.read(65536)
                if not more:
                    return
                unread += more
            head, _, unread = unread.partition(b"\r\n\r\n")
            talk = Talk(self, self._enter(head.decode("latin-1")), writer, secure)
            playing = asyncio.ensure_future(self._play(talk))
            leaving = asyncio.ensure_future(reader.read(65536))
            try:
                await asyncio.wait((playing, leaving), return_when=asyncio.FIRST_COMPLETED)
                if not playing.done():  # The visitor left, or broke off.
                    playing.cancel()
                    await asyncio.wait((playing,))
                    return
                playing.result()
                if not talk.keep:
                    return
                unread += await leaving
            finally:
                talk.entry.end = talk.entry.end or monotonic()
                for task in (playing, leaving):
                    task.cancel()
                with contextlib.suppress(OSError, asyncio.CancelledError):
                    await leaving
            if not unread:
                return

    async def _play(self, talk: Talk) -> None:
        name = talk.entry.path.strip("/").partition("/")[0].partition("?")[0]
        play = self.plays.get(name)
        if play is None:
            await talk.answer("404 Not Found", body=b"<title>Not found</title>")
        else:
            await play(talk)
        talk.entry.end = monotonic()

    def _enter(self, head: str) -> Entry:
        first, *lines = head.split("\r\n")
        headers = tuple(
            (name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
        )
        host = dict(headers).get("host", "").partition(":")[0]
        entry = Entry(host, first.split(" ")[1], headers, monotonic())
        self.log.append(entry)
        self.hits[host, entry.path] += 1
        return entry
