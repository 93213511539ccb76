"""Mail, over real sockets: encrypted where it can be, the password only to whom it belongs, bounded in time."""

import socket
from email.message import EmailMessage
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import trustme

from syndicator.net import mail
from syndicator.net.mail import MailFailed
from tests.health.little_web import closed_port
from tests.net.mail_server import ADDRESS, MailServer, Manner, mail_server
from tests.net.slow_names import slowly


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "2 links broken – Ümlaut"
    made["From"] = "syndicator@institute.example"
    made["To"] = "jo@institute.example, al@institute.example"
    made.set_content("What happened.\n.\nA line with a dot.\n")
    return made


def send(server: MailServer, **options: Any) -> None:
    mail.send(message(), server.at, **({"deadline": 5.0} | options))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An authority's file, and the chain with key of a server at the address of ours."""
    folder = tmp_path_factory.mktemp("mail")
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(folder / "authority.pem"))
    ours.issue_cert(ADDRESS).private_key_and_cert_chain_pem.write_to_path(str(folder / "chain.pem"))
    return folder / "authority.pem", folder / "chain.pem"


def test_a_message_reaches_all_its_recipients_once() -> None:
    with mail_server() as server:
        send(server)
    (taken,) = server.taken
    assert taken.sender == "syndicator@institute.example"
    assert taken.recipients == ["jo@institute.example", "al@institute.example"]
    assert taken.message["Subject"] == "2 links broken – Ümlaut"
    assert taken.message.get_content().replace("\r\n", "\n") == "What happened.\n.\nA line with a dot.\n"


class TestEncryption:
    def test_where_it_is_offered_it_is_used_whatever_the_certificate(
        self, authority: tuple[Path, Path]
    ) -> None:
        with mail_server(Manner(authority[1])) as server:
            send(server)
        assert [taken.secure for taken in server.taken] == [True]

    def test_the_password_goes_to_who_has_proven_to_be_that_host(self, authority: tuple[Path, Path]) -> None:
        with mail_server(Manner(authority[1], users={"jo": "secret"})) as server:
            send(server, user="jo", password="secret", ca_file=authority[0])
        assert [(taken.secure, taken.user) for taken in server.taken] == [(True, "jo")]

    def test_and_to_nobody_else(self, authority: tuple[Path, Path]) -> None:
        with (
            mail_server(Manner(authority[1], users={"jo": "secret"})) as server,
            pytest.raises(MailFailed, match="certificate verify failed"),
        ):
            send(server, user="jo", password="secret")
        assert not server.taken
        assert not [words for words in server.commands if words.startswith("AUTH")]

    def test_nor_in_the_clear(self) -> None:
        with (
            mail_server(Manner(users={"jo": "secret"})) as server,
            pytest.raises(MailFailed, match="offers no encryption"),
        ):
            send(server, user="jo", password="secret")
        assert not [words for words in server.commands if words.startswith("AUTH")]

    def test_a_wrong_password_is_said_without_it(self, authority: tuple[Path, Path]) -> None:
        with (
            mail_server(Manner(authority[1], users={"jo": "secret"})) as server,
            pytest.raises(MailFailed, match=r"535 5\.7\.8 Authentication credentials invalid") as refusal,
        ):
            send(server, user="jo", password="wr0ng", ca_file=authority[0])
        assert "wr0ng" not in str(refusal.value)


class TestFailures:
    @pytest.mark.parametrize(
        ("refuses", "why"),
        [
            ({"MAIL": "451 4.3.0 Try again later"}, r"451 4\.3\.0 Try again later"),
            ({"RCPT": "550 5.1.1 No such user"}, r"550 5\.1\.1 No such user"),
            ({"DATA": "554 5.6.0 No"}, r"554 5\.6\.0 No"),
        ],
    )
    def test_the_servers_own_words(self, refuses: dict[str, str], why: str) -> None:
        with (
            mail_server(Manner(refuses=refuses)) as server,
            pytest.raises(MailFailed, match=f"{server.at} did not take the message: {why}"),
        ):
            send(server)

    @pytest.mark.parametrize("greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"554 Go away\r\n"])
    def test_what_is_no_mail_server(self, greeting: bytes) -> None:
        with mail_server(Manner(greeting=greeting)) as server, pytest.raises(MailFailed):
            send(server, deadline=1.0)

    def test_nobody_there(self) -> None:
        with pytest.raises(MailFailed, match="Connection refused"):
            mail.send(message(), f"127.0.0.1:{closed_port()}", deadline=2.0)

    def test_no_such_name(self) -> None:
        with pytest.raises(MailFailed):
            mail.send(message(), "mail.invalid:25", deadline=2.0)

    def test_a_server_that_never_says_a_word(self) -> None:
        with socket.create_server((ADDRESS, 0)) as silent:
            began = monotonic()
            with pytest.raises(MailFailed):
                mail.send(message(), f"{ADDRESS}:{silent.getsockname()[1]}", deadline=0.5)
            assert monotonic() - began < 2.0

    @pytest.mark.parametrize("lookup", [0.0, 0.7])
    def test_one_that_says_its_words_a_letter_at_a_time(
        self, lookup: float, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The timeout of smtplib is for each read. Its name may have been looked up for longer than that."""
        monkeypatch.setattr(socket, "getaddrinfo", slowly(socket.getaddrinfo, lookup))
        with mail_server(Manner(greeting=b"220-x\r\n", drip=0.1)) as server:
            began = monotonic()
            with pytest.raises(MailFailed, match="it took too long"):
                send(server, deadline=0.5)
            assert monotonic() - began < 2.0
