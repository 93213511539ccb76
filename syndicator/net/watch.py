"""Watches a conversation, and shuts its connection when all of it has taken too long.

The timeouts of libraries are for each read: a byte a second lives for ever. Knows sockets; must not know what is said.
"""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

Address = tuple[Any, Any, int, str, tuple[Any, ...]]  # as getaddrinfo gives it
TOO_LATE = "it took too long"


class Watch:
    """Makes the connection of a conversation. `late` says that it was, or would have to be, shut."""

    def __init__(self) -> None:
        self.late = False
        self._opened: socket.socket | None = None
        self._turn = threading.Lock()

    @contextmanager
    def over(self, seconds: float) -> Iterator[None]:
        """Watches one conversation. What ends within it is never shut after it."""
        self.late = False
        timer = threading.Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            self._keep(None)

    def connected(self, addresses: Iterable[Address], timeout: float | None) -> socket.socket:
        """A connection to the first address that takes one; each step of it and of what is said may take `timeout`.

        Raises OSError: the last address's, and TimeoutError where it is too late.
        """
        fault = OSError("it has no address")
        for family, kind, protocol, _, address in addresses:
            self._in_time()
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(timeout)
                self._keep(opened.dup())  # TLS takes the socket over; the connection is the same.
                opened.connect(address)
                self._in_time()  # What is not connected yet cannot always be shut.
            except OSError as complaint:
                opened.close()
                fault = complaint
            else:
                return opened
        self._in_time()
        raise fault

    def _in_time(self) -> None:
        if self.late:
            raise TimeoutError(TOO_LATE)

    def _shut(self) -> None:
        with self._turn:
            self.late = True
            if self._opened is not None:
                with suppress(OSError):  # It is not connected, or was closed at the other end.
                    self._opened.shutdown(socket.SHUT_RDWR)

    def _keep(self, opened: socket.socket | None) -> None:
        with self._turn:
            before, self._opened = self._opened, opened
            if before is not None:
                before.close()
