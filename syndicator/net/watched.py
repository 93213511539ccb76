"""A session of requests whose connections are watched: judged before they are made, shut when it is too late.

Knows the insides of requests and urllib3; must not know who calls. Imported only when a service is called.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from syndicator.net.guard import Guard


class Watch:
    """Opens the connection of a call, and shuts it when the call has taken too long."""

    def __init__(self, guard: Guard) -> None:
        self.complaint = ""
        self._guard = guard
        self._opened: socket.socket | None = None

    @contextmanager
    def over(self, seconds: float) -> Iterator[None]:
        """Watches one call."""
        self.complaint = ""
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._forget()

    def open(self, connection: HTTPConnection) -> socket.socket:
        """A connection to the first address of the host that may be reached, and can."""
        host, port = connection.host.strip("[]"), connection.port or connection.default_port
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as fault:
            raise NameResolutionError(host, connection, fault) from None
        why = "it has no address"
        for family, kind, protocol, _, address in found:
            refusal = self._guard.refuses(str(address[0]), port, host)
            if refusal:
                why = refusal
                continue
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(connection.timeout if isinstance(connection.timeout, int | float) else None)
            self._forget()
            self._opened = opened.dup()  # TLS takes the socket over; the connection is the same.
            try:
                opened.connect(address)
            except OSError as fault:
                opened.close()
                why = str(fault.strerror or fault)
                continue
            return opened
        raise NewConnectionError(connection, why)

    def _shut(self) -> None:
        self.complaint = "it took too long."
        opened = self._opened
        if opened is not None:
            with suppress(OSError):  # It was closed in the meantime.
                opened.shutdown(socket.SHUT_RDWR)

    def _forget(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()


def session(watch: Watch, user_agent: str, authorities: str) -> requests.Session:
    """A session that keeps no connection and no cookie, and does not look at the environment."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return watch.open(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return watch.open(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *given: Any, **named: Any) -> None:
            super().init_poolmanager(*given, **named)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> None:
            """Redirects are the caller's: to find the next address, requests would read the whole body."""

    made = Session()
    made.trust_env = False
    made.verify = authorities
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    made.headers.clear()
    made.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"})
    for scheme in ("http://", "https://"):
        made.mount(scheme, Adapter())
    return made
