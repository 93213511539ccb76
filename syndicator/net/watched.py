"""A session of requests whose connections are watched: judged before they are made, shut when it is too late.

Knows the insides of requests and urllib3; must not know who calls. Imported only when a service is called.
"""

import socket
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from syndicator.net.guard import Guard
from syndicator.net.watch import Watch


def _opened(connection: HTTPConnection, guard: Guard, watch: Watch) -> socket.socket:
    """A connection to the first address of the host that may be reached, and can."""
    host, port = connection.host.strip("[]"), connection.port or connection.default_port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as fault:
        raise NameResolutionError(host, connection, fault) from None
    except UnicodeError:
        raise NewConnectionError(connection, "a label of its name is empty or too long") from None
    refusals = [guard.refuses(str(address[-1][0]), port, host) for address in found]
    admitted = [address for address, refusal in zip(found, refusals, strict=True) if not refusal]
    if not admitted:
        raise NewConnectionError(connection, refusals[-1])
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
    try:
        return watch.connected(admitted, timeout)
    except OSError as fault:
        raise NewConnectionError(connection, str(fault.strerror or fault)) from None


def session(guard: Guard, watch: Watch, user_agent: str, authorities: str) -> requests.Session:
    """A session that keeps no connection and no cookie, and does not look at the environment."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, guard, watch)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, guard, watch)

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
    made.headers.update(
        {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    )
    for scheme in ("http://", "https://"):
        made.mount(scheme, Adapter())
    return made
