"""Calls to the few services that the operator configured: archives, hubs, webhooks. One at a time, through the guard.

Knows requests and urllib3; must not know what any service offers. Everything that staff or the web gave us is
visited by `client` instead.

The timeout of requests is for each read, so a call has a watch besides (see `watched`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from syndicator import urls
from syndicator.errors import SyndicatorError
from syndicator.net.authorities import Authorities
from syndicator.net.guard import Destination, Guard, destination
from syndicator.net.watch import TOO_LATE, Watch

if TYPE_CHECKING:
    import requests

HOPS = 5  # redirects
CHUNK = 65536  # bytes
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class ServiceFailed(SyndicatorError):
    """A configured service could not be reached, or did not answer as it should."""

    def __init__(self, url: str, why: str, *, status: int = 0) -> None:
        super().__init__(f"{urlsplit(url).netloc.rpartition('@')[2] or url[:60]} did not do as asked: {why}")
        self.url = url
        self.status = status


@dataclass(frozen=True)
class Reply:
    """What a service answered: `url` is where it came from, after redirects; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class Services:
    """Calls services. `deadline` is for a whole call, redirects included, after its names were looked up.

    Raises CertificatesUnreadable.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        deadline: float = 30.0,
        max_bytes: int = 16 << 20,
        ca_file: str | Path = "",
    ) -> None:
        self._guard = guard
        self._watch = Watch()
        self._user_agent = " ".join(user_agent.split())
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._authorities = Authorities(ca_file)

    def get(self, url: str, *, params: Mapping[str, str] | None = None) -> Reply:
        """The answer to a GET, whatever its status. Raises ServiceFailed where there is none."""
        return self._call("GET", url, params=params)

    def post(self, url: str, document: Any) -> Reply:
        """The answer to a POST of a JSON document, whatever its status: a redirect is not followed.

        Raises ServiceFailed where there is none.
        """
        return self._call("POST", url, json=document)

    def close(self) -> None:
        self._authorities.close()
        if "_session" in self.__dict__:
            self._session.close()

    def __enter__(self) -> "Services":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def _session(self) -> "requests.Session":
        from syndicator.net.watched import session

        return session(self._guard, self._watch, self._user_agent, self._authorities.path)

    def _call(self, method: str, url: str, **sent: Any) -> Reply:
        asked = url
        until = monotonic() + self._deadline
        for _ in range(HOPS + 1):
            where = destination(url)
            if isinstance(where, str):
                raise ServiceFailed(asked, where)
            reply = self._exchange(method, where, until - monotonic(), sent)
            if method != "GET" or not (location := _sent_to(reply.status, reply.headers)):
                return reply
            to = urls.joined(where.url, location)
            if to is None:
                raise ServiceFailed(asked, "it redirects to no address.")
            url = to
            sent = {}  # The address that we are sent to is whole.
        raise ServiceFailed(asked, f"it redirects more than {HOPS} times.")

    def _exchange(self, method: str, where: Destination, seconds: float, sent: dict[str, Any]) -> Reply:
        import requests
        import urllib3

        options: dict[str, Any] = {
            "timeout": max(seconds, 0.001) + 1,  # The watch comes first.
            "stream": True,
            "allow_redirects": False,
        }
        try:
            with self._watch.over(max(seconds, 0.001)):
                with self._session.request(method, where.url, **options, **sent) as response:
                    received = {name.lower(): value for name, value in response.headers.items()}
                    body = b"" if _sent_to(response.status_code, received) else self._body(response)
                if self._watch.late:  # Shut while nobody knew how long the body would be.
                    raise TimeoutError(TOO_LATE)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as fault:
            why = f"{TOO_LATE}." if self._watch.late else _sentence(fault)
            raise ServiceFailed(where.url, why) from None
        return Reply(where.url, response.status_code, received, body)

    def _body(self, response: "requests.Response") -> bytes:
        chunks: list[bytes] = []
        room = self._max_bytes
        for chunk in response.iter_content(CHUNK):
            room -= len(chunk)
            if room < 0:
                raise OSError(f"it sends more than {self._max_bytes} bytes.")
            chunks.append(chunk)
        return b"".join(chunks)


def _sent_to(status: int, headers: Mapping[str, str]) -> str:
    """Where a redirect leads; nothing for any other answer. What a redirect has to say besides is not read."""
    return headers.get("location", "") if status in _REDIRECTS else ""


def _sentence(fault: BaseException) -> str:
    """What lies at the bottom of an exception of requests, which wraps those of urllib3, which wrap the system's."""
    while True:
        inner = getattr(fault, "reason", None) or next(iter(fault.args), None)
        if not isinstance(inner, BaseException):
            break
        fault = inner
    text = str(fault).rpartition(": ")[2] if "object at 0x" in str(fault) else str(fault)
    return f"{text[:200].rstrip('.')}."
