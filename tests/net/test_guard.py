"""What may be asked for and connected to: the laws of the one door, and every disguise that was thought of."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import allowed
from syndicator.net.guard import BAD_PORTS, Destination, Guard, destination

GUARD = Guard()
PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
NOT_PUBLIC_V6 = [
    "::/128",
    "::1/128",
    "::/96",
    "100::/64",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "2001::/32",
    "2001:2::/48",
    "2001:db8::/32",
    "3fff::/20",
    "5f00::/16",
    "64:ff9b:1::/48",
]


def within(network: str) -> st.SearchStrategy[str]:
    whole = IPv4Network(network) if "." in network else IPv6Network(network)
    return st.integers(int(whole[0]), int(whole[-1])).map(lambda number: str(type(whole[0])(number)))


PRIVATE_V4 = st.sampled_from(PRIVATE).flatmap(within)
DISGUISES = st.sampled_from(
    [
        lambda v4: f"::ffff:{v4}",
        lambda v4: f"::{v4}",
        lambda v4: f"64:ff9b::{v4}",
        lambda v4: f"64:ff9b:1::{v4}",
        lambda v4: str(IPv6Address(0x2002 << 112 | int(IPv4Address(v4)) << 80 | 1)),
        lambda v4: str(IPv6Address(0x20010000 << 96 | 0x08080808 << 64 | int(IPv4Address(v4)) ^ 0xFFFFFFFF)),
    ]
)


class TestAddresses:
    @given(PRIVATE_V4)
    def test_no_private_address_is_connected_to(self, address: str) -> None:
        assert GUARD.refuses(address, 80, "outlet.example")

    @given(PRIVATE_V4, DISGUISES)
    def test_nor_is_one_in_disguise(self, address: str, disguise: "Callable[[str], str]") -> None:
        assert GUARD.refuses(disguise(address), 80, "outlet.example")

    @given(st.sampled_from(NOT_PUBLIC_V6).flatmap(within), st.sampled_from(["", "%eth0", "%1"]))
    def test_nor_an_ipv6_address_that_is_not_public(self, address: str, scope: str) -> None:
        assert GUARD.refuses(address + scope, 443, "outlet.example")

    @given(st.ip_addresses())
    def test_whatever_python_calls_not_global_is_refused(self, address: IPv4Address | IPv6Address) -> None:
        mapped = isinstance(address, IPv6Address) and (
            address in IPv6Network("64:ff9b::/96") or address.ipv4_mapped or address.sixtofour
        )
        if not address.is_global and not mapped:
            assert GUARD.refuses(str(address), 80, "outlet.example")

    @pytest.mark.parametrize(
        "address",
        [
            "1.1.1.1",
            "93.184.216.34",
            "2606:4700::6810:84e5",
            "64:ff9b::1.1.1.1",
            "::ffff:1.1.1.1",
            "2002:0101:0101::1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.255.255",
            "100.128.0.0",
        ],
    )
    def test_public_ones_are_not(self, address: str) -> None:
        assert GUARD.refuses(address, 80, "outlet.example") == ""

    def test_what_is_no_address_is_refused(self) -> None:
        assert GUARD.refuses("/run/secret.sock", 80, "outlet.example")

    def test_the_port_that_is_really_connected_to_counts(self) -> None:
        assert GUARD.refuses("1.1.1.1", 25, "outlet.example") == "Port 25 is none of the web's."

    def test_the_sentence_names_address_and_kind(self) -> None:
        assert (
            GUARD.refuses("::ffff:10.1.1.1", 80, "x") == "::ffff:10.1.1.1 is not public: private (RFC 1918)."
        )


class TestExceptions:
    GUARD = Guard(allowed.read(["127.0.0.0/8", "fd12::/16", "Intranet.Example."]))

    @given(within("127.0.0.0/8"))
    def test_an_allowed_network_may_be_reached(self, address: str) -> None:
        assert self.GUARD.refuses(address, 8080, "x") == ""
        assert self.GUARD.refuses(f"::ffff:{address}", 8080, "x") == ""

    @given(PRIVATE_V4)
    def test_others_still_may_not(self, address: str) -> None:
        assert bool(self.GUARD.refuses(address, 80, "x")) == (not address.startswith("127."))

    def test_an_allowed_host_may_have_any_address(self) -> None:
        assert self.GUARD.refuses("10.1.2.3", 80, "intranet.example") == ""
        assert self.GUARD.refuses("10.1.2.3", 80, "www.intranet.example")
        assert self.GUARD.refuses("10.1.2.3", 80, "example")

    def test_ports_are_not_excepted(self) -> None:
        assert self.GUARD.refuses("127.0.0.1", 25, "intranet.example")


class TestAllowed:
    def test_networks_addresses_and_hosts_are_told_apart(self) -> None:
        read = allowed.read(
            [
                "10.0.0.0/8",
                "192.168.1.7",
                "[::1]",
                "fd00::/8",
                "localhost",
                "a.b-c.example",
                "xn--bcher-kva.example",
            ]
        )
        assert [str(network) for network in read.networks] == [
            "10.0.0.0/8",
            "192.168.1.7/32",
            "::1/128",
            "fd00::/8",
        ]
        assert read.hosts == {"localhost", "a.b-c.example", "xn--bcher-kva.example"}

    @pytest.mark.parametrize(
        "entry",
        [
            "",
            "10.0.0.0/33",
            "127.1",
            "0x7f000001",
            "http://intranet.example/",
            "a..b",
            "*.example",
            "host:80",
            "bücher.example",
            "1.2.3",
            "::/129",
        ],
    )
    def test_everything_else_is_refused_in_a_sentence(self, entry: str) -> None:
        with pytest.raises(
            ValueError, match=r"is neither a network like 127\.0\.0\.0/8 nor a host name like"
        ):
            allowed.read([entry])

    def test_a_network_with_host_bits_is_set_right(self) -> None:
        with pytest.raises(ValueError, match=r"write 10\.0\.0\.0/8$"):
            allowed.read(["10.1.2.3/8"])

    @given(st.text())
    def test_any_text_is_read_or_refused(self, entry: str) -> None:
        try:
            read = allowed.read([entry])
        except ValueError as refusal:
            said = str(refusal)
        else:
            said = "".join(map(str, [*read.networks, *read.hosts]))
        assert said.isprintable()


class TestPlaces:
    @pytest.mark.parametrize(
        ("url", "host", "port"),
        [
            ("http://outlet.example/a?b#c", "outlet.example", 80),
            ("https://outlet.example", "outlet.example", 443),
            ("https://outlet.example:8443/a", "outlet.example", 8443),
            ("http://outlet.example./", "outlet.example", 80),
            ("http://127.0.71.1:40000/", "127.0.71.1", 40000),
            ("http://a_b.example/", "a_b.example", 80),
            ("https://xn--bcher-kva.example/a%20b", "xn--bcher-kva.example", 443),
        ],
    )
    def test_plain_urls_are_asked_for_as_they_are(self, url: str, host: str, port: int) -> None:
        assert destination(url) == Destination(url, host, port)

    @pytest.mark.parametrize(
        ("url", "asked"),
        [
            ("HTTP://Outlet.Example:80/a b", "http://outlet.example/a%20b"),
            ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://127.1/", "http://127.0.0.1/"),
            ("http://[::ffff:7f00:1]/", "http://[::ffff:7f00:1]/"),
            ("http:\\\\outlet.example\\a", "http://outlet.example/a"),
            ("http://outlet.example\\@evil.example/", "http://outlet.example/@evil.example/"),
        ],
    )
    def test_others_as_the_standard_writes_them(self, url: str, asked: str) -> None:
        found = destination(url)
        assert isinstance(found, Destination)
        assert found.url == asked

    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("file:///etc/passwd", "Only http and https are asked for, not file."),
            ("javascript:alert(1)", "Only http and https are asked for, not javascript."),
            ("ftp://outlet.example/", "Only http and https are asked for, not ftp."),
            ("https://me:secret@outlet.example/", "The address carries a user name or password."),
            ("https://me@outlet.example/", "The address carries a user name or password."),
            ("http://outlet.example:25/", "Port 25 is none of the web's."),
            ("http://outlet.example:0/", "Port 0 is none of the web's."),
            ("http://outlet.example:65536/", "Port 65536 is none of the web's."),
            ("http://", "The address is no usable URL."),
            ("http://out let.example/", "The address is no usable URL."),
            ("/relative", "The address is no usable URL."),
            ("", "The address is no usable URL."),
            ("http://outlet.example/" + "a" * 9000, "The address is longer than 8192 characters."),
        ],
    )
    def test_why_not(self, url: str, why: str) -> None:
        assert destination(url) == why

    @given(st.text() | st.from_regex(r"https?://[^/]*/.*"))
    def test_whatever_is_given_no_place_has_credentials_or_a_bad_port(self, url: str) -> None:
        found = destination(url)
        if isinstance(found, str):
            assert found.endswith(".")
            return
        assert found.url.isascii()
        assert found.url.startswith(("http://", "https://"))
        assert found.port not in BAD_PORTS
        assert "@" not in found.url.split("/")[2]
        if found.host.rpartition(".")[2].isdecimal():
            assert str(ip_address(found.host)) == found.host

    def test_fetchs_list_of_ports_is_whole(self) -> None:
        """https://fetch.spec.whatwg.org/#port-blocking has 82, and 0."""
        assert {0, 1, 22, 25, 6000, 6697, 10080} <= BAD_PORTS
        assert BAD_PORTS.isdisjoint({80, 443, 8000, 8080, 8443})
