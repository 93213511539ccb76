"""Where a redirect leads, judged by its two ends: the piece at another address, or a place where it is not.

Knows paths and how sites name things in them; must not know pages. A shape is a hint, weighed with others.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from syndicator import urls
from syndicator.errors import URLRefused
from syndicator.webpages.titles import folded


class Shape(StrEnum):
    """Where one comes out."""

    NOWHERE = "nowhere"  # no redirect, or another spelling of the same address
    PIECE = "piece"  # an address that names the same piece
    HOME = "home"
    SECTION = "section"
    SEARCH = "search"
    ERROR = "error"
    ELSEWHERE = "elsewhere"


def _named(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Segments that are a site's front door, beside languages and countries.
_DOORS = _named(
    "index home default main start welcome portal homepage startseite inicio accueil www web site"
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?|zh-han[st]|intl|global|int")
CONTENT = _named(  # parameters that name a piece
    "p id page_id post article article_id articleid aid story story_id storyid sid nid node doc docid item"
    " itemid uuid guid v video pid newsid news_id contentid cid tid t"
)
_ASKED = _named("s q query search keyword keywords searchterm search_query suche buscar recherche wd")
_SEARCHES = _named(
    "search searchresults search-results suche suchergebnisse buscar busqueda busca pesquisa recherche rechercher cerca"
    " ricerca zoeken szukaj wyszukiwarka arama hledat sok kereses haku poisk"
)
_ERROR = re.compile(
    r"(?:error|err|http|status|fehler|erreur|errore?|pagina|page|seite)?[-_]?(?:404|410)(?:[-_]?\w{0,20})?(?:\.\w{2,5})?"
    r"|(?:page|pagina|article|content|file|url|resource|object)?[-_]?not[-_]?(?:found|available)(?:[-_]?\w{0,20})?(?:\.\w{2,5})?"
    r"|(?:page)?[-_]?errors?(?:[-_]?(?:page|document|404))?(?:\.\w{2,5})?"
    r"|fehler(?:seite)?(?:\.\w{2,5})?|erreur(?:\.\w{2,5})?|(?:pagina[-_])?no[-_]encontrad[ao]|page[-_]introuvable"
    r"|nicht[-_]gefunden|pagina[-_]nao[-_]encontrada|non[-_]trovat[ao]|(?:content|page|article)[-_](?:removed|unavailable|expired|gone)"
    r"|expired|removed|unavailable|invalid(?:[-_]?(?:url|link|page))?|oops|missing",
    re.IGNORECASE,
)
_ERROR_QUERY = _named("aspxerrorpath notfound not_found 404 error404 pagenotfound e404")
_LISTS = _named(
    "category categories cat tag tags topic topics section sections channel rubrik ressort thema kategorie categoria"
    " categorie rubrique archive archives archiv archivo author authors autor auteur"
)
_SHORTENERS = _named(
    "bit.ly buff.ly cutt.ly dlvr.it fb.me goo.gl is.gd j.mp lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly"
    " tiny.cc tinyurl.com trib.al youtu.be"
)
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm|pdf|amp)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{3,}")
_SHORT_ID = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])(?=.*\d.*\d)[a-z0-9]{4,}")


LISTS = (Shape.HOME, Shape.SECTION, Shape.SEARCH)  # where there may be headlines of many pieces


class Place(NamedTuple):
    """An address, taken apart."""

    host: str
    segments: tuple[str, ...]  # decoded, lower case, without extension
    names: frozenset[str]  # of the parameters
    query: str


def place(url: str) -> Place:
    """The place of an http(s) URL; of what is none, an empty one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return Place("", (), frozenset(), "")
    segments = tuple(unquote(segment).lower() for segment in parts.path.split("/") if segment)
    return Place(host, segments, frozenset(name.lower() for name, _ in pairs), parts.query)


def is_home(url: str) -> bool:
    """Whether a URL is a site's front door, in any language."""
    return _is_door(place(url))


def _is_door(at: Place) -> bool:
    rest = [segment for segment in map(_bare, at.segments) if segment not in _DOORS]
    if len(rest) > 2 or any(not _LANGUAGE.fullmatch(segment) for segment in rest):
        return False
    return not at.names & CONTENT


def _bare(segment: str) -> str:
    return _EXTENSION.sub("", segment)


def shape(source: str, final: str) -> Shape:
    """The shape of a redirect from `source` to `final`."""
    if source == final or _same_key(source, final):
        return Shape.NOWHERE
    here, there = place(source), place(final)
    if _is_error(there) and not _is_error(here):
        return Shape.ERROR
    if _is_search(there) and not _is_search(here):
        return Shape.SEARCH
    if _is_door(there):
        return Shape.NOWHERE if _is_door(here) else Shape.HOME
    if _is_section(here, there):
        return Shape.SECTION
    return Shape.PIECE if _names_same(here, there) else Shape.ELSEWHERE


def _same_key(source: str, final: str) -> bool:
    try:
        return urls.key(source) == urls.key(final)
    except URLRefused:
        return False


def _is_error(at: Place) -> bool:
    return any(_ERROR.fullmatch(segment) for segment in at.segments[-2:]) or bool(at.names & _ERROR_QUERY)


def _is_search(at: Place) -> bool:
    if any(_bare(segment) in _SEARCHES for segment in at.segments[:3]):
        return True
    return bool(at.names & _ASKED) and (not at.segments or _is_door(at))


def _is_section(here: Place, there: Place) -> bool:
    """Whether one comes out further up: at a list of the pieces, or of other pieces."""
    if _names_a_piece(there):
        return False
    ours, theirs = _sites_own(here.segments), _sites_own(there.segments)
    if len(theirs) < len(ours) and ours[: len(theirs)] == theirs:
        return not here.names & CONTENT or not there.names & CONTENT
    listed = len(theirs) > 1 and theirs[-2] in _LISTS
    return (
        (_names_a_piece(here) or len(ours) > len(theirs))
        and (listed or len(theirs) <= 2)
        and len(ours) >= len(theirs)
    )


def _sites_own(segments: tuple[str, ...]) -> tuple[str, ...]:
    """The segments without languages at the front and doors at the end."""
    rest = list(map(_bare, segments))
    if rest and _LANGUAGE.fullmatch(rest[0]):
        del rest[0]
    while rest and rest[-1] in _DOORS:
        rest.pop()
    return tuple(rest)


def _names_a_piece(at: Place) -> bool:
    """Whether the address itself tells one piece from others: by a slug or a number."""
    if at.names & CONTENT:
        return True
    if not at.segments:
        return False
    last = _bare(at.segments[-1])
    if re.fullmatch(r"(?:19|20)\d\d|[01]?\d", last):  # a year or month
        return False
    if len(at.segments) > 1 and at.segments[-2] in _LISTS:
        return False
    return (
        len(_words(last)) >= 3 or len(last) >= 25 or bool(_NUMBER.search(last) or _SHORT_ID.fullmatch(last))
    )


def is_another_piece(source: str, final: str) -> bool:
    """Whether both addresses name a piece with words, each another, and at another place.

    In the same folder it may be the same piece, renamed with its headline. The short names that link shorteners give
    say nothing of the piece.
    """
    here, there = place(source), place(final)
    if here.host in _SHORTENERS or shape(source, final) is not Shape.ELSEWHERE:
        return False
    if here.host == there.host and here.segments[:-1] == there.segments[:-1]:
        return False
    return all(_names_a_piece(at) and len(_slug(at)) >= _TELLING for at in (here, there))


def is_named(url: str, known: Iterable[str]) -> bool:
    """Whether the words of an address are in one of these titles, by half or more."""
    slug = _slug(place(url))
    return len(slug) > 1 and any(
        len(slug & set(folded(title).split())) * 2 >= len(slug) for title in known if title
    )


_TELLING = 3  # words


def _slug(at: Place) -> set[str]:
    """The words that name the piece, without those that are in any."""
    return (
        {word for word in _words(_bare(at.segments[-1])) if len(word) > 2 and word.isalpha()}
        if at.segments
        else set()
    )


def _names_same(here: Place, there: Place) -> bool:
    """Whether both addresses name the piece with the same words or number."""
    last, theirs_last = (_bare(at.segments[-1]) if at.segments else "" for at in (here, there))
    if last == theirs_last != "":
        return True
    if _names_a_piece(there) and theirs_last in map(_bare, here.segments):
        return True
    ours, theirs = _name(here), _name(there)
    if not ours or not theirs:
        return False
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs))


def _name(at: Place) -> set[str]:
    """What names the piece in an address: the words of the last segment, and long numbers anywhere."""
    if not at.segments:
        return set(_values(at))
    last = _bare(at.segments[-1])
    words = {word for word in _words(last) if len(word) > 3 or word.isdigit()} | {last}
    words.update(number for segment in at.segments for number in re.findall(r"\d{5,}", segment))
    words.update(_values(at))
    return (
        {word for word in words if not re.fullmatch(r"(?:19|20)\d\d|[01]?\d|[0-3]\d", word)} - _DOORS - _LISTS
    )


def _values(at: Place) -> list[str]:
    return [value.lower() for name, value in parse_qsl(at.query)[:20] if name.lower() in CONTENT and value]


def _words(segment: str) -> list[str]:
    return folded(segment).split()


# Set by hand.
# fmt: off
_FILES = frozenset((
    "pdf", "doc", "docx", "ppt", "pptx", "xls", "xlsx", "epub", "mobi", "zip", "jpg", "jpeg", "png", "gif", "mp3",
    "m4a", "ogg", "wav", "mp4", "m4v", "mov", "webm",
))
# fmt: on


def is_file(url: str) -> bool:
    """Whether an address is that of a file rather than a page, by its extension."""
    last = url.partition("?")[0].rpartition("/")[2].lower()
    return "." in last and last.rpartition(".")[2] in _FILES


def onward(url: str, location: str) -> str | None:
    """Where a Location leads from `url`, as browsers read it (WHATWG URL), without a fragment; None: nowhere.

    Bytes beyond ASCII are UTF-8 that was handed on as Latin-1 (RFC 9110, 5.5).
    """
    if not location.isascii():
        with suppress(UnicodeError):
            location = location.encode("latin-1").decode("utf-8")
    to = urls.joined(url, location)
    return None if to is None else to.partition("#")[0]


def shown(url: str) -> str:
    """A URL as others may see it: without the name and password that it may carry."""
    scheme, mark, rest = url.partition("://")
    at = re.match(r"[^/?#]*@", rest) if "@" in rest else None
    return f"{scheme}{mark}{rest[at.end() :]}" if at else url


@cache
def _suffixes():  # type: ignore[no-untyped-def]  # publicsuffixlist is untyped
    from publicsuffixlist import PublicSuffixList  # Deferred: it reads a list of 10,000 rules.

    return PublicSuffixList()


def domain(host: str) -> str:
    """The registrable domain of a host (publicsuffix.org); empty where there is none, as of an IP address."""
    host = host.rstrip(".").lower()
    if "." not in host or ":" in host or host.rpartition(".")[2].isdigit():
        return ""
    return _suffixes().privatesuffix(host) or ""
