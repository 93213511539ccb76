"""Calls to configured services: bounded in time and size, honest, and through the guard as everything is."""

import json
import socket
import subprocess
import sys
from time import monotonic
from typing import Any

import pytest

from syndicator import allowed
from syndicator.net.guard import Guard
from syndicator.net.services import Reply, ServiceFailed, Services
from tests.farm.server import ADDRESSES, NETWORKS, Farm
from tests.net.slow_names import slowly

AGENT = "Syndicator/0.1 (+https://example.org/; web@example.org)"


def services(farm: Farm, **options: Any) -> Services:
    settings: dict[str, Any] = {"user_agent": AGENT, "deadline": 5.0, "ca_file": farm.authority} | options
    return Services(Guard(allowed.read(NETWORKS)), **settings)


def at(farm: Farm, path: str, door: str = "plain") -> str:
    scheme = "http" if door in ("plain", "refused", "reset") else "https"
    return f"{scheme}://{ADDRESSES[0]}:{farm.ports[door]}/{path}"


def get(farm: Farm, path: str, door: str = "plain", **options: Any) -> Reply:
    with services(farm, **options) as opened:
        return opened.get(at(farm, path, door))


def document(reply: Reply) -> Any:
    return json.loads(reply.body)


class TestCalls:
    def test_what_is_sent(self, farm: Farm, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
        with services(farm) as opened:
            told = document(opened.get(at(farm, "echo"), params={"url": "http://a/?b"}))
        assert told["path"] == "/echo?url=http%3A%2F%2Fa%2F%3Fb"
        assert told["headers"]["user-agent"] == AGENT
        assert told["headers"]["accept"] == "*/*"

    def test_a_document_is_posted_as_json(self, farm: Farm) -> None:
        with services(farm) as opened:
            told = document(opened.post(at(farm, "echo"), {"text": "x"}))
        assert told["headers"]["content-type"] == "application/json"
        assert told["headers"]["content-length"] == str(len('{"text": "x"}'))

    def test_statuses_are_answers(self, farm: Farm) -> None:
        assert get(farm, "status_404").status == 404
        assert get(farm, "status_502").status == 502

    def test_a_redirect_is_followed(self, farm: Farm) -> None:
        reply = get(farm, "get_redirect")
        assert document(reply)["path"] == "/echo/there"
        assert reply.url.endswith("/echo/there")

    def test_a_post_is_not_sent_on(self, farm: Farm) -> None:
        with services(farm) as opened:
            assert opened.post(at(farm, "get_redirect"), {"a": "b"}).status == 302

    def test_no_cookie_comes_back(self, farm: Farm) -> None:
        with services(farm) as opened:
            opened.get(at(farm, "cookie"))
            assert "cookie" not in document(opened.get(at(farm, "echo")))["headers"]

    def test_the_institutions_own_authority_is_trusted(self, farm: Farm) -> None:
        """The certificate is for a name: that is what is complained of, not the authority."""
        with pytest.raises(ServiceFailed, match=r"IP address mismatch|Hostname mismatch"):
            get(farm, "page", "good")
        with pytest.raises(ServiceFailed, match=r"unable to get local issuer|self-signed"):
            get(farm, "page", "untrusted")


class TestBounds:
    @pytest.mark.parametrize("path", ["slow_json", "slow_head", "silence", "slow_body"])
    def test_a_whole_call_has_a_deadline(self, farm: Farm, path: str) -> None:
        began = monotonic()
        with pytest.raises(ServiceFailed, match="it took too long"):
            get(farm, path, deadline=0.3)
        assert monotonic() - began < 1.5

    def test_also_where_a_name_is_looked_up_for_longer(
        self, farm: Farm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nobody can break that off; but what comes after it is in time, or is not begun."""
        monkeypatch.setattr(socket, "getaddrinfo", slowly(socket.getaddrinfo, 0.5))
        began = monotonic()
        with pytest.raises(ServiceFailed, match="it took too long"):
            get(farm, "slow_json", deadline=0.3)
        assert monotonic() - began < 1.5

    def test_nobody_reads_the_body_of_a_redirect(self, farm: Farm) -> None:
        assert document(get(farm, "endless_redirect", max_bytes=1_000_000))["path"] == "/echo/there"

    @pytest.mark.parametrize("path", ["endless_body", "gzip_bomb"])
    def test_bytes_are_bounded(self, farm: Farm, path: str) -> None:
        with pytest.raises(ServiceFailed, match="it sends more than 1000000 bytes"):
            get(farm, path, max_bytes=1_000_000)

    @pytest.mark.parametrize(
        ("path", "why"),
        [
            ("no_redirect", "it redirects to no address"),
            ("long_redirect", "label of its name is empty or too long"),
        ],
    )
    def test_redirects_may_lead_nowhere(self, farm: Farm, path: str, why: str) -> None:
        with pytest.raises(ServiceFailed, match=why):
            get(farm, path)

    def test_redirects_are_bounded(self, farm: Farm) -> None:
        with pytest.raises(ServiceFailed, match="it redirects more than 5 times"):
            get(farm, "redirect_endless")

    @pytest.mark.parametrize(
        "path", ["redirect_loopback", "redirect_cloud", "redirect_file", "redirect_credentials"]
    )
    def test_redirects_lead_nowhere_private(self, farm: Farm, path: str) -> None:
        with pytest.raises(ServiceFailed, match=r"is not public|Only http|user name or password"):
            get(farm, path)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1"])
    def test_nor_does_a_setting(self, farm: Farm, host: str) -> None:
        with services(farm) as opened, pytest.raises(ServiceFailed, match=r"is not public|not do as asked"):
            opened.get(f"http://{host}:{farm.ports['plain']}/page")
        assert not [entry for entry in farm.log if entry.host == host]


@pytest.mark.parametrize(
    ("path", "door", "why"),
    [
        ("no_reply", "plain", "without response"),
        ("reset_after_request", "plain", "reset by peer"),
        ("too_short", "plain", "did not do as asked"),
        ("broken_gzip", "plain", "did not do as asked"),
        ("many_headers", "plain", "did not do as asked"),
        ("icy", "plain", "did not do as asked"),
        ("page", "refused", "Connection refused"),
        ("page", "garbage", "did not do as asked"),
    ],
)
def test_every_failure_is_one_exception(farm: Farm, path: str, door: str, why: str) -> None:
    with pytest.raises(ServiceFailed, match=why) as refusal:
        get(farm, path, door)
    assert str(refusal.value).startswith(f"{ADDRESSES[0]}:{farm.ports[door]} did not do as asked: ")
    assert "0x" not in str(refusal.value)


def test_requests_is_not_imported_before_a_call() -> None:
    program = "import sys, syndicator.net.services; sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
