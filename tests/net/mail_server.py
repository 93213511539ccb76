"""A mail server on a loopback address: takes messages, or does what bad ones do.

Knows as much of SMTP (RFC 5321, 3207, 4954) as a client needs; must not know who sends.
"""

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

ADDRESS = "127.0.9.2"


@dataclass
class Taken:
    """A message that was taken: what the envelope said, and the message itself."""

    sender: str
    recipients: list[str]
    content: bytes
    secure: bool
    user: str = ""

    @property
    def message(self) -> EmailMessage:
        read = message_from_bytes(self.content, policy=default)
        assert isinstance(read, EmailMessage)
        return read


@dataclass
class Manner:
    """How it behaves: a chain with key to offer STARTTLS with, users, and what it refuses or is slow at."""

    chain: Path | None = None
    users: dict[str, str] = field(default_factory=dict)
    refuses: dict[str, str] = field(default_factory=dict)  # by command: what it answers
    greeting: bytes = b"220 mail.farm.test ESMTP\r\n"
    drip: float = 0.0  # seconds between the bytes of its greeting


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, manner: Manner) -> None:
        super().__init__((ADDRESS, 0), _Talk)
        self.manner = manner
        self.taken: list[Taken] = []
        self.commands: list[str] = []

    @property
    def at(self) -> str:
        return f"{ADDRESS}:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Senders that hang up are none of ours."""


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.secure, self.user, self.sender = False, "", ""
        self.recipients: list[str] = []
        with suppress(OSError), closing(self):
            self._greet()
            while line := self.rfile.readline(1000):
                words = line.decode("ascii", "replace").rstrip("\r\n")
                self.server.commands.append(words)
                if not self._heed(words):
                    return

    def close(self) -> None:
        """Of two sockets, the one that TLS took over is closed by its server."""
        if self.secure:
            self.request.close()

    def _greet(self) -> None:
        if not self.server.manner.drip:
            self.wfile.write(self.server.manner.greeting)
            return
        for byte in self.server.manner.greeting * 100:
            self.wfile.write(bytes((byte,)))
            time.sleep(self.server.manner.drip)

    def _heed(self, words: str) -> bool:
        command = words[:4].upper()
        refusal = self.server.manner.refuses.get(command)
        if refusal:
            self._say(refusal)
        elif command == "EHLO":
            self._say("250-mail.farm.test", *self._offers(), "250 8BITMIME")
        elif command == "STAR":
            self._say("220 Ready")
            self._secure()
        elif command == "AUTH":
            self._log_in(words)
        elif command in ("MAIL", "RCPT"):
            address = words.partition("<")[2].partition(">")[0]
            if command == "MAIL":
                self.sender, self.recipients = address, []
            else:
                self.recipients.append(address)
            self._say("250 Ok")
        elif command == "DATA":
            self._take()
        elif command == "QUIT":
            self._say("221 Bye")
            return False
        else:
            self._say("250 Ok")
        return True

    def _offers(self) -> list[str]:
        offers = ["250-STARTTLS"] if self.server.manner.chain and not self.secure else []
        return offers + (["250-AUTH PLAIN"] if self.server.manner.users else [])

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _secure(self) -> None:
        assert self.server.manner.chain
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server.manner.chain)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.secure = True

    def _log_in(self, words: str) -> None:
        _, user, password = base64.b64decode(words.split()[2]).decode().split("\0")
        if self.server.manner.users.get(user) == password:
            self.user = user
            self._say("235 Welcome")
        else:
            self._say("535 5.7.8 Authentication credentials invalid")

    def _take(self) -> None:
        self._say("354 Go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        taken = Taken(self.sender, self.recipients, b"".join(lines), self.secure, self.user)
        self.server.taken.append(taken)
        self._say("250 Queued")


@contextmanager
def mail_server(manner: Manner | None = None) -> Iterator[MailServer]:
    """A mail server that is up for as long as the block lasts."""
    with MailServer(manner or Manner()) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
