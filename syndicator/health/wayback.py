"""What a Wayback-compatible archive is asked, and what its answers say: addresses and captures. Pure.

Knows the documented formats – the CDX server (github.com/internetarchive/wayback, wayback-cdx-server), TimeMaps
(RFC 7089, section 5), the availability API (archive.org/help/wayback_api.php), Save Page Now – and the shape of
replay addresses; must not know the network, nor which capture shows the piece.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from syndicator import urls
from syndicator.model.links import as_published
from syndicator.net import links
from syndicator.net.retry_after import http_date

FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest", "length")
MOST_ROWS = 500

_TIMESTAMP = re.compile(r"[0-9]{14}")
# `…/web/20240616040000/https://…`; two letters and an underscore after the digits ask for another form of it.
_REPLAY = re.compile(
    r"(?P<before>.*?/)(?P<at>[0-9]{14})(?P<form>[a-z]{2}_)?/(?P<original>https?:/.*)", re.DOTALL
)


class Unreadable(ValueError):
    """An answer that is not in the documented format."""


class Capture(NamedTuple):
    """A copy that an archive says it has. `ways` are the addresses at which to look at it, the best first: the page as
    it was captured, without what the archive adds to it for readers, and then as readers see it.
    """

    url: str
    at: datetime
    ways: tuple[str, ...]


class Query(NamedTuple):
    """An address to ask, with its parameters."""

    url: str
    parameters: Mapping[str, str]


def _page(url: str) -> str:
    """The address of the page: what stands after `#` is for browsers, archives know nothing of it."""
    return url.partition("#")[0]


def index_query(endpoint: str, url: str, _near: datetime) -> Query:
    """Asks the CDX server for the earliest captures that were answered with 200; of equal ones in a row the first."""
    parameters = {
        "url": _page(url),
        "output": "json",
        "fl": ",".join(FIELDS),
        "filter": "statuscode:200",
        "collapse": "digest",
        "limit": str(MOST_ROWS),
    }
    return Query(_at(endpoint, "cdx/search/cdx"), parameters)


def time_map_query(endpoint: str, url: str, _near: datetime) -> Query:
    """Asks for the TimeMap in link format."""
    return Query(_at(endpoint, f"web/timemap/link/{_page(url)}"), {})


def availability_query(endpoint: str, url: str, near: datetime) -> Query:
    """Asks for the one capture that is closest to an instant."""
    return Query(_at(endpoint, "wayback/available"), {"url": _page(url), "timestamp": _written(near)})


def save_query(endpoint: str, url: str) -> Query:
    """Asks for a capture to be made now."""
    return Query(_at(endpoint, f"save/{_page(url)}"), {})


def _at(endpoint: str, path: str) -> str:
    return f"{endpoint.rstrip('/')}/{path}"


def read_index(endpoint: str, body: bytes, _now: datetime) -> list[Capture]:
    """The captures in an answer of the CDX server (`output=json`: rows, the first of which names the columns).

    Raises Unreadable.
    """
    if not body.strip():  # As some servers say that there are none.
        return []
    rows = _json(body)
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Unreadable("the index is no list of rows")
    if not rows:
        return []
    names, *rows = rows
    if not all(isinstance(name, str) for name in names) or not {"timestamp", "original"} <= set(names):
        raise Unreadable("the index does not name its columns")
    captures = []
    for row in rows:
        if len(row) != len(names):  # The resumption key, after a row without cells.
            break
        told = dict(zip(names, row, strict=True))
        if str(told.get("statuscode", "200")) == "200":
            captures.append(capture(endpoint, _at(endpoint, f"web/{told['timestamp']}/{told['original']}")))
    return [found for found in captures if found is not None]


def read_time_map(endpoint: str, body: bytes, now: datetime) -> list[Capture]:
    """The mementos of a TimeMap in link format. Raises Unreadable where there is not a link in it."""
    found = links.read(body.decode("utf-8", "replace"))
    if not found:
        raise Unreadable("the TimeMap holds no links")
    captures = []
    for link in found:
        if "memento" in link.relations:
            at = http_date(link.parameters.get("datetime", ""), now)
            captures.append(capture(endpoint, link.target, at))
    return [found for found in captures if found is not None]


def read_availability(endpoint: str, body: bytes, _now: datetime) -> list[Capture]:
    """The closest capture, if there is one that was answered with 200. Raises Unreadable."""
    answer = _json(body)
    snapshots = answer.get("archived_snapshots") if isinstance(answer, dict) else None
    if not isinstance(snapshots, dict):
        raise Unreadable("the answer does not speak of snapshots")
    closest = snapshots.get("closest")
    if not isinstance(closest, dict) or closest.get("available") is not True:
        return []
    if str(closest.get("status", "200")) != "200":
        return []
    found = capture(endpoint, str(closest.get("url", "")), instant(str(closest.get("timestamp", ""))))
    return [found] if found else []


def read_saved(endpoint: str, url: str, headers: Mapping[str, str], now: datetime) -> Capture | None:
    """The capture that Save Page Now has made: it sends on to it, or names it in a header. None: it does not say.

    Some captured pages have a Content-Location of their own, and it is passed through: only a replay address counts.
    """
    named = [headers.get("content-location", ""), headers.get("location", "")]
    named += [
        link.target for link in links.read(headers.get("link", "")) if {"memento"} & set(link.relations)
    ][-1:]
    for address in (*named, url):
        whole = urls.joined(f"{endpoint.rstrip('/')}/", address) if address else None
        if whole and _REPLAY.fullmatch(whole) and (made := capture(endpoint, whole)):
            return made
    at = http_date(headers.get("memento-datetime", ""), now)
    return None if at is None else capture(endpoint, url, at)


def original_of(replay: str) -> str:
    """The address of the page that a replay address shows; empty where it is none."""
    found = _REPLAY.fullmatch(replay)
    return _mended(found["original"]) if found else ""


def captured_at(replay: str, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When what was answered there was captured (RFC 7089, 2.1.1): archives send on to the capture that they have."""
    found = _REPLAY.fullmatch(replay)
    return http_date(headers.get("memento-datetime", ""), now) or (instant(found["at"]) if found else None)


def instant(timestamp: str) -> datetime | None:
    """The instant that 14 digits stand for, in UTC."""
    if not _TIMESTAMP.fullmatch(timestamp):
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S").rjust(14, "0")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("the answer is no JSON") from None


def capture(endpoint: str, address: str, at: datetime | None = None) -> Capture | None:
    """A capture at the address that an archive gave; None where it is no address, or its instant is not known."""
    own = urlsplit(endpoint)
    scheme, _, rest = address.partition("://")
    # The availability API still says http of a host that has long been https.
    if (
        own.scheme == "https"
        and scheme == "http"
        and rest.startswith((f"{own.netloc}/", f"{own.netloc}:80/"))
    ):
        address = f"https://{own.netloc}/{rest.partition('/')[2]}"
    url = urls.href(address)
    if url is None or not url.startswith(("http://", "https://")) or len(url) > urls.MAX_LENGTH:
        return None
    found = _REPLAY.fullmatch(url)
    at = at or (instant(found["at"]) if found else None)
    if at is None:
        return None
    if found is None:
        return Capture(url, at, (url,))
    before, timestamp, original = found["before"], found["at"], found["original"]
    plain = f"{before}{timestamp}/{original}"
    ways: tuple[str, ...] = (f"{before}{timestamp}id_/{original}", plain)
    if urlsplit(url).netloc != own.netloc:  # Its public name; we speak to the one that we were told of.
        ways = (_at(endpoint, f"web/{timestamp}id_/{original}"), *ways)
    return Capture(plain, at, ways)


def _mended(original: str) -> str:
    """The address within a replay address; on the way two slashes may have become one."""
    return re.sub(r"^(https?):/+", r"\1://", original)


class Source(NamedTuple):
    """Where an archive tells of its captures: what to ask, given what they are to be near to, and how to read it."""

    query: Callable[[str, str, datetime], Query]
    read: Callable[[str, bytes, datetime], list[Capture]]


INDEX = Source(index_query, read_index)
TIME_MAP = Source(time_map_query, read_time_map)
AVAILABILITY = Source(availability_query, read_availability)


def nearest(captures: Iterable[Capture], published_at: datetime) -> list[Capture]:
    """The captures in the order in which they are likely to show the piece as it was published.

    (See `model.links.as_published`.)
    """
    unique = {(one.at, one.url): one for one in captures}
    return sorted(
        unique.values(),
        key=lambda one: (*as_published(one.at, published_at), one.url),
    )
