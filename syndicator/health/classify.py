"""What a check saw: from one link's exchanges to a finding, in plain words.

Knows outcomes, and what HTTP's answers mean for a link; must not know the network, states or the clock. Pure. The
precedence is the house's: not_allowed, blocked, soft_404, moved, ok – blocked before all that could look like death,
for what we could not see is no evidence.

Settled here:
- `gone` is what the host says itself: 404 and 410 (lasting). Other refusals (400, 409, 422 …) say nothing of the piece:
  they are `blocked`, as the table in `walls` has it. 408 is a `timeout`; a status that HTTP does not know, `protocol`.
- 5xx is `server_error`, also where only the page says so ("under maintenance", 200).
- A vendor's bot check is `blocked` with any status, also with 404 or 410; words alone make none of those two.
- An empty 200 is a `soft_404`: readers see nothing, and hysteresis sorts out programs that broke for a day.
- `moved` is any chain of nothing but 301 and 308 that ends at the piece under another address, also https for http or a
  slash more; tracking parameters in the new address are not taken over. A temporary redirect that ends well is `ok`,
  and so is a permanent one where neither title, text nor name shows that it is the same piece: without a proposal.
- A circle of redirects in which a cookie is set is `blocked`: browsers come back with it, and get through.
- 304 is an answer to validators only; without them it says nothing.
- A page that says nothing without scripts, the same for nonsense, is a `soft_404` by the letter. It is no false alarm
  where its first visit was just so, or where anything in it names the piece (title, card, data).
- Validators are handed on of pages that were fine and not redirected to: another page's would bring false 304s.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from syndicator import urls
from syndicator.errors import URLRefused
from syndicator.health import barred, fingerprint, notes, sameness, soft_404, trouble
from syndicator.health.soft_404 import Nonsense, Suspect
from syndicator.model.health import Finding, Outcome, Target
from syndicator.net.exchange import Exchange, Fault
from syndicator.webpages import page, phrases, redirects, titles, walls
from syndicator.webpages.redirects import Shape

PERMANENT = frozenset((301, 308))
REDIRECTS = frozenset((300, 301, 302, 303, 307, 308))
MOST_HOPS = 10  # redirects; browsers give up at 20, and nobody who means well needs five
SMALL_NOTE = 2_048  # bytes: an error told in plain text or JSON is short
GLANCE = 4  # paragraphs by which a page is known again

_FAULTS: dict[Fault, tuple[Outcome, str]] = {
    Fault.NOT_ALLOWED: (Outcome.NOT_ALLOWED, "our own guard does not let us go there"),
    Fault.DNS: (Outcome.DNS, "no address is known for its host"),
    Fault.CONNECT: (Outcome.CONNECT, "no connection could be made to its host"),
    Fault.TLS: (Outcome.TLS, "its host could not prove that it is who it says (TLS)"),
    Fault.TIMEOUT: (Outcome.TIMEOUT, "it took too long"),
    Fault.PROTOCOL: (Outcome.PROTOCOL, "what came is not HTTP, or was cut off"),
}


class Doubt(NamedTuple):
    """A page that could be either: whether its host answers the same to nonsense would decide it.

    With `skimmed` only the title is not the piece's, and the page was not parsed for that.
    """

    suspect: Suspect
    hops: Sequence[Exchange]
    skimmed: bool = False


def classify(target: Target, hops: Sequence[Exchange]) -> Finding | Doubt:
    """The finding of a link's exchanges, the last of which ended its redirects; or a doubt, for `settle`."""
    last = hops[-1]
    status = last.status
    if last.fault is None and 200 <= status < 300:
        return _answered(target, hops)
    if last.fault is not None:
        outcome, says = _FAULTS[last.fault]
        if outcome is Outcome.DNS and last.transient:
            says = "the name servers could not say where its host is"
        detail = f" ({last.detail.rstrip('.')})" if last.detail else ""
        seen = _unseen(hops, outcome, f"{_came_to(target, last)}{says}{detail}.")
        return seen._replace(transient=True) if last.transient else seen
    return _refused(target, hops)


def settle(doubt: Doubt, nonsense: Nonsense | None) -> Finding:
    """The finding, now that the host was asked for nonsense; without an answer (None) the page is believed."""
    suspect = replace(doubt.suspect, nonsense=nonsense)
    if doubt.skimmed:
        if nonsense is not None and nonsense.honest:
            evidence = soft_404.weigh(suspect, soft_404.SKIMMED).evidence
            return _seen_alive(suspect, doubt.hops, evidence)
        seen = _read(suspect.target, doubt.hops, nonsense)
        if isinstance(seen, Finding):
            return seen
        suspect = seen.suspect
    verdict = soft_404.weigh(suspect)
    if verdict.dead:
        return _dead(suspect, doubt.hops, verdict)
    return _seen_alive(suspect, doubt.hops, verdict.evidence)


# Statuses that are meant as they stand: their pages may well mention captchas and firewalls, but be none.
_PLAIN = frozenset((404, 408, 410, 429))


def _refused(target: Target, hops: Sequence[Exchange]) -> Finding:
    last = hops[-1]
    status = last.status
    came = _came_to(target, last)
    if status == 304:
        return _unchanged(target, hops)
    if 300 <= status < 400:
        return _lost_on_the_way(target, hops)
    if (wall := _wall(last)) is not None:
        return _unseen(
            hops,
            Outcome.BLOCKED,
            f"{came}it answered with {wall.says} ({status}); we could not see the page.",
        )
    if status == 404:
        return _unseen(hops, Outcome.GONE, f"{came}it is not there (404).")
    if status == 410:
        return _unseen(hops, Outcome.GONE, f"{came}it is gone for good, its host says (410).", lasting=True)
    if status == 429:
        return _unseen(hops, Outcome.RATE_LIMITED, f"{came}its host asks us to come less often (429).")
    if status == 408:
        return _unseen(hops, Outcome.TIMEOUT, f"{came}its host waited too long for our request (408).")
    if says := walls.REFUSALS.get(status):
        return _unseen(hops, Outcome.BLOCKED, f"{came}{says}; we could not see the page.")
    if 400 <= status < 500:
        return _unseen(
            hops,
            Outcome.BLOCKED,
            f"{came}it refuses our request ({status}); we could not see the page.",
        )
    if 500 <= status < 600:
        return _unseen(hops, Outcome.SERVER_ERROR, f"{came}its host has trouble of its own ({status}).")
    return _unseen(
        hops, Outcome.PROTOCOL, f"{came}it answered with a status that HTTP does not know ({status})."
    )


def _wall(last: Exchange) -> walls.Wall | None:
    """The wall that a refusal is."""
    if found := walls.by_headers(last.headers):
        return found
    if last.status in _PLAIN:
        return walls.by_proof(last.body)
    return walls.by_page(last.body, page.title(last.body) if last.status >= 500 else "")


def is_ours(exchange: Exchange, target: Target) -> bool:
    """Whether a 304 is about the page we know. Some servers compare dates with those of an error page."""
    tag, modified = exchange.header("etag"), exchange.header("last-modified")
    if target.etag:
        return not tag or tag.removeprefix("W/") == target.etag.removeprefix("W/")
    return bool(target.last_modified) and (not modified or modified == target.last_modified)


def _unchanged(target: Target, hops: Sequence[Exchange]) -> Finding:
    last = hops[-1]
    if len(hops) > 1 or not is_ours(last, target):
        says = "it says that nothing has changed (304), which is no answer to what we asked"
        return _unseen(hops, Outcome.PROTOCOL, f"{_came_to(target, last)}{says}.")
    etag, modified = last.header("etag") or target.etag, last.header("last-modified") or target.last_modified
    return Finding(Outcome.OK, "The page has not changed since our last visit (304).", 304, last.url, _elapsed(hops),
        title=target.title, fingerprint=target.fingerprint, etag=etag, last_modified=modified)  # fmt: skip


def _lost_on_the_way(target: Target, hops: Sequence[Exchange]) -> Finding:
    """The finding of a chain that ends with a redirect which nobody can or should follow."""
    last = hops[-1]
    location = last.header("location")
    if last.status not in REDIRECTS or not location:
        return _unseen(
            hops,
            Outcome.PROTOCOL,
            f"{_came_to(target, last)}it redirects without saying where to ({last.status}).",
        )
    to = redirects.onward(last.url, location)
    if to is None:
        return _unseen(hops, Outcome.PROTOCOL, "It redirects to something that is no address.")
    if not to.startswith(("http:", "https:")):
        scheme = to.partition(":")[0]
        return _unseen(
            hops,
            Outcome.NOT_ALLOWED,
            f"It redirects to a {scheme}: address, and we visit http and https only.",
        )
    circle = next((hops[at:] for at, hop in enumerate(hops) if hop.url == to), ())
    if any(hop.header("set-cookie") for hop in circle):
        says = "Its redirects lead in a circle: it wants cookies to be kept; we could not see the page."
        return _unseen(hops, Outcome.BLOCKED, says)
    if circle:
        return _unseen(hops, Outcome.TOO_MANY_REDIRECTS, "Its redirects lead in a circle.")
    return _unseen(hops, Outcome.TOO_MANY_REDIRECTS, f"It redirects more than {MOST_HOPS} times.")


def _came_to(target: Target, last: Exchange) -> str:
    """The beginning of a sentence on an answer: where it came from, if not from the link itself."""
    here = target.url.partition("#")[0]
    return "" if last.url == here else f"It redirects to {redirects.shown(last.url)[:200]}, and there "


def _unseen(hops: Sequence[Exchange], outcome: Outcome, reason: str, *, lasting: bool = False) -> Finding:
    last = hops[-1]
    return Finding(
        outcome,
        reason[:1].upper() + reason[1:],
        last.status,
        redirects.shown(last.url),
        _elapsed(hops),
        lasting=lasting,
    )


def _elapsed(hops: Sequence[Exchange]) -> int:
    return hops[0].elapsed_ms if len(hops) == 1 else sum(hop.elapsed_ms for hop in hops)


def _answered(target: Target, hops: Sequence[Exchange]) -> Finding | Doubt:
    last = hops[-1]
    body = last.body
    content_type = last.header("content-type").lower()
    empty = len(body) < SMALL_NOTE and not body.strip()
    if empty and last.status in (204, 205):
        return _alive(target, hops, "", "")
    if not empty and not page.is_html(content_type, body):
        return _other_media(target, hops, content_type)
    title = page.title(body, content_type)
    if title and title == target.title and (unchanged := _as_before(target, last, title)) is not None:
        return _alive(target, hops, title, unchanged)
    prose = fingerprint.paragraphs(body)
    wordy = len(prose) >= fingerprint.ENOUGH_PARAGRAPHS or sum(map(len, prose)) > soft_404.THIN
    if title and wordy and not _may_be_more(last):
        if _is_the_piece(target, hops, title):
            return _alive(target, hops, title, fingerprint.taken(body, prose))
        if len(hops) == 1 and (seen := _skimmed(target, hops, content_type, prose)) is not None:
            return seen
    return _read(target, hops)


def _skimmed(
    target: Target, hops: Sequence[Exchange], content_type: str, prose: list[bytes]
) -> Finding | Doubt | None:
    """What is to be thought of a page of many words under a headline of its own, if nothing speaks against it but that
    the headline is not the piece's; None: read it.
    """
    last = hops[-1]
    if walls.by_headers(last.headers) is not None:
        return None
    skimmed = page.skim(last.body, content_type, prose)
    if not (
        titles.same(skimmed.title, skimmed.headings)
        or _is_prose(last.body, content_type)
        or page.declares_a_work(last.body)
    ):
        return None
    suspect = Suspect(target, last.url, last.body, True, skimmed)
    verdict = soft_404.weigh(suspect, soft_404.SKIMMED)
    if verdict.score > soft_404.DOUBT:
        return None
    if not suspect.known or verdict.score < soft_404.DOUBT:
        return _alive(target, hops, skimmed.title, suspect.print, verdict.evidence)
    return Doubt(suspect, hops, skimmed=True)


def _is_prose(body: bytes, content_type: str) -> bool:
    """Whether the page is nothing but paragraphs, of which the first say nothing of an error."""
    text = page.plain_prose(body, content_type)
    return bool(text) and not phrases.in_text(text[: soft_404.SHORT], 8)


def _as_before(target: Target, last: Exchange, title: str) -> str | None:
    """The fingerprint of a page that calls itself what it did at its first healthy visit; None: look closer.

    A title that is not the piece's own may be on every page of the outlet: then the words must be the same, too.
    """
    if _may_be_more(last) or _heading_says_otherwise(last.body, (title, *target.titles)):
        return None
    if len(last.body) > SMALL_NOTE and (not target.titles or titles.same(title, target.titles)):
        prose = fingerprint.paragraphs(last.body)
        if len(prose) >= fingerprint.ENOUGH_PARAGRAPHS:
            beginning = fingerprint.taken(last.body, prose[:GLANCE])
            if fingerprint.likeness(target.fingerprint, beginning) >= soft_404.HALF:
                return target.fingerprint
    seen = fingerprint.taken(last.body)
    alike = fingerprint.likeness(target.fingerprint, seen) >= soft_404.HALF
    return seen if alike or (not seen and not target.fingerprint) else None


def _may_be_more(last: Exchange) -> bool:
    """Whether a page with the right title may still say that the piece is gone: error templates ask for noindex."""
    return last.body.find(b"noindex", 0, 4096) >= 0


def _is_the_piece(target: Target, hops: Sequence[Exchange], title: str) -> bool:
    """Whether a page that has the piece's title in its own says nothing against it, where a glance sees it."""
    if not titles.same(title, target.titles) or _dubious(title, target.titles) or titles.asks_for(title):
        return False
    last = hops[-1]
    if len(hops) > 1 and redirects.shape(target.url, last.url) in (Shape.SEARCH, Shape.ERROR):
        return False
    return not _heading_says_otherwise(last.body, target.titles)


def _heading_says_otherwise(body: bytes, known: Sequence[str]) -> bool:
    """Whether a page under the piece's title says in its first heading that nothing is there."""
    heading = page.first_heading(body)
    return bool(heading and not titles.same(heading, known) and phrases.in_heading(heading))


def _dubious(title: str, known: Sequence[str]) -> bool:
    """Whether what stands beside the piece's title says that nothing is there."""
    parts = titles.segments(title)
    if len(parts) < 2:
        return False
    own = [titles.folded(one) for one in known]
    return any(
        phrases.in_heading(part) for part in parts if not any(titles.folded(part) in one for one in own)
    )


def _other_media(target: Target, hops: Sequence[Exchange], content_type: str) -> Finding | Doubt:
    """The finding of a file. A note in plain text or JSON may be an error that nobody gave a status."""
    last = hops[-1]
    wall = walls.by_headers(last.headers)
    if wall is not None:
        return _blocked(target, hops, wall)
    if note := notes.error_told(last.body, content_type):
        told = Suspect(target, last.url, last.body, html=False, page=page.Page(text=note))
        return _dead(told, hops, soft_404.weigh(told))
    if redirects.shape(target.url, last.url) in (Shape.HOME, Shape.ERROR):
        return _read(target, hops)
    return _alive(target, hops, "", "")


def _read(target: Target, hops: Sequence[Exchange], nonsense: Nonsense | None = None) -> Finding | Doubt:
    """The finding or doubt on a page that was read as a whole."""
    last = hops[-1]
    content_type = last.header("content-type").lower()
    html = page.is_html(content_type, last.body)
    read = page.read(last.body, content_type, last.header("x-robots-tag")) if html else page.Page()
    suspect = Suspect(target, last.url, last.body, html, read, nonsense)
    verdict = soft_404.weigh(suspect)
    if wall := barred.before(suspect, last):
        return _blocked(target, hops, wall)
    if verdict.against > 0 and (says := trouble.said_by(suspect)):
        return _unseen(
            hops,
            Outcome.SERVER_ERROR,
            f"{_came_to(target, last)}its host speaks of trouble: “{says[:120]}”.",
        )
    if verdict.dead:
        return _dead(suspect, hops, verdict)
    if verdict.doubtful:
        return Doubt(suspect, hops)
    return _seen_alive(suspect, hops, verdict.evidence)


def _blocked(target: Target, hops: Sequence[Exchange], wall: walls.Wall) -> Finding:
    last = hops[-1]
    return _unseen(
        hops,
        Outcome.BLOCKED,
        f"{_came_to(target, last)}it answered with {wall.says}; we could not see the page.",
    )


def _dead(suspect: Suspect, hops: Sequence[Exchange], verdict: soft_404.Verdict) -> Finding:
    last = hops[-1]
    where = f" (it led to {redirects.shown(last.url)[:200]})" if suspect.shape is not Shape.NOWHERE else ""
    return Finding(
        Outcome.SOFT_404,
        f"It answers as if all were well ({last.status}), but {verdict.reason}{where}.",
        last.status,
        redirects.shown(last.url),
        _elapsed(hops),
        title=suspect.page.title,
        fingerprint=suspect.print,
        evidence=verdict.evidence,
    )


def _seen_alive(suspect: Suspect, hops: Sequence[Exchange], evidence: tuple[str, ...]) -> Finding:
    read = suspect.page
    says = (read.og_title, *read.headings[:4]) if suspect.shape not in redirects.LISTS else ()
    return _alive(suspect.target, hops, read.title, suspect.print, evidence, says)


def _alive(
    target: Target,
    hops: Sequence[Exchange],
    title: str,
    seen: str,
    evidence: tuple[str, ...] = (),
    says: Sequence[str] = (),
) -> Finding:
    last = hops[-1]
    where = redirects.shown(last.url)
    if len(hops) == 1:
        return Finding(
            Outcome.OK, "The page is there.", last.status, where, last.elapsed_ms, "", False, title, seen,
            last.header("etag"), last.header("last-modified"), evidence,
        )  # fmt: skip
    moved_to = _proposed(last.url)
    reason = f"The page is there, after a redirect to {where[:200]} that may change again."
    if all(hop.status in PERMANENT for hop in hops[:-1]):
        if not (moved_to and sameness.is_the_same(target, last.url, (title, *says), seen)):
            reason = f"The page is there, after a redirect to {where[:200]}; nothing shows that it is the same piece."
        elif moved_to != target.url.partition("#")[0]:
            reason = (
                f"It moved for good: every redirect to {moved_to[:200]} is permanent, and the page is there."
            )
            return Finding(Outcome.MOVED, reason, last.status, where, _elapsed(hops), moved_to, False, title, seen,
                evidence=evidence)  # fmt: skip
    return Finding(
        Outcome.OK, reason, last.status, where, _elapsed(hops), "", False, title, seen, evidence=evidence
    )


def _proposed(final: str) -> str:
    """The new address as readers should get it: without tracking; empty if they should not get it at all."""
    try:
        return urls.clean(final).url
    except URLRefused:
        return ""
