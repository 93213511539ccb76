"""What is asked of a host, and what came back: plain values, so that all who read them work without a network.

Knows HTTP's words (RFC 9110); must not know libcurl, links or what an answer means for one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

# Looks at the decoded bytes read so far; true when the rest of the body is not worth reading.
Enough = Callable[[bytes], bool]


class Fault(StrEnum):
    """Why an exchange brought no whole answer."""

    NOT_ALLOWED = "not_allowed"  # our own guard said no: nothing was sent
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"  # what came is no HTTP, or was cut off


@dataclass(frozen=True, slots=True)
class Request:
    """A GET. Validators make it conditional (RFC 9110, 13); `accept` names the wanted media types; `cookies` are the
    pairs of a Cookie field (RFC 6265, 4.2).

    What an errand asks shares one deadline, redirects and all that follows; a question `apart` has its own.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    accept: str = "text/html,application/xhtml+xml,*/*;q=0.8"
    enough: Enough | None = None
    cookies: str = ""
    apart: bool = False


class Exchange(NamedTuple):
    """One request and what became of it. A redirect is not followed: it is an answer like any other.

    `status` is 0 without an answer; `headers` have lower-case names, in order, repeated ones repeated;
    `body` is decoded and cut at the bound (`cut`), or where the request said enough. With a fault, status,
    headers and body are what had arrived before it.
    """

    url: str
    at: datetime
    elapsed_ms: int
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: bool = False
    fault: Fault | None = None
    detail: str = ""  # a sentence for people; never to be parsed
    address: str = ""  # what was connected to
    transient: bool = False  # the fault may pass within seconds: name servers that failed, a line cut early

    def header(self, name: str) -> str:
        """The first value of a header (lower-case name), or nothing."""
        for known, value in self.headers:
            if known == name:
                return value
        return ""
