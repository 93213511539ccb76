"""Whether a capture shows the piece: judged as the page itself would be, by what is known of it. Pure.

Knows the classifier's questions; must not know the network or which captures there are. An archive keeps whatever it
was answered: error pages with status 200, walls against its own robot, front pages that a redirect led to.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum

from syndicator import urls
from syndicator.errors import URLRefused
from syndicator.health.classify import Doubt, classify
from syndicator.model.health import Outcome, Target
from syndicator.net.exchange import Exchange
from syndicator.webpages import page, titles

# What the archive hands on of the headers that it was answered bears this before the name.
_ORIGINAL = "x-archive-orig-"


class Worth(IntEnum):
    """What a capture is worth to a reader of the piece."""

    NONE = 0
    DOUBTFUL = 1  # it may be the piece, if staff gave that a title of their own, or something else
    GOOD = 2


def worth(
    target: Target, original: str, status: int, headers: Mapping[str, str], body: bytes, at: datetime
) -> Worth:
    """What a capture of the target is worth; `original` is the page that it is of, if the archive says so."""
    if not 200 <= status < 300:
        return Worth.NONE
    here = _page(target.url)
    fields = _as_answered(headers)
    hops = [Exchange(here, at, 0, status, fields, body)]
    if original and not _same(original, here):
        redirect = Exchange(here, at, 0, 302, (("location", original),))
        hops = [redirect, Exchange(_page(original), at, 0, status, fields, body)]
    if _sends_on(target, hops[-1]):
        return Worth.NONE
    seen = classify(target, hops)
    if isinstance(seen, Doubt):  # Of a page that we have seen ourselves, title and words are known.
        return Worth.NONE if target.title else Worth.DOUBTFUL
    return Worth.GOOD if seen.outcome in (Outcome.OK, Outcome.MOVED) else Worth.NONE


def _page(url: str) -> str:
    return url.partition("#")[0]


def _as_answered(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The header fields as the outlet sent them, as far as the archive kept them."""
    kept = {
        name.removeprefix(_ORIGINAL): value for name, value in headers.items() if name.startswith(_ORIGINAL)
    }
    if content_type := headers.get("content-type"):
        kept.setdefault("content-type", content_type)
    return tuple(kept.items())


def _same(one: str, other: str) -> bool:
    try:
        return urls.key(one) == urls.key(other)
    except URLRefused:
        return False


def _sends_on(target: Target, exchange: Exchange) -> bool:
    """Whether all that was captured is a small page that sends its visitor elsewhere."""
    header = exchange.header("refresh")
    if not header and not page.may_refresh(exchange.body):
        return False
    if titles.same(page.title(exchange.body), (*target.titles, target.title)):
        return False
    return bool(page.refresh(exchange.body, header))
