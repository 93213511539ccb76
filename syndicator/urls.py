"""URLs: the one readers get, unwrapped and free of tracking, and the key that tells whether two are one page.

Knows the WHATWG URL standard (ada-url parses) and the order in which `url_rules` apply; must not know the
network, the record, or what a URL is wanted for. Pure: a redirect that hides its target stays what it is.

The key is for comparison only. Beyond tracking it leaves out what cannot tell two pages apart: http or https;
`www.` (where both hosts answer they are one site, and where one is dead the same page was meant); a slash at
the end; doubled slashes; the order of parameters; escapes that mean the same; fragments other than routes of
single-page applications; and the AMP, mobile, gift and other forms that `url_rules` declares. Case stays.
"""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar
from urllib.parse import quote_plus, unquote, unquote_plus, unquote_to_bytes

import ada_url

from syndicator import url_rules
from syndicator.errors import URLRefused
from syndicator.url_rules import Form, Parameters, Wrapper

MAX_LENGTH = 8192  # characters; RFC 9110, section 4.1, asks servers for 8000
MAX_HOST = 253  # characters (RFC 1035, section 2.3.4)
MAX_LAYERS = 5  # wrappers around wrappers


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a URL, for `syndicator url`."""

    rule: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class CleanURL:
    """A URL as given, as the standard writes it, as readers get it, and as it is compared."""

    given: str
    href: str
    url: str
    key: str
    steps: tuple[Step, ...]

    @property
    def host(self) -> str:
        """Host name of `url`, without a port."""
        parts = _HREF.fullmatch(self.url)
        return parts[3] if parts else ""


def clean(given: str) -> CleanURL:
    """Both forms of `given`, with the steps to them. Raises URLRefused: it is no http(s) URL with a host."""
    if len(given) > MAX_LENGTH:
        raise URLRefused(given, f"it is longer than {MAX_LENGTH} characters.")
    steps: list[Step] = []
    tidy = _TIDY.fullmatch(given) is not None
    plain, page = _parsed(given if tidy else _tidied(given, steps), given, steps)
    page = _unwrapped(page, given, steps)
    rules = _rules(page.host)
    if page.query or page.fragment:
        query, fragment = _without_tracking(page.query, rules, steps), _without_tags(page.fragment, steps)
        page = page._replace(query=query, fragment=fragment)
    canonical = _key(page, rules, steps)
    if len(plain) > MAX_LENGTH or len(canonical) > MAX_LENGTH:
        raise URLRefused(given, f"it is longer than {MAX_LENGTH} characters when written out.")
    return CleanURL(given, plain if tidy else href(given) or plain, str(page), canonical, tuple(steps))


def key(given: str) -> str:
    """The canonical form of `given`, for comparison only."""
    return clean(given).key


def href(given: str) -> str | None:
    """`given` as the WHATWG URL standard serialises it, whatever its scheme; None where it does not parse."""
    try:
        return ada_url.normalize_url(_scalar(given))
    except ValueError:
        return None


def joined(base: str, reference: str) -> str | None:
    """Where a reference leads from the URL `base`, as the WHATWG URL standard resolves it; None: nowhere."""
    try:
        return ada_url.join_url(base, _scalar(reference))
    except ValueError:
        return None


def hosts_above(host: str) -> Iterator[str]:
    """`host` and the hosts above it, longest first: www.a.example.org, a.example.org, example.org."""
    host = host.lower().rstrip(".")
    yield host
    if host[-1:].isdigit() or host.startswith("["):
        return  # an IP address has nothing above it
    while host.count(".") > 1:
        host = host.partition(".")[2]
        yield host


# Nothing to repair: printable ASCII without the characters that quoting, markup or escaping leave behind.
_TIDY = re.compile(r"https?://(?!https?:)[!#$%&'()*+,./0-9:=?@A-Z\[\]\\^_`a-z{|}~-]+")
_EDGES = "".join(  # controls, spaces and invisible marks
    map(chr, (*range(0x21), *range(0x7F, 0xA1), 0xAD, 0x1680, *range(0x2000, 0x2010), *range(0x2028, 0x2030)))
)
_EDGES += "".join(map(chr, (*range(0x205F, 0x2070), 0x3000, 0xFEFF)))
_CLOSING = dict(zip("<\"'`([{“„‘‚«»‹›", ">\"'`)]}”“’‘»«›‹", strict=True))
_NEVER_LAST = '"<>“”„«»'
_LABEL = re.compile(r"<?url:|<!\[CDATA\[", re.IGNORECASE)  # RFC 3986, appendix C; RSS
_MARKUP = re.compile(r"""["']?(?:</|<[A-Za-z]+[\s/>]|["']>).*""", re.DOTALL)
_DOUBLED = re.compile(r"\A(?:https?:/+)+(?=https?:/)", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMELESS = re.compile(r"//|(?:[\w-]+\.)+[^\W\d_]{2,}/|www\.[\w-]+(?:\.[\w-]+)+(?:[?#]|$)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp;|#0*38;|#x0*26;)+|(?<=\?)(?:amp;)+", re.IGNORECASE)


def _scalar(text: str) -> str:
    """`text` with lone surrogates replaced, as the standard's USVString does."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _tidied(given: str, steps: list[Step]) -> str:
    """`given` without what mail programs, feeds and fingers put around and into a URL."""
    text = _scalar(given).translate({9: None, 10: None, 13: None})  # the standard drops these anywhere
    text = _DOUBLED.sub("", _unpacked(text))
    if not _SCHEME.match(text) and _SCHEMELESS.match(text):
        text = "https://" + text.removeprefix("//")
    head, mark, rest = text.partition("?")
    if "&" in rest or rest.startswith("amp;"):
        text = head + _ENTITY.sub(lambda found: "&" if found[0][0] == "&" else "", mark + rest)
    if text != given:
        steps.append(Step("paste", given, text, "what stood around the URL or was escaped is no part of it"))
    return text


def _unpacked(text: str) -> str:
    """`text` without the brackets, quotes, labels and markup around it."""
    text = text.strip(_EDGES)
    for _ in range(MAX_LAYERS):
        before = text
        if label := _LABEL.match(text):
            text = text[label.end() :].removesuffix("]]>")
        elif closing := _CLOSING.get(text[:1]):
            text = re.sub(re.escape(closing) + r"[\s,.;:!?]*$", "", text[1:])
        text = _MARKUP.sub("", text, count=1).rstrip(_NEVER_LAST).strip(_EDGES)
        if text == before:
            break
    return text


_HREF = re.compile(
    r"(https?)://(?:([^/?#@]*)@)?([a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(:\d+)?(/[^?#]*)(\?[^#]*)?(#.*)?"
)


class _Page(NamedTuple):
    """The parts of an http(s) URL as the standard serialises them; joined they are the URL again."""

    scheme: str
    host: str
    port: str  # with its colon
    path: str
    query: str  # with its question mark
    fragment: str  # with its number sign

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.port}{self.path}{self.query}{self.fragment}"


def _parsed(text: str, given: str, steps: list[Step]) -> tuple[str, _Page]:
    try:
        plain = ada_url.normalize_url(text)
    except ValueError:
        raise URLRefused(given, _why_not(text)) from None
    parts = _HREF.fullmatch(plain)
    if parts is None or len(parts[3]) > MAX_HOST:
        raise URLRefused(given, _why_not(text))
    scheme, credentials, *others = parts.groups("")
    page = _Page(scheme, *others)
    if credentials:
        why = "readers must get neither a password nor a name that hides the host"
        steps.append(Step("credentials", f"…@{page.host}", page.host, why))
    return plain, page


def _why_not(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return "it does not begin with https://. Copy the whole address from the browser."
    if scheme[1].lower() not in ("http", "https"):
        return f"it begins with {scheme[1][:20]}:, and only http and https lead to a page. Begin it with https://."
    return "it has no valid host name. Copy the whole address from the browser."


class _Table(NamedTuple):
    """Parameters by name, and those that go by a pattern of the name."""

    named: dict[str, tuple[Parameters, ...]]
    patterned: tuple[Parameters, ...]
    any_pattern: str

    def find(self, name: str, value: str, path: str) -> Parameters | None:
        """The declaration that a parameter falls under."""
        for rule in self.named.get(name, ()):
            if (not rule.value or _fits(rule.value, value)) and (not rule.path or _fits(rule.path, path)):
                return rule
        if self.any_pattern and _fits(self.any_pattern, name):
            return next(rule for rule in self.patterned if _fits(rule.pattern, name))
        return None


class _Rules(NamedTuple):
    """The rules that hold at one host."""

    key_host: str
    tracking: tuple[_Table, ...]
    incidental: tuple[_Table, ...]
    kept: frozenset[str]
    wrappers: tuple[Wrapper, ...]
    forms: tuple[Form, ...]


_Rule = TypeVar("_Rule", Parameters, Wrapper, Form)


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


def _fits(pattern: str, text: str) -> bool:
    return _regex(pattern).fullmatch(text) is not None


@cache
def _table(rules: tuple[Parameters, ...]) -> _Table:
    named: dict[str, tuple[Parameters, ...]] = {}
    for rule in rules:
        for name in rule.names.split():
            named[name] = (*named.get(name, ()), rule)
    patterned = tuple(rule for rule in rules if rule.pattern)
    return _Table(named, patterned, "|".join(rule.pattern for rule in patterned))


def _with_hosts(rules: Iterable[_Rule]) -> tuple[tuple[frozenset[str], _Rule], ...]:
    return tuple((frozenset(rule.hosts.split()), rule) for rule in rules)


def _at(names: set[str], rules: tuple[tuple[frozenset[str], _Rule], ...]) -> tuple[_Rule, ...]:
    return tuple(rule for hosts, rule in rules if not hosts.isdisjoint(names))


_TRACKING = _with_hosts(url_rules.TRACKING)
_INCIDENTAL = _with_hosts(url_rules.INCIDENTAL)
_KEPT = _with_hosts(url_rules.KEPT)
_WRAPPERS = _with_hosts(url_rules.WRAPPERS)
_FORMS = _with_hosts(url_rules.FORMS)
_TRACKING_ANYWHERE = _table(tuple(rule for hosts, rule in _TRACKING if not hosts))
_INCIDENTAL_ANYWHERE = _table(tuple(rule for hosts, rule in _INCIDENTAL if not hosts))
_MOBILE_LABEL = frozenset(url_rules.MOBILE_LABEL.split())
_ANY_COUNTRY = re.compile(r"(?:^|\.)([a-z0-9-]+)\.(?:com?\.)?[a-z]{2,3}$")


@lru_cache(maxsize=16384)
def _rules(host: str) -> _Rules:
    """The rules at `host`. With `www.` before it or the root's dot behind it a host has the same rules."""
    host = _without_www(host)
    names = set(hosts_above(host))
    if country := _ANY_COUNTRY.search(host):
        names.add(country[1] + ".*")
    return _Rules(
        _key_host(host),
        (_table(_at(names, _TRACKING)), _TRACKING_ANYWHERE),
        (_table(_at(names, _INCIDENTAL)), _INCIDENTAL_ANYWHERE),
        frozenset(name for rule in _at(names, _KEPT) for name in rule.names.split()),
        _at(names, _WRAPPERS),
        _at(names, _FORMS),
    )


def _without_www(host: str) -> str:
    host = host.removesuffix(".")
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host


def _key_host(host: str) -> str:
    """The one name of a site that has several; `host` comes without `www.`."""
    other = ""
    while host != other:
        other = host
        head, label, tail = host.rpartition(".m.")
        host = f"{head}.{tail}" if label and tail in _MOBILE_LABEL else url_rules.SAME_HOST.get(host, host)
        host = _without_www(host)
    return host


_HTTP = re.compile(r"https?:", re.IGNORECASE)
_ESCAPED_HTTP = re.compile(r"https?(?:%3A|:/?%2F)", re.IGNORECASE)


def _unwrapped(page: _Page, given: str, steps: list[Step]) -> _Page:
    for _ in range(MAX_LAYERS + 1):
        inner = _wrapped_in(page, steps)
        if inner is None:
            return page
        page = inner
    why = f"it is wrapped in more than {MAX_LAYERS} redirects. Open it, and copy the address that it ends at."
    raise URLRefused(given, why)


def _wrapped_in(page: _Page, steps: list[Step]) -> _Page | None:
    """The page that a wrapper's URL holds; None where it is no wrapper, or holds no http(s) URL."""
    for wrapper in _rules(page.host).wrappers:
        for target in _targets(wrapper, page):
            inner_steps: list[Step] = []
            try:
                _, inner = _parsed(_tidied(target, inner_steps), target, inner_steps)
            except URLRefused:
                continue
            why = f"{wrapper.rule}: it only sends on to the page that is written in it"
            steps += [Step("wrapper", str(page), target, why), *inner_steps]
            return inner
    return None


def _targets(wrapper: Wrapper, page: _Page) -> Iterator[str]:
    """What may be the URL that a wrapper holds."""
    path = _decoded(page.path)
    if wrapper.embedded:
        held = _regex(wrapper.embedded).fullmatch(f"{path}{page.query}{page.fragment}")
        found = [held["target"]] if held else []
        if held and "tls" in held.re.groupindex:
            found = [("https://" if held["tls"] else "http://") + held["target"]]
    elif wrapper.path and not _fits(wrapper.path, path):
        return
    else:
        pairs = [_pair(piece) for piece in page.query[1:].split("&")]
        found = [value for wanted in wrapper.query for name, value in pairs if name == wanted]
    for text in found:
        target = _DECODERS[wrapper.decoding](text)
        if _ESCAPED_HTTP.match(target):
            target = unquote(target)
        if _HTTP.match(target):
            yield target


def _base64(text: str) -> bytes:
    """`text` decoded from either alphabet, with or without padding; empty where it is not Base64."""
    text = text.strip().replace(" ", "+").replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return b""


def _base64_text(text: str) -> str:
    return _base64(text).decode("utf-8", "replace")


def _bing(text: str) -> str:
    return _base64_text(text[2:]) if text.startswith("a1") else ""


def _google_news(text: str) -> str:
    """The URL in the protocol buffer that an older Google News address is; newer ones hold a number only."""
    held = re.match(rb"\x08\x13\x22..?(https?://[\x21-\x7e]+)", _base64(text), re.DOTALL)
    return held[1].decode("ascii") if held else ""


def _substack(text: str) -> str:
    try:
        held = json.loads(_base64(text))
    except (ValueError, RecursionError):
        return ""
    return held["e"] if isinstance(held, dict) and isinstance(held.get("e"), str) else ""


def _urldefense_2(text: str) -> str:
    return unquote(text.translate({ord("-"): "%", ord("_"): "/"}))


_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # of 2, 3, … characters


def _urldefense_3(text: str) -> str:
    """`*` stands for the next of the characters that are encoded behind `__;`, `**B` for the next three."""
    url, _, encoded = text.rpartition("__;")
    hidden = iter(_base64_text(encoded))

    def next_ones(mark: re.Match[str]) -> str:
        count = _RUNS.index(mark[1]) + 2 if mark[1] else 1
        return "".join(character for _, character in zip(range(count), hidden, strict=False))

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", next_ones, url)


_DECODERS: dict[url_rules.Decoding, Callable[[str], str]] = {
    "plain": str,
    "base64": _base64_text,
    "bing": _bing,
    "google-news": _google_news,
    "substack": _substack,
    "urldefense-2": _urldefense_2,
    "urldefense-3": _urldefense_3,
}


# A mailer that puts its tags behind a second question mark: ?id=5?utm_source=rss
_SECOND_QUERY = re.compile(r"\?(?=(?:utm_|fbclid=|gclid=|mc_cid=))", re.IGNORECASE)


def _pair(piece: str) -> tuple[str, str]:
    """Name and value of a piece of a query, decoded as forms are."""
    name, _, value = piece.partition("=")
    if "%" in piece or "+" in piece:
        return unquote_plus(name), unquote_plus(value)
    return name, value


def _find(tables: tuple[_Table, ...], piece: str, path: str) -> Parameters | None:
    """The declaration that a piece of a query falls under."""
    name, value = _pair(piece)
    for table in tables:
        if found := table.find(name.lower(), value, path):
            return found
    return None


def _staying(pieces: list[str], find: Callable[[str], Parameters | None], steps: list[Step]) -> list[str]:
    """The pieces that no declaration takes away."""
    stay: list[str] = []
    for piece in pieces:
        if found := find(piece):
            steps.append(Step(found.rule, piece, "", found.why))
        else:
            stay.append(piece)
    return stay


def _without_tracking(query: str, rules: _Rules, steps: list[Step]) -> str:
    def tracking(piece: str) -> Parameters | None:
        found = _find(rules.tracking, piece, "")
        return None if found and _pair(piece)[0].lower() in rules.kept else found

    pieces = _SECOND_QUERY.sub("&", query[1:]).split("&")
    stay = _staying(pieces, tracking, steps)
    if len(stay) == len(pieces):
        return query
    return "?" + "&".join(filter(None, stay)) if any(stay) else ""


def _without_tags(fragment: str, steps: list[Step]) -> str:
    """The fragment without tags for scripts, and without the words that a search result or reader marked."""
    text, directive, _ = fragment[1:].partition(":~:")
    if directive:
        why = "marks words on the page (WICG Scroll To Text Fragment)"
        steps.append(Step("text directive", fragment, "#" + text, why))
    pieces = text.split("&")
    stay = _staying(pieces, _tag, steps)
    if len(stay) == len(pieces) and not directive:
        return fragment
    return "#" + "&".join(stay) if any(stay) else ""


def _tag(piece: str) -> Parameters | None:
    for rule in url_rules.FRAGMENTS:
        if _fits(rule.pattern, piece):
            return rule
    return _find((_TRACKING_ANYWHERE,), piece, "") if "=" in piece else None


_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;:=@-]+)+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9/._~!$&'()*+,;:=@-]")
_STAY_ESCAPED = frozenset("/;")  # written plainly they would divide the path
_PLAIN_PIECE = re.compile(r"[A-Za-z0-9_.~-]+=[A-Za-z0-9_.~-]+")


def _key(page: _Page, rules: _Rules, steps: list[Step]) -> str:
    scheme, host, port, path, query, fragment = page
    if scheme == "http" and not port:
        scheme = "https"
        steps.append(Step("scheme", "http", "https", "the same page over another transport"))
    if host != rules.key_host:
        steps.append(Step("host", host, rules.key_host, "another name of the same site"))
        host = rules.key_host
    if not _PLAIN_PATH.fullmatch(path):
        path = _key_path(path, steps)
    if rules.forms or "amp" in path:
        host, path, query = _reduced((host, path, query), rules.forms, steps)
    if query:
        query = _key_query(query, path, rules, steps)
    if fragment and not (len(fragment) > 2 and fragment.startswith(("#!", "#/"))):
        steps.append(Step("fragment", fragment, "", "a place on the page"))
        fragment = ""
    return f"{scheme}://{host}{port}{path}{query}{fragment}"


def _decoded(path: str) -> str:
    """`path` with every escape in its one normal form: servers decode it before they look at it."""
    return _ESCAPE.sub(_normal_escape, path)


def _normal_escape(found: re.Match[str]) -> str:
    text = found[0]
    if len(text) == 1:
        return f"%{ord(text):02X}"
    character = chr(int(text[1:], 16))
    return text.upper() if character in _STAY_ESCAPED or _ESCAPE.match(character) else character


def _key_path(path: str, steps: list[Step]) -> str:
    normal = re.sub(r"/{2,}", "/", _decoded(path)).rstrip("/") or "/"
    if normal != path:
        steps.append(Step("path", path, normal, "escapes in one form, no doubled slash, none at the end"))
    return normal


def _reduced(at: tuple[str, str, str], forms: tuple[Form, ...], steps: list[Step]) -> tuple[str, str, str]:
    """Host, path and query after every form that applies; one form may make way for another."""
    before = None
    while at != before:
        before = at
        for form in (*url_rules.AMP_FORMS, *forms):
            host, path, query = at
            if found := _regex(form.path).fullmatch(path):
                host = found.expand(form.host) if form.host else host
                query = "?" + found.expand(form.query) if form.query else query
                reduced = host, found.expand(form.to), query
                if reduced != at:
                    steps.append(Step(form.rule, "".join(at), "".join(reduced), form.why))
                    at = reduced
    return at


def _key_query(query: str, path: str, rules: _Rules, steps: list[Step]) -> str:
    pieces = list(filter(None, query[1:].split("&")))
    stay = _staying(pieces, lambda piece: _find(rules.incidental, piece, path), steps)
    normal = sorted(filter(None, map(_normal_piece, stay)), key=lambda piece: piece.partition("=")[0])
    if normal != stay:
        why = "parameters in one order, escapes in one form"
        steps.append(Step("query", "&".join(stay), "&".join(normal), why))
    return "?" + "&".join(normal) if normal else ""


def _normal_piece(piece: str) -> str:
    if _PLAIN_PIECE.fullmatch(piece):
        return piece
    name, _, value = piece.partition("=")
    name, value = (quote_plus(unquote_to_bytes(part.replace("+", " "))) for part in (name, value))
    return f"{name}={value}" if value else name
