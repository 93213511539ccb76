"""The cookies of one visit: what a host asked to be told again, told to that very host and nobody else. Pure.

Knows RFC 6265 (5.2, 5.4), and honours less of it than browsers do: no Domain, no Path, no lifetime but the visit's;
must not know what is visited, or why.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

MOST, LONGEST = 20, 4096  # cookies of one visit, bytes of one (RFC 6265, 6.1, asks for more of the first)

# A token, and what may stand in a field of ours: cookie-octets, and the quotes, commas and blanks that are out there.
_PAIR = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*([!-:<-~](?:[ -:<-~]*[!-:<-~])?)?[ \t]*(?:;|$)"
)
_OVER = re.compile(r";[ \t]*max-age[ \t]*=[ \t]*(?:0|-[0-9]+)[ \t]*(?:;|$)", re.IGNORECASE)


class Cookies:
    """What was set so far. `names` tells whether there is more of it than before."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool]] = {}

    @property
    def names(self) -> frozenset[tuple[str, str]]:
        """The hosts and names of what is kept."""
        return frozenset(self._kept)

    def keep(self, url: str, headers: Iterable[tuple[str, str]]) -> None:
        """Takes the Set-Cookie fields of an answer that came from `url`."""
        for name, value in headers:
            if name != "set-cookie" or len(value) > 2 * LONGEST:
                continue
            pair = _PAIR.match(value)
            if pair is None or len(pair[1]) + len(pair[2] or "") > LONGEST:
                continue
            host, secure = _host(url)
            if _OVER.search(value, pair.end() - 1):
                self._kept.pop((host, pair[1]), None)
            elif len(self._kept) < MOST or (host, pair[1]) in self._kept:
                self._kept[host, pair[1]] = pair[2] or "", secure

    def told(self, url: str) -> str:
        """The Cookie field for a request; empty where that host set none, or set them over a safer scheme."""
        if not self._kept:
            return ""
        here, secure = _host(url)
        return "; ".join(
            f"{name}={value}"
            for (host, name), (value, safe) in self._kept.items()
            if host == here and (secure or not safe)
        )


def _host(url: str) -> tuple[str, bool]:
    """The host with its port, unless that is the scheme's own, and whether the scheme is the safe one."""
    parts = urlsplit(url)
    return parts.netloc.lower(), parts.scheme == "https"
