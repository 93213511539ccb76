"""One exchange with a host: libcurl as a door that cannot be left open (guard, deadline, bounds, no memory of its own).

Knows libcurl, through pycurl; must not know manners, redirects or what an answer means. What the options do and
which error stands for what was tried on libcurl 8.23: https://curl.se/libcurl/c/libcurl-errors.html.
"""

import asyncio
import errno
import re
import resource
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any

import pycurl

from syndicator.net.authorities import Authorities
from syndicator.net.exchange import Enough, Exchange, Fault, Request
from syndicator.net.guard import Destination, Guard, destination

MAX_CONNECTIONS = 512  # kept open at most, over all hosts
SMALL = 65536  # bytes; the rest of so small a body costs both sides less than a new connection
LULL = 0.1  # seconds without anything, after which what is still missing is not waited for
HELD = 0.5  # seconds of nothing after the end of a page, by which its connection is held open and no drip
TAIL = 1024  # bytes of a page in which its end stands: caches write comments after it
CALLS = 200  # of libcurl that may bring nothing of the body, and again each second
OPINION = 5.0  # seconds at most to find out why a name was not found

_FAULTS = {
    1: Fault.PROTOCOL,  # HTTP/0.9 and ICY; other schemes do not come so far
    3: Fault.NOT_ALLOWED,  # a URL that browsers take and libcurl does not
    6: Fault.DNS,
    7: Fault.CONNECT,
    28: Fault.TIMEOUT,
    **dict.fromkeys((35, 60, 64, 80, 82, 83, 90, 91, 98), Fault.TLS),
    96: Fault.CONNECT,  # QUIC
}
# Our own machine or program is at fault: memory, options, unreadable files. Never evidence about a link.
_OURS = frozenset((2, 4, 26, 27, 41, 43, 45, 48, 53, 54, 58, 59, 66, 77))
_CUT_OFF = frozenset((52, 55, 56))  # 56 is also for framing that is broken
_TOO_SHORT = 18
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})(?![0-9])")
_SPACE = 32


class Client:
    """What all exchanges of a run share: kept connections, looked-up names, trusted authorities, the guard.

    Belongs to one event loop. `names` answers for name servers, as a hosts file does (tests).
    Raises CertificatesUnreadable.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        timeout: float = 30.0,
        max_body: int = 1048576,
        ca_file: str | Path = "",
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.guard = guard
        self.user_agent = " ".join(user_agent.split())
        self.timeout = timeout
        self.max_body = max_body
        self.names = names or {}
        self._authorities = Authorities(ca_file)
        self.ca_file = self._authorities.path
        self.multi = pycurl.AsyncCurlMulti()
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self.multi.setopt(pycurl.M_MAXCONNECTS, max(8, min(MAX_CONNECTIONS, files // 2)))

    async def ask(self, request: Request) -> Exchange:
        """One exchange on its own, out of any turn."""
        where = destination(request.url)
        if isinstance(where, str):
            return refused(request, where)
        with Line(self) as line:
            return await line.ask(request, where)

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.multi.aclose()
        self._authorities.close()


def refused(request: Request, why: str) -> Exchange:
    """What our own guard keeps from being asked."""
    return Exchange(request.url, datetime.now(UTC), 0, fault=Fault.NOT_ALLOWED, detail=why)


class Line:
    """One exchange after the other, over one reused handle of libcurl.

    `sent_at` is when the last request began to be sent (`time.monotonic`), 0 when it did not come to that.
    """

    def __init__(self, client: Client) -> None:
        self.sent_at = 0.0
        self._client = client
        self._host = ""
        self._enough: Enough | None = None
        self._lines: list[bytes] = []
        self._sockets: list[socket.socket] = []
        self._guarded = ""
        self._address = ""
        self._began = 0.0
        self._again = self._flooded = False
        self._calls = 0
        self._broken: BaseException | None = None
        self._accept = ""
        self._named = self._fresh = False
        self._seconds = client.timeout
        self._clear_body()
        self._curl = self._handle(client)

    def _handle(self, client: Client) -> "pycurl.Curl":
        curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.PROXY, "")  # Neither does the environment decide.
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.HTTP09_ALLOWED, 0)
        curl.setopt(pycurl.TIMEOUT_MS, _milliseconds(client.timeout))
        curl.setopt(pycurl.ACCEPT_ENCODING, "gzip, deflate, br")
        curl.setopt(pycurl.CAINFO, client.ca_file)
        curl.setopt(pycurl.BUFFERSIZE, 65536)
        curl.setopt(pycurl.USERAGENT, client.user_agent.encode())
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        curl.setopt(pycurl.PREREQFUNCTION, self._send)
        curl.setopt(pycurl.HEADERFUNCTION, self._lines.append)  # libcurl bounds them: 5,000 lines, 300 kB
        curl.setopt(pycurl.WRITEFUNCTION, self._read)
        curl.setopt(pycurl.XFERINFOFUNCTION, self._weigh)
        curl.setopt(pycurl.NOPROGRESS, 0)
        return curl

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._curl.close()

    async def ask(
        self,
        request: Request,
        where: Destination,
        seconds: float | None = None,
        *,
        fresh: bool = False,
    ) -> Exchange:
        """Asks and reads the answer, within `seconds` (by default the client's); `fresh` is over no kept connection.

        Never raises for what a host does.
        """
        self._prepare(request, where, self._client.timeout if seconds is None else seconds)
        if fresh is not self._fresh:
            self._curl.setopt(pycurl.FRESH_CONNECT, int(fresh))
            self._fresh = fresh
        at = datetime.now(UTC)
        code, text = 0, ""
        try:
            await self._client.multi.perform(self._curl)
        except pycurl.error as error:
            code, text = error.args
        finally:
            for opened in self._sockets:
                opened.close()
            self._sockets.clear()
        if self._broken is not None:
            raise self._broken
        elapsed = int((monotonic() - self._began) * 1000)
        status, headers, whole = _answer(self._lines)
        fault, detail, transient = None, "", False
        if code and not self._stopped:
            fault, detail, transient = await self._why(code, text, status)
        elif not whole:  # libcurl takes them for all.
            fault, detail, transient = Fault.PROTOCOL, "The host hung up amid its headers.", True
        if fault and 100 <= status < 200:  # An interim reply is no answer yet.
            status, headers = 0, ()
        body = self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        return Exchange(
            request.url,
            at,
            elapsed,
            status,
            headers,
            body,
            self._cut,
            fault,
            detail,
            self._address,
            transient,
        )

    def _prepare(self, request: Request, where: Destination, seconds: float) -> None:
        curl = self._curl
        curl.setopt(pycurl.URL, where.url)
        asked = _conditions(request)
        if asked or request.accept != self._accept:
            curl.setopt(pycurl.HTTPHEADER, [*asked, _field("Accept", request.accept)])
            self._accept = "" if asked else request.accept
        if seconds != self._seconds:
            curl.setopt(pycurl.TIMEOUT_MS, _milliseconds(seconds))
            self._seconds = seconds
        if self._client.names:
            self._name(where)
        self.sent_at = 0.0
        self._host = where.host
        self._enough = request.enough
        self._lines.clear()
        self._guarded = self._address = ""
        self._again = self._flooded = False
        self._calls = 0
        self._broken = None
        self._began = monotonic()
        self._clear_body()

    def _clear_body(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0
        self._cut = False  # at the bound
        self._stopped = False  # by us
        self._read_at = 0.0
        self._enough_at = 0.0
        self._looked_at = 0.0
        self._looked_size = 0

    def _name(self, where: Destination) -> None:
        address = self._client.names.get(where.host)
        if address:
            self._curl.setopt(pycurl.RESOLVE, [f"{where.host}:{where.port}:{address}"])
        elif self._named:
            self._curl.unsetopt(pycurl.RESOLVE)
        self._named = bool(address)

    # libcurl swallows what is raised in its callbacks: it is kept, and raised when the transfer has ended.

    def _open(self, _purpose: int, address: Any) -> Any:
        numbers, port = address.addr[0], address.addr[1]
        why = self._client.guard.refuses(numbers, port, self._host)
        if why:
            self._guarded = why
            return pycurl.SOCKET_BAD
        try:
            opened = socket.socket(address.family, address.socktype, address.protocol)
        except OSError as fault:
            if (
                fault.errno != errno.EAFNOSUPPORT
            ):  # This machine may have no IPv6, its name servers do not know.
                self._broken = fault
            return pycurl.SOCKET_BAD
        self._address = numbers
        self._sockets.append(opened)  # pycurl works with a duplicate.
        return opened

    def _send(self, address: str, _own: str, _port: int, _own_port: int) -> int:
        if self.sent_at:
            # A kept connection broke and libcurl would repeat the request at once; the host may have seen the first.
            self._again = True
            return int(pycurl.PREREQFUNC_ABORT)
        self._address = address
        self.sent_at = monotonic()
        return int(pycurl.PREREQFUNC_OK)

    def _read(self, chunk: bytes) -> int | None:
        room = self._client.max_body - self._size
        if len(chunk) > room:
            self._chunks.append(chunk[:room])
            self._cut = self._stopped = True
            return 0
        self._chunks.append(chunk)
        self._size += len(chunk)
        self._read_at = monotonic()
        if self._enough is not None:
            try:
                self._stopped = self._is_enough(self._enough)
            except BaseException as error:
                self._broken = error
                self._stopped = True
            if self._stopped:
                return 0
        return None

    def _is_enough(self, enough: Enough) -> bool:
        now = self._read_at
        if self._enough_at:
            return self._size > SMALL or now - self._enough_at > LULL
        # Not at every chunk: what is looked at grows, and a look should not cost more than the reading.
        if self._size > self._looked_size * 1.25 or now - self._looked_at > 0.5:
            self._looked_at, self._looked_size = now, self._size
            if len(self._chunks) > 1:
                self._chunks = [b"".join(self._chunks)]
            if enough(self._chunks[0]):
                self._enough_at = now
                return self._size > SMALL
        return False

    def _weigh(self, _expected: int, received: int, _to_send: int, _sent: int) -> int:
        if received > self._client.max_body + SMALL:  # What decompresses to nothing never reaches `_read`.
            self._cut = self._stopped = True
            return 1
        # libcurl does not count what frames a body (endless chunk extensions) or folds a header, but it calls for it.
        # No page comes in so small pieces: what does is either slow enough for the deadline, or a flood.
        self._calls += 1
        earned = CALLS + received / 4
        if self._calls > earned:
            self._flooded = self._calls > earned + CALLS * (monotonic() - self._began)
        return int(self._flooded)

    def _is_held(self) -> bool:
        """Whether the page has come to its end, and since then nothing has."""
        if not self._size or monotonic() - self._read_at < HELD:
            return False
        return b"</html>" in b"".join(self._chunks)[-TAIL:].lower()

    async def _why(self, code: int, text: str, status: int) -> tuple[Fault | None, str, bool]:
        """The fault an error stands for, its sentence, and whether it may pass within seconds."""
        if code in _OURS:
            raise pycurl.error(code, text)
        if self._enough_at:  # It broke after all that was wanted had come.
            return None, "", False
        if code == pycurl.E_OPERATION_TIMEDOUT and self._is_held():
            return None, "", False
        text = text.rstrip(".") or f"Error {code} of libcurl"
        detail = f"{text[0].upper()}{text[1:]}."
        if self._again:
            return Fault.PROTOCOL, "The host closed the connection before it answered.", True
        if self._flooded:
            return Fault.PROTOCOL, "It sends without end what is neither headers nor a page.", False
        if code == 7 and self._guarded and not self._address:
            return Fault.NOT_ALLOWED, self._guarded, False
        if code == 6:
            return Fault.DNS, detail, await _servers_failed(self._host)
        if code == 7:
            refused = self._curl.getinfo(pycurl.OS_ERRNO) in (errno.ECONNREFUSED, errno.EHOSTUNREACH)
            return Fault.CONNECT, detail, not refused
        return _FAULTS.get(code, Fault.PROTOCOL), detail, self._is_cut_off(code, status)

    def _is_cut_off(self, code: int, status: int) -> bool:
        """Whether the line broke, which is often only a bad moment, rather than what came over it was wrong."""
        if code in _CUT_OFF and status:
            return bool(self._curl.getinfo(pycurl.OS_ERRNO) == errno.ECONNRESET)
        return code in _CUT_OFF or code == _TOO_SHORT


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # 0 would be for ever


def _field(name: str, value: str) -> bytes:
    return f"{name}: {value}".encode()


def _conditions(request: Request) -> list[bytes]:
    """Validators (RFC 9110, 13.1) and cookies as fields. They came from the web: none may begin another field."""
    given = (
        ("If-None-Match", request.etag),
        ("If-Modified-Since", request.last_modified),
        ("Cookie", request.cookies),
    )
    return [_field(name, value) for name, value in given if value and value.isprintable()]


async def _servers_failed(host: str) -> bool:
    """Whether the name servers could not be asked, rather than that they know no such name: libcurl does not say."""
    try:
        async with asyncio.timeout(OPINION):
            await asyncio.get_running_loop().getaddrinfo(host, None)
    except TimeoutError:
        return True
    except socket.gaierror as fault:
        return fault.errno not in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    except UnicodeError:  # Labels that are no name at all.
        return False
    return True  # By now it is found.


def _answer(lines: list[bytes]) -> tuple[int, tuple[tuple[str, str], ...], bool]:
    """Status and header fields of the last block, and whether that came to its end: interim replies (RFC 9110, 15.2)
    come before it, trailers after.
    """
    first = len(lines) - 1
    while first >= 0 and not lines[first].startswith(b"HTTP/"):
        first -= 1
    if first < 0:
        return 0, (), not lines
    fields: list[tuple[str, str]] = []
    whole = False
    for raw in lines[first + 1 :]:
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            line = raw.decode("latin-1")
        if raw[0] > _SPACE:
            name, colon, value = line.partition(":")
            if colon:
                fields.append((name.rstrip().lower(), value.strip()))
        elif not line.strip():  # The end of the block; trailers come after it.
            whole = True
            break
        elif fields:  # A folded line (RFC 9112, 5.2).
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}".strip())
    status = _STATUS.match(lines[first])
    return int(status[1]) if status else 0, tuple(fields), whole
