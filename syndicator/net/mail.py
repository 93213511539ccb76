"""One message to a mail server, bounded in time, encrypted where the server can.

Knows SMTP (RFC 5321), STARTTLS (RFC 3207) and submission (RFC 8314), through smtplib; must not know what is said.

The guard is not asked: a mail server is named by the operator alone, and is mostly this machine or one of its network.
"""

import smtplib
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path

from syndicator.errors import SyndicatorError
from syndicator.net.authorities import Authorities
from syndicator.net.watch import TOO_LATE, Watch

DEADLINE = 60.0  # seconds for the whole conversation
SUBMISSIONS = 465  # the port on which TLS comes before the first word (RFC 8314, section 3)


class MailFailed(SyndicatorError):
    """The mail server could not be reached, or did not take the message."""

    def __init__(self, server: str, why: str) -> None:
        super().__init__(f"The mail server {server} did not take the message: {why}")


def send(
    message: EmailMessage,
    server: str,
    *,
    user: str = "",
    password: str = "",
    ca_file: str | Path = "",
    deadline: float = DEADLINE,
) -> None:
    """Hands a message over for all its recipients. `server` is `host:port`.

    The password goes to nobody who has not proven by a certificate to be that host. Without one, encryption is better
    than none, whatever the certificate (RFC 7435): mail servers of a network often have one of their own.

    Raises MailFailed; CertificatesUnreadable.
    """
    host, _, port = server.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    authorities = Authorities(ca_file)
    watch = Watch()
    try:
        context = _context(authorities.path, proven=bool(user))
        with (
            watch.over(deadline),
            _Conversation(host, int(port), deadline, context, watch) as conversation,
        ):
            if not conversation.encrypted(context) and user:
                raise MailFailed(server, "it offers no encryption, and the password is not sent without.")
            if user:
                conversation.login(user, password)
            conversation.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise MailFailed(server, f"{TOO_LATE}." if watch.late else _sentence(fault)) from None
    finally:
        authorities.close()


def _context(authorities: str, *, proven: bool) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authorities)
    if not proven:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class _Conversation(smtplib.SMTP):
    """Greets as it is made."""

    def __init__(self, host: str, port: int, seconds: float, context: ssl.SSLContext, watch: Watch) -> None:
        self._at_once = context if port == SUBMISSIONS else None
        self._watch = watch
        super().__init__(host, port, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        opened = self._watch.connected(found, timeout)
        return self._at_once.wrap_socket(opened, server_hostname=host) if self._at_once else opened

    def encrypted(self, context: ssl.SSLContext) -> bool:
        """Encrypts, if the server can and it is not done yet; whether it is then."""
        if self._at_once is not None:
            return True
        self.ehlo()
        if not self.has_extn("starttls"):
            return False
        self.starttls(context=context)
        return True


def _sentence(fault: Exception) -> str:
    """What it said, without its codes."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        fault = next((smtplib.SMTPResponseException(*answer) for answer in fault.recipients.values()), fault)
    if isinstance(fault, smtplib.SMTPResponseException):
        said = fault.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{fault.smtp_code} {' '.join(words.split())[:200].rstrip('.')}."
    words = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return f"{' '.join(words.split())[:200].rstrip('.')}."
