"""One link's check, as a conversation: what to ask next, until it is known what can be known.

Knows what is worth asking; must not know the network (it yields requests and is sent exchanges), what an answer means
(that is `classify`), or states. The turns:

1. A host with a quirk is asked what it answers instead of its page; if that says nothing, the page itself.
2. The link, conditionally where validators are known; redirects one by one, also those that a small page makes itself.
   Reading ends early where a long page has shown the piece's title.
3. Where the page could be either, a path of the same host that cannot exist, unless its answer is remembered.
4. Where no address is known for the host, the registrable domain: if that is unknown, too, the end is lasting.

For nearly all links that is one request.
"""

from collections.abc import Generator, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Protocol
from urllib.parse import urlsplit

from syndicator.health import fingerprint, quirks, soft_404
from syndicator.health.classify import MOST_HOPS, REDIRECTS, Doubt, classify, is_ours, settle
from syndicator.health.quirks import Asked, Quirk
from syndicator.health.soft_404 import Nonsense
from syndicator.model.health import Finding, Outcome, Target
from syndicator.net.cookies import Cookies
from syndicator.net.exchange import Exchange, Fault, Request
from syndicator.webpages import page, redirects, titles, walls

MEMORY = timedelta(days=30)  # for which what a host answers to nonsense is believed
# Breaking off costs a connection; so a page is read to its end, unless the rest is long.
WORTH_STOPPING = fingerprint.REACH
MOST_READ = page.WHOLE

Questions = Generator[Request, Exchange, Finding]


class Memory(Protocol):
    """What is remembered of hosts, between links and runs: by a host, or a host with a path where queries matter."""

    def recall(self, host: str) -> Nonsense | None:
        """What that host answered to nonsense."""

    def remember(self, host: str, nonsense: Nonsense) -> None:
        """Keeps what it answered, instead of what it did before."""


def probe(target: Target, memory: Memory, known: tuple[Quirk, ...] = quirks.QUIRKS) -> Questions:
    """The check of one link: yields requests, is sent what came back, returns the finding."""
    if asked := quirks.asked_instead(target.url, known):
        found = yield from _asked(target, asked)
        if found is not None:
            return found
    hops = yield from _followed(_first(target), target)
    seen = _closed(target, hops) or classify(target, hops)
    if isinstance(seen, Doubt):
        nonsense, took = yield from _of_nonsense(target.url, memory, hops[-1].at)
        seen = settle(seen, nonsense)
        seen = seen._replace(elapsed_ms=seen.elapsed_ms + took)
    if seen.outcome is Outcome.DNS and not seen.transient:
        return (yield from _of_the_domain(seen))
    return seen


def _first(target: Target) -> Request:
    """The request for the link. An entity tag alone is sent where there is one: it compares exactly."""
    url = target.url.partition("#")[0] if "#" in target.url else target.url
    known = (target.title, *target.titles) if target.title else target.titles
    modified = "" if target.etag else target.last_modified
    return Request(url, target.etag, modified, enough=partial(_enough, known), apart=True)


def _enough(known: tuple[str, ...], body: bytes) -> bool:
    """Whether the rest of a long body would say no more: the piece's title was seen, it is a file, or it never ends."""
    if len(body) < WORTH_STOPPING:
        return False
    if len(body) >= MOST_READ or not page.is_html("", body):
        return True
    return titles.same(page.title(body), known)


def _followed(request: Request, target: Target) -> Generator[Request, Exchange, Sequence[Exchange]]:
    """The exchanges of a link and its redirects, until one does not redirect, or should not be followed.

    An address is asked for twice only where a cookie was set since that it did not have before.
    """
    exchange = yield request
    if exchange.status == 304 and (request.etag or request.last_modified) and not is_ours(exchange, target):
        again = yield Request(request.url, enough=request.enough)
        exchange = exchange if again.status == 304 else again
    hops = [exchange]
    if not (to := _next(exchange, target)):
        return hops
    cookies = Cookies()
    seen = {(request.url, cookies.names)}
    while to and len(hops) <= MOST_HOPS:
        cookies.keep(exchange.url, exchange.headers)
        if (to, cookies.names) in seen:
            break
        seen.add((to, cookies.names))
        exchange = yield Request(to, enough=request.enough, cookies=cookies.told(to))
        hops.append(exchange)
        to = _next(exchange, target)
    return hops


def _next(exchange: Exchange, target: Target) -> str | None:
    """Where an answer sends us on; None where it does not, or where nobody can go."""
    if exchange.fault is not None:
        return None
    if exchange.status in REDIRECTS:
        location = exchange.header("location")
    elif 200 <= exchange.status < 300:
        location = _of_its_own(exchange, target)
    else:
        return None
    to = redirects.onward(exchange.url, location) if location else None
    return to if to is not None and to.startswith(("http://", "https://")) else None


def _of_its_own(exchange: Exchange, target: Target) -> str:
    """Where a small page sends its visitor that says nothing of the piece itself."""
    body = exchange.body
    header = exchange.header("refresh")
    if not header and not page.may_refresh(body):
        return ""
    if walls.by_headers(exchange.headers) or titles.same(page.title(body), (*target.titles, target.title)):
        return ""
    return page.refresh(body, header)


def _asked(target: Target, asked: Asked) -> Generator[Request, Exchange, Finding | None]:
    answer = yield Request(asked.url, accept="application/json,*/*;q=0.8")
    outcome = asked.outcome(answer)
    if outcome is None:
        return None
    name = asked.quirk.name
    if outcome is Outcome.OK:
        return Finding(Outcome.OK, f"The page is there, says {name} where it can be asked.", answer.status,
            target.url, answer.elapsed_ms, title=quirks.title(answer))  # fmt: skip
    reason = f"The page may look well, but where {name} can be asked it says that nothing is there ({answer.status})."
    return Finding(
        outcome, reason, answer.status, target.url, answer.elapsed_ms, evidence=(f"{name}-says-so=100",)
    )


def _closed(target: Target, hops: Sequence[Exchange]) -> Finding | None:
    """The finding of a host that shows its pages to members only, where what it answered is not the piece."""
    last = hops[-1]
    if last.fault is not None or not (200 <= last.status < 300 or last.status == 400):
        return None
    row = quirks.closed(last.url) or quirks.closed(target.url)
    if row is None or titles.likeness(page.title(last.body), target.titles) >= titles.SAME:
        return None
    reason = f"{row.name.capitalize()} {row.why}; we could not see the page."
    return Finding(
        Outcome.BLOCKED, reason, last.status, redirects.shown(last.url), sum(hop.elapsed_ms for hop in hops)
    )


def _of_nonsense(
    url: str, memory: Memory, now: datetime
) -> Generator[Request, Exchange, tuple[Nonsense | None, int]]:
    """What the link's host answers to an address that cannot exist, and how long it took; None: it did not say."""
    sibling, place = nonsense_beside(url)
    remembered = memory.recall(place)
    if remembered is not None and now - remembered.at < MEMORY:
        return remembered, 0
    hops = yield from _followed(Request(sibling, apart=True), Target(sibling))
    last = hops[-1]
    took = sum(hop.elapsed_ms for hop in hops)
    if last.fault is not None or not (200 <= last.status < 300 or last.status in (404, 410)):
        return None, took
    nonsense = _read(last, url, sibling)
    if walls.by_headers(last.headers) or walls.by_title(nonsense.title):
        return None, took
    memory.remember(place, nonsense)
    return nonsense, took


def _read(last: Exchange, url: str, sibling: str) -> Nonsense:
    content_type = last.header("content-type").lower()
    html = page.is_html(content_type, last.body)
    read = page.read(last.body, content_type) if html and last.status < 300 else page.Page()
    there, here = urlsplit(last.url), urlsplit(url)
    path = (there.path or "/") + (f"?{there.query}" if there.query else "")
    ended = path if there.netloc == here.netloc else last.url
    return Nonsense(
        last.status, fingerprint.taken(last.body), soft_404.headline(read, sibling), ended, last.at
    )


def nonsense_beside(url: str) -> tuple[str, str]:
    """An address beside `url` that cannot exist, and the place it speaks for.

    It has the shape of the link: the same folder and extension; or, where a parameter names the piece, the same path
    with another value. It is the same each time, so that a host is not asked for ever new ones.
    """
    parts = urlsplit(url)
    word = _word(url)
    at = redirects.place(url)
    if at.names & redirects.CONTENT:
        pairs = [pair.partition("=") for pair in parts.query.split("&")]
        query = "&".join(
            f"{name}={_like(value, word)}" if name.lower() in redirects.CONTENT else f"{name}={value}"
            for name, _, value in pairs
        )
        return f"{parts.scheme}://{parts.netloc}{parts.path}?{query}", f"{parts.netloc.lower()}{parts.path}?"
    path = parts.path.rstrip("/")
    folder, _, last = path.rpartition("/")
    dot = last.rfind(".")
    extension = last[dot:] if 0 < dot >= len(last) - 6 else ""
    slash = "/" if parts.path.endswith("/") and path else ""
    return f"{parts.scheme}://{parts.netloc}{folder}/{word}{extension}{slash}", parts.netloc.lower()


def _word(url: str) -> str:
    """Twelve letters that no site has a page for."""
    return blake2b(url.encode("utf-8", "replace"), digest_size=12).hexdigest().translate(_LETTERS)[:14]


_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def _like(value: str, word: str) -> str:
    """A value of the same kind: a number too large, or the word."""
    return "9" * min(max(len(value) + 1, 7), 9) if value.isdigit() else word


def _of_the_domain(found: Finding) -> Questions:
    """The finding of a host without an address: lasting, if its registrable domain has none either.

    Asked by visiting the domain's front page, or where the host is the domain itself, its `www.`, so that the guard and
    the resolver are the same; the answer is not read. One name without an address may be a mistake in a zone, two are a
    domain that is gone – or a resolver that failed us, which the judge's several checks over days sort out.
    """
    host = urlsplit(found.final_url).hostname or ""
    domain = redirects.domain(host)
    if not domain:
        return found
    other = f"www.{domain}" if host.rstrip(".") == domain else domain
    answer = yield Request(f"http://{other}/", enough=_at_once, apart=True)
    elapsed = found.elapsed_ms + answer.elapsed_ms
    if answer.fault is not Fault.DNS or answer.transient:
        return found._replace(elapsed_ms=elapsed)
    reason = f"{found.reason.rstrip('.')}, and none for its domain {domain} either."
    return found._replace(reason=reason, elapsed_ms=elapsed, lasting=True)


def _at_once(_: bytes) -> bool:
    return True
