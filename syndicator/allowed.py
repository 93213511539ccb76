"""What `[network] allow` names: networks and hosts that may be reached although they are private.

Knows how an exception is written; must not know the guard it is made for. Pure, and cheap to import.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

_LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*(?=[a-z]){_LABEL}")  # No name ends like a number (WHATWG URL, 3.5).
_MAX_HOST = 253  # characters (RFC 1035, section 2.3.4)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The exceptions, read: an address in one of the networks, or whatever address one of the hosts has."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    def has(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether one of the networks holds the address."""
        return any(address.version == network.version and address in network for network in self.networks)


NOTHING = Allowed()


def read(entries: Iterable[str]) -> Allowed:
    """Networks like `127.0.0.0/8` or `fd00::/8`, single addresses, and host names like `intranet.example`.

    A host stands for that very name, not for names below it. Raises ValueError with a sentence for the person.
    """
    networks: list[IPv4Network | IPv6Network] = []
    hosts: set[str] = set()
    for entry in entries:
        host = entry.strip().lower().removesuffix(".")
        if len(host) <= _MAX_HOST and _HOST.fullmatch(host):
            hosts.add(host)
        else:
            networks.append(_network(entry.strip()))
    return Allowed(tuple(networks), frozenset(hosts))


def _network(entry: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(entry.removeprefix("[").removesuffix("]"))
    except ValueError as fault:
        hint = f": write {ip_network(entry, strict=False)}" if "host bits" in str(fault) else ""
        shown = ascii(entry[:60])[1:-1]
        raise ValueError(
            f"“{shown}” is neither a network like 127.0.0.0/8 nor a host name like intranet.example{hint}"
        ) from None
