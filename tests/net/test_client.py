"""One exchange: what is sent, what is read, and what keeps the door narrow."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvloop

from syndicator.net import client as door
from syndicator.net.authorities import CertificatesUnreadable
from syndicator.net.client import Client
from syndicator.net.exchange import Exchange, Fault, Request
from syndicator.net.guard import Destination, Guard, destination
from tests.farm.plays import PAGE
from tests.farm.server import Entry, Farm
from tests.farm.visiting import client

R = TypeVar("R")


def with_client(farm: Farm, act: Callable[[Client], Awaitable[R]], **options: Any) -> R:
    async def run() -> R:
        async with client(farm, **options) as opened:
            return await act(opened)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run())


def ask(farm: Farm, request: Request | str, **options: Any) -> Exchange:
    request = Request(request) if isinstance(request, str) else request
    return with_client(farm, lambda opened: opened.ask(request), **options)


def on_one_line(farm: Farm, *requests: Request, **options: Any) -> list[Exchange]:
    async def act(opened: Client) -> list[Exchange]:
        with door.Line(opened) as line:
            return [await line.ask(request, at(request.url)) for request in requests]

    return with_client(farm, act, **options)


def at(url: str) -> Destination:
    found = destination(url)
    assert isinstance(found, Destination)
    return found


def logged(farm: Farm, host: str) -> list[Entry]:
    return [entry for entry in farm.log if entry.host == f"{host}.farm.test"]


class TestAsking:
    def test_who_we_are_and_what_we_take(self, farm: Farm) -> None:
        ask(farm, farm.url("page", "introduced"))
        (entry,) = logged(farm, "introduced")
        assert entry.header("user-agent") == "Syndicator/0.1 (+https://example.org/; web@example.org)"
        assert entry.header("accept") == "text/html,application/xhtml+xml,*/*;q=0.8"
        assert entry.header("accept-encoding") == "gzip, deflate, br"  # No zstd: nothing here reads it.
        assert {name for name, _ in entry.headers} == {"host", "user-agent", "accept", "accept-encoding"}

    def test_validators_make_it_conditional(self, farm: Farm) -> None:
        url = farm.url("unchanged", "unchanging")
        first, again, fresh = on_one_line(
            farm,
            Request(url),
            Request(url, etag='"v1"', last_modified="Sun, 06 Nov 1994 08:49:37 GMT"),
            Request(url),
        )
        assert (first.status, first.header("etag"), first.body) == (200, '"v1"', PAGE)
        assert (again.status, again.fault, again.body) == (304, None, b"")
        assert fresh.status == 200  # A validator is not kept for the next request of the line.
        conditions = [
            (e.header("if-none-match"), e.header("if-modified-since")) for e in logged(farm, "unchanging")
        ]
        assert conditions == [("", ""), ('"v1"', "Sun, 06 Nov 1994 08:49:37 GMT"), ("", "")]

    def test_a_validator_cannot_smuggle_a_header(self, farm: Farm) -> None:
        ask(farm, Request(farm.url("page", "smuggling"), etag='"a"\r\nX-Evil: 1'))
        (entry,) = logged(farm, "smuggling")
        assert entry.header("x-evil") == entry.header("if-none-match") == ""

    def test_another_media_type_may_be_wanted(self, farm: Farm) -> None:
        url = farm.url("page", "wanting")
        on_one_line(farm, Request(url), Request(url, accept="application/json"), Request(url))
        assert [entry.header("accept")[:16] for entry in logged(farm, "wanting")] == [
            "text/html,applic",
            "application/json",
            "text/html,applic",
        ]

    def test_no_cookie_comes_back(self, farm: Farm) -> None:
        url = farm.url("cookie", "baking")
        first, _ = on_one_line(farm, Request(url), Request(url))
        assert first.header("set-cookie") == "id=1"
        assert [entry.header("cookie") for entry in logged(farm, "baking")] == ["", ""]

    def test_the_environments_proxies_are_not_asked(
        self, farm: Farm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
        assert ask(farm, farm.url("page")).status == 200

    def test_a_redirect_is_an_answer(self, farm: Farm) -> None:
        exchange = ask(farm, farm.url("redirect_301"))
        assert (exchange.status, exchange.fault) == (301, None)
        assert exchange.header("location").endswith("/page/new")

    def test_a_connection_is_kept(self, farm: Farm) -> None:
        url = farm.url("page", "keeping", "good")

        async def act(opened: Client) -> list[int]:
            import pycurl

            with door.Line(opened) as line:
                made = []
                for _ in range(3):
                    await line.ask(Request(url), at(url))
                    made.append(line._curl.getinfo(pycurl.NUM_CONNECTS))
                return made

        assert with_client(farm, act) == [1, 0, 0]


class TestReading:
    def test_it_stops_when_the_request_has_enough(self, farm: Farm) -> None:
        """The title is there; what comes byte by byte afterwards is not waited for."""
        exchange = ask(farm, Request(farm.url("slow_rest"), enough=lambda body: b"</title>" in body))
        assert (exchange.fault, exchange.cut) == (None, False)
        assert exchange.body.startswith(PAGE)
        assert exchange.elapsed_ms < 2000

    def test_an_endless_page_is_left_soon(self, farm: Farm) -> None:
        exchange = ask(farm, Request(farm.url("endless_body"), enough=lambda body: b"</title>" in body))
        assert len(exchange.body) < 4 * door.SMALL
        assert not exchange.cut

    def test_a_small_page_is_read_to_its_end_all_the_same(self, farm: Farm) -> None:
        assert ask(farm, Request(farm.url("page"), enough=lambda _: True)).body == PAGE

    def test_a_fault_after_enough_is_none(self, farm: Farm) -> None:
        exchange = ask(farm, Request(farm.url("too_short"), enough=lambda _: True))
        assert (exchange.fault, exchange.status) == (None, 200)

    @pytest.mark.parametrize("enough", [None, lambda _: False])
    def test_a_page_that_came_whole_is_an_answer_though_its_connection_is_held(
        self, farm: Farm, enough: Callable[[bytes], bool] | None
    ) -> None:
        exchange = ask(farm, Request(farm.url("held_open"), enough=enough), timeout=1.0)
        assert (exchange.fault, exchange.status) == (None, 200)
        assert exchange.body.startswith(PAGE)

    @pytest.mark.parametrize("name", ["held_half_way", "slow_rest"])
    def test_half_a_page_is_none_and_neither_is_one_that_drips_on(self, farm: Farm, name: str) -> None:
        exchange = ask(farm, Request(farm.url(name), enough=lambda _: False), timeout=1.0)
        assert (exchange.fault, exchange.status) == (Fault.TIMEOUT, 200)

    def test_what_it_looks_at_costs_no_more_than_the_reading(self, farm: Farm) -> None:
        looked_at: list[int] = []

        def never(body: bytes) -> bool:
            looked_at.append(len(body))
            return False

        ask(farm, Request(farm.url("endless_body"), enough=never))
        assert sum(looked_at) < 6 * 1048576

    def test_a_bug_in_what_is_enough_is_raised(self, farm: Farm) -> None:
        with pytest.raises(ZeroDivisionError):
            ask(farm, Request(farm.url("page"), enough=lambda _: bool(1 / 0)))

    def test_a_page_of_just_the_bound_is_not_cut(self, farm: Farm) -> None:
        assert not ask(farm, farm.url("page"), max_body=len(PAGE)).cut
        exchange = ask(farm, farm.url("page"), max_body=len(PAGE) - 1)
        assert (exchange.cut, exchange.body) == (True, PAGE[:-1])

    def test_a_deadline_is_for_the_whole_exchange(self, farm: Farm) -> None:
        async def act(opened: Client) -> Exchange:
            with door.Line(opened) as line:
                url = farm.url("slow_body", "deadline")
                return await line.ask(Request(url), at(url), seconds=0.3)

        exchange = with_client(farm, act)
        assert exchange.fault is Fault.TIMEOUT
        assert 250 <= exchange.elapsed_ms < 1000

    @pytest.mark.parametrize("name", ["endless_frame", "endless_folds"])
    def test_a_flood_of_what_is_no_page_is_left_before_the_deadline(self, farm: Farm, name: str) -> None:
        exchange = ask(farm, farm.url(name), timeout=10.0)
        assert exchange.fault is Fault.PROTOCOL
        assert exchange.detail == "It sends without end what is neither headers nor a page."

    def test_a_page_in_small_pieces_is_no_flood(self, farm: Farm) -> None:
        assert ask(farm, farm.url("brisk_drip")).body == PAGE

    def test_headers_are_read_whatever_their_bytes(self, farm: Farm) -> None:
        exchange = ask(farm, farm.url("odd_headers"))
        assert exchange.header("x-utf") == "Zürich"
        assert exchange.header("x-latin") == ""
        assert [value for name, value in exchange.headers if name == "x-twice"] == ["1", "2"]
        latin = ask(farm, farm.url("latin_headers"))
        assert latin.header("x-latin") == "Zürich"


class TestGuarding:
    def test_a_refused_url_is_not_asked_for(self, farm: Farm) -> None:
        exchange = ask(farm, "file:///etc/passwd")
        assert exchange.fault is Fault.NOT_ALLOWED
        assert exchange.detail == "Only http and https are asked for, not file."

    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "localhost."],
    )
    def test_this_machine_is_not_reached_by_any_name(self, farm: Farm, host: str) -> None:
        exchange = ask(farm, f"http://{host}:{farm.ports['plain']}/page")
        assert exchange.fault is Fault.NOT_ALLOWED
        assert exchange.detail.endswith("is not public: this machine (RFC 1122).") or "::1" in exchange.detail

    def test_a_name_that_changes_its_address_is_seen_through(self, farm: Farm) -> None:
        """DNS rebinding: the verdict is on the address of each connection, not on the name."""
        names = {"rebinding.farm.test": "127.0.71.1"}
        url = farm.url("no_reply", "rebinding")

        async def act(opened: Client) -> list[Exchange]:
            first = await opened.ask(Request(url))
            names["rebinding.farm.test"] = "127.0.0.1"
            return [first, await opened.ask(Request(url))]

        first, second = with_client(farm, act, names=names)
        assert (first.fault, first.address) == (Fault.PROTOCOL, "127.0.71.1")
        assert (second.fault, second.address) == (Fault.NOT_ALLOWED, "")

    def test_a_broken_kept_connection_is_not_repeated_behind_our_back(self, farm: Farm) -> None:
        """libcurl would send the request again at once; a host that was asked twice might be right to complain."""
        first, second = on_one_line(
            farm, Request(farm.url("page", "breaking")), Request(farm.url("reset_after_request", "breaking"))
        )
        assert first.status == 200
        assert (second.fault, second.transient) == (Fault.PROTOCOL, True)
        assert [entry.path for entry in logged(farm, "breaking")] == ["/page", "/reset_after_request"]


class TestTrusting:
    def test_the_institutions_own_authority_is_trusted_besides_the_public_ones(self, farm: Farm) -> None:
        assert ask(farm, farm.url("page", door="good")).status == 200
        without = ask(farm, farm.url("page", door="good"), ca_file="")
        assert without.fault is Fault.TLS
        assert "certificate" in without.detail

    def test_both_are_in_the_file_that_libcurl_reads(self, farm: Farm) -> None:
        context = ssl.create_default_context()

        async def act(opened: Client) -> int:
            context.load_verify_locations(opened.ca_file)
            return len(context.get_ca_certs())

        assert with_client(farm, act) > 100

    def test_a_file_that_is_none_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CertificatesUnreadable, match="No such file"):
            Client(Guard(), user_agent="x", ca_file=tmp_path / "missing.pem")
        (tmp_path / "empty.pem").touch()
        with pytest.raises(CertificatesUnreadable, match="holds no certificate"):
            Client(Guard(), user_agent="x", ca_file=tmp_path / "empty.pem")


class TestUnknownNames:
    @pytest.mark.parametrize(
        ("number", "passing"),
        [
            (socket.EAI_NONAME, False),
            (socket.EAI_AGAIN, True),
            (socket.EAI_FAIL, True),
            (socket.EAI_SYSTEM, True),
        ],
    )
    def test_servers_that_fail_are_told_from_names_that_are_not_there(
        self, number: int, passing: bool
    ) -> None:
        class Deaf(asyncio.SelectorEventLoop):
            async def getaddrinfo(self, *_: Any, **__: Any) -> Any:
                raise socket.gaierror(number, "told by the system")

        with asyncio.Runner(loop_factory=Deaf) as runner:
            assert runner.run(door._servers_failed("outlet.example")) is passing

    def test_servers_that_do_not_answer_are_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Mute(asyncio.SelectorEventLoop):
            async def getaddrinfo(self, *_: Any, **__: Any) -> Any:
                await asyncio.sleep(60)

        monkeypatch.setattr(door, "OPINION", 0.05)
        with asyncio.Runner(loop_factory=Mute) as runner:
            assert runner.run(door._servers_failed("outlet.example"))
