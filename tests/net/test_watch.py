"""Watches: the timeouts of libraries are for each read, a watch is for all of it; over real sockets."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep

import pytest

from syndicator.net.watch import Address, Watch

ADDRESS = "127.0.9.3"


def addresses(*servers: socket.socket) -> list[Address]:
    return [
        found
        for server in servers
        for found in socket.getaddrinfo(ADDRESS, server.getsockname()[1], type=socket.SOCK_STREAM)
    ]


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes a connection and says nothing."""
    with socket.create_server((ADDRESS, 0)) as server:
        yield server


@pytest.fixture
def full() -> Iterator[socket.socket]:
    """A server whose queue is full: who connects to it waits."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server((ADDRESS, 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield server


def reached(server: socket.socket) -> bool:
    """Whether a connection was made to it."""
    server.settimeout(0.05)
    try:
        server.accept()[0].close()
    except TimeoutError:
        return False
    return True


def test_what_takes_too_long_is_shut(silent: socket.socket) -> None:
    watch = Watch()
    with watch.over(0.2), watch.connected(addresses(silent), timeout=5.0) as opened:
        assert opened.recv(1) == b""
        assert watch.late


def test_also_a_connection_that_is_not_made_yet(full: socket.socket) -> None:
    watch = Watch()
    began = monotonic()
    with watch.over(0.2), pytest.raises(TimeoutError):
        watch.connected(addresses(full), timeout=5.0)
    assert watch.late
    assert monotonic() - began < 1.0


def test_no_connection_is_made_when_the_time_is_over(silent: socket.socket) -> None:
    """Names were looked up for so long, which nobody can break off."""
    watch = Watch()
    with watch.over(0.05):
        sleep(0.2)
        with pytest.raises(TimeoutError):
            watch.connected(addresses(silent), timeout=5.0)
    assert not reached(silent)


def test_nor_to_the_next_address(full: socket.socket, silent: socket.socket) -> None:
    watch = Watch()
    with watch.over(0.2), pytest.raises(TimeoutError):
        watch.connected(addresses(full, silent), timeout=5.0)
    assert not reached(silent)


def test_in_time_the_next_address_is_tried(full: socket.socket, silent: socket.socket) -> None:
    watch = Watch()
    with watch.over(5.0), watch.connected(addresses(full, silent), timeout=0.1) as opened:
        assert opened.getpeername() == silent.getsockname()
    assert not watch.late


def test_the_last_refusal_is_told() -> None:
    with socket.create_server((ADDRESS, 0)) as server:
        closed = addresses(server)
    watch = Watch()
    with watch.over(5.0), pytest.raises(ConnectionRefusedError):
        watch.connected(closed, timeout=5.0)


def test_a_watch_that_has_ended_shuts_nothing(silent: socket.socket) -> None:
    """One can be used again at once: of the call before, no timer is left."""
    watch = Watch()
    before = threading.active_count()
    for _ in range(50):
        with watch.over(0.001):
            sleep(0.001)
        assert threading.active_count() == before
    with watch.over(5.0), watch.connected(addresses(silent), timeout=0.05) as opened:
        assert not watch.late
        with pytest.raises(TimeoutError):  # Nobody says anything, and the connection stands.
            opened.recv(1)
