"""What may be asked for, and what may be connected to: the rules of the one door to the outside. Pure.

Knows URLs (WHATWG) and the registries of special addresses (IANA, RFC 6890); must not know sockets or libcurl.

A URL is judged before anything is looked up, an address after its name was resolved and before it is connected
to. So it does not matter how an address is disguised: as a hexadecimal number, behind a redirect, by a name that
resolves to another address each time it is asked.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

from syndicator import urls
from syndicator.allowed import NOTHING, Allowed

# https://fetch.spec.whatwg.org/#port-blocking, and 0: ports of other protocols, which could be talked to by HTTP.
_PORTS = """
    0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119
    123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989
    990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080
"""
BAD_PORTS = frozenset(map(int, _PORTS.split()))

# IANA's special-purpose registry for IPv4: what is not globally reachable, and multicast.
_IPV4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "unspecified (RFC 791)"),
        ("10.0.0.0/8", "private (RFC 1918)"),
        ("100.64.0.0/10", "shared by a carrier's customers (RFC 6598)"),
        ("127.0.0.0/8", "this machine (RFC 1122)"),
        ("169.254.0.0/16", "link-local (RFC 3927)"),
        ("172.16.0.0/12", "private (RFC 1918)"),
        ("192.0.0.0/24", "reserved for protocols (RFC 6890)"),
        ("192.0.2.0/24", "for documentation (RFC 5737)"),
        ("192.88.99.0/24", "reserved, once 6to4 relays (RFC 7526)"),
        ("192.168.0.0/16", "private (RFC 1918)"),
        ("198.18.0.0/15", "for benchmarks (RFC 2544)"),
        ("198.51.100.0/24", "for documentation (RFC 5737)"),
        ("203.0.113.0/24", "for documentation (RFC 5737)"),
        ("224.0.0.0/4", "multicast (RFC 5771)"),
        ("240.0.0.0/4", "reserved (RFC 1112)"),
    )
)
_GLOBAL_IPV6 = IPv6Network("2000::/3")  # All that is given out for the Internet (RFC 4291, section 2.4).
_IPV6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("2001::/32", "a Teredo tunnel (RFC 4380)"),
        ("2001::/23", "reserved for protocols (RFC 2928)"),
        ("2001:db8::/32", "for documentation (RFC 3849)"),
        ("3fff::/20", "for documentation (RFC 9637)"),
        # The rest lies outside of 2000::/3 and is named for the sentence only.
        ("::1/128", "this machine (RFC 4291)"),
        ("::/128", "unspecified (RFC 4291)"),
        ("::/96", "a disguised IPv4 address (RFC 4291, 2.5.5.1)"),
        ("64:ff9b:1::/48", "a local translation to IPv4 (RFC 8215)"),
        ("fc00::/7", "private (RFC 4193)"),
        ("fe80::/10", "link-local (RFC 4291)"),
        ("ff00::/8", "multicast (RFC 4291)"),
    )
)
# Where an IPv4 address is meant: how many bits follow it. It is judged instead.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291, 2.5.5.2)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052): the way to IPv4 in networks without it
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)

# URLs with a host name or a plain IPv4 address, of characters that every parser reads alike (RFC 3986). All others
# are rewritten by ada first.
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_PLAIN = re.compile(
    rf"(https?)://((?:[a-z0-9_-]+\.)*[a-z_][a-z0-9_-]*\.?|(?:{_OCTET}\.){{3}}{_OCTET})(?::([0-9]{{1,5}}))?"
    r"(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
)
# As ada writes them: credentials are the only thing left that can stand between the slashes and the host.
_WRITTEN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[^/?#@:\[\]]+)(?::([0-9]{1,5}))?(?:[/?#].*)?", re.DOTALL)
_DEFAULT_PORT = {"http": 80, "https": 443}


class Destination(NamedTuple):
    """Where a URL leads: `url` as it is to be asked for, the host's name (lower case,
    without a dot at the end) and port."""

    url: str
    host: str
    port: int


def destination(url: str) -> Destination | str:
    """Where a URL leads, or the sentence that says why it may not be asked for."""
    if len(url) > urls.MAX_LENGTH:
        return f"The address is longer than {urls.MAX_LENGTH} characters."
    found = _PLAIN.fullmatch(url)
    if found is None:
        written = urls.href(url)
        if written is None or len(written) > urls.MAX_LENGTH:
            return "The address is no usable URL."
        found = _WRITTEN.fullmatch(written)
        if found is None:
            return _complaint(written)
        url = written
    scheme, host, digits = found.group(1, 2, 3)
    port = int(digits) if digits else _DEFAULT_PORT[scheme]
    if port in BAD_PORTS or port > 65535:
        return f"Port {port} is none of the web's."
    return Destination(url, host.removesuffix("."), port)


def _complaint(written: str) -> str:
    scheme = written.partition(":")[0]
    if scheme in _DEFAULT_PORT:
        return "The address carries a user name or password."
    return f"Only http and https are asked for, not {scheme[:40]}."


class Guard:
    """Judges addresses, with the exceptions of one site. Verdicts are remembered: hosts are visited more than once."""

    def __init__(self, allowed: Allowed = NOTHING) -> None:
        self._hosts = allowed.hosts
        self._networks = allowed
        self._verdict = lru_cache(maxsize=16384)(self._judge)

    def refuses(self, address: str, port: int, host: str) -> str:
        """Why the address may not be connected to on behalf of a host; nothing when it may."""
        if port in BAD_PORTS:
            return f"Port {port} is none of the web's."
        complaint = self._verdict(address)
        return "" if complaint and host in self._hosts else complaint

    def _judge(self, text: str) -> str:
        try:
            address = ip_address(text.partition("%")[0])
        except ValueError:
            return f"{text[:60]!a} is no Internet address."
        meant = _meant(address)
        if self._networks.has(meant) or self._networks.has(address):
            return ""
        kind = _kind(meant)
        return f"{text} is not public: {kind}." if kind else ""


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address):
        for network, below in _CARRIERS:
            if address in network:
                return IPv4Address(int(address) >> below & 0xFFFFFFFF)
    return address


def _kind(address: IPv4Address | IPv6Address) -> str:
    """What an address is set aside for; nothing for a public one."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _IPV4 if address in network), "")
    return next(
        (kind for network, kind in _IPV6 if address in network),
        "" if address in _GLOBAL_IPV6 else "not given out for the Internet (RFC 4291)",
    )
