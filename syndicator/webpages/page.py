"""What a page says of itself, read from its bytes: first at a glance, and only of suspects as a whole.

Knows HTML, character encodings and their lies; must not know links or what a sign means. Nothing here raises,
whatever the bytes; everything is bounded. `title` and `refresh` scan the bytes; `read` parses with lxml (libxml2).
"""

import codecs
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from syndicator.text import one_line
from syndicator.webpages.titles import LONGEST

if TYPE_CHECKING:
    from lxml.etree import _Element

HEAD = 131_072  # bytes in which a title is looked for: some heads carry a site's whole style
WHOLE = 262_144  # bytes that `read` parses
LONGEST_TEXT = 6_000  # characters of visible text that `read` keeps
MOST_ELEMENTS = 20_000
MOST_HEADINGS = 8

_TITLE = re.compile(rb"<title(?:\s[^>]{0,400})?>", re.IGNORECASE)
_TITLE_END = re.compile(rb"</title|\Z", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def is_html(content_type: str, body: bytes) -> bool:
    """Whether the answer is a web page: by what it is declared as, or by how it begins."""
    if content_type.startswith(_HTML_TYPES):
        return True
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content_type:
        return start[:1] == b"<" and not start.startswith(b"<?xml")
    return start[:1] == b"<" and _LOOKS_LIKE_HTML.match(start) is not None


def title(body: bytes, content_type: str = "") -> str:
    """The page's title on one line, at most 300 characters; empty where there is none."""
    start = body.find(b"<title", 0, HEAD)
    if start >= 0:
        begin = body.find(b">", start, start + 400) + 1
        close = body.find(b"</title", begin, begin + 4096) if begin else -1
        if close >= 0:
            return _line(_decoded(body[begin:close], content_type, body))
    if body[:2] in _WIDE_MARKS:
        body = text(body[:HEAD], content_type).encode()
        content_type = "text/html; charset=utf-8"
    found = _TITLE.search(body, 0, HEAD)
    if found is None:
        return ""
    words = body[found.end() : found.end() + 4096]
    end = _TITLE_END.search(words)
    return _line(_decoded(words[: end.start() if end else None], content_type, body))


def _line(words: str) -> str:
    if "&" in words:
        words = html.unescape(words)
    return one_line(words)[:LONGEST].rstrip()


def _decoded(piece: bytes, content_type: str, body: bytes) -> str:
    if b"\x1b" not in piece:  # which ISO-2022 uses, all of ASCII otherwise
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return piece.decode(charset(body, content_type), "replace")


_REFRESH = re.compile(
    rb"<meta\b(?=[^>]{0,200}http-equiv\s*=\s*[\"']?refresh)"
    rb"[^>]{0,200}content\s*=\s*(?:\"\s*(\d{1,3})[^;,\"]*[;,]\s*url\s*=\s*'?([^\"'>]+)|'\s*(\d{1,3})[^;,']*[;,]\s*url\s*=\s*\"?([^\"'>]+))",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    rb"location(?:\.href)?\s*=\s*[\"']([^\"'\\]{1,2000})[\"']|location\.(?:replace|assign)\(\s*[\"']([^\"'\\]{1,2000})[\"']"
)
_NOSCRIPT = re.compile(rb"<noscript\b.*?(?:</noscript|\Z)", re.IGNORECASE | re.DOTALL)
_SOON = 10  # seconds
_SMALL = 16_384  # bytes: a page that only sends on is small,
_HEAD_OF_SMALL = 4_096  # says so early,
_TINY = 2_048  # and one that does it by script alone is tiny


def refresh(body: bytes, header: str = "") -> str:
    """Where the page itself sends its visitor within seconds, as it is written there; empty if nowhere."""
    if header:
        seconds, _, target = header.partition(";")
        name, _, address = target.partition("=")
        if (
            seconds.strip().isascii()
            and seconds.strip().isdigit()
            and int(seconds) <= _SOON
            and name.strip().lower() == "url"
        ):
            return address.strip(" \t\"'")
    if not may_refresh(body):
        return ""
    found = _REFRESH.search(_NOSCRIPT.sub(b"", body))
    if found and int(found[1] or found[3]) <= _SOON:
        return html.unescape((found[2] or found[4]).decode("utf-8", "replace")).strip()
    if len(body) <= _TINY and (scripted := _SCRIPTED.search(body)):
        return (scripted[1] or scripted[2]).decode("utf-8", "replace").strip()
    return ""


def may_refresh(body: bytes) -> bool:
    """Whether it is worth looking for where the page sends its visitor; quick, for it is asked of every page."""
    if len(body) > _SMALL:
        return False
    return b"efresh" in body[:_HEAD_OF_SMALL] or (len(body) <= _TINY and b"location" in body)


_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# The encodings of the Encoding Standard (WHATWG), by Python's names; what a page calls Latin-1 or ASCII is
# windows-1252 there. Python knows others (`idna`, `unicode_escape`, `utf-7` …) that no page may ask for.
_CODECS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "cp1252": "cp1252", "utf-8": "utf-8", "gb2312": "gb18030",
    "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs", "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp", "shift_jis": "cp932", "cp932": "cp932", "euc_kr": "cp949", "cp949": "cp949",
    "cp866": "cp866", "iso8859-2": "iso8859-2", "iso8859-3": "iso8859-3", "iso8859-4": "iso8859-4",
    "iso8859-5": "iso8859-5", "iso8859-6": "iso8859-6", "iso8859-7": "iso8859-7", "iso8859-8": "iso8859-8",
    "iso8859-9": "cp1254", "iso8859-10": "iso8859-10", "iso8859-13": "iso8859-13", "iso8859-14": "iso8859-14",
    "iso8859-15": "iso8859-15", "iso8859-16": "iso8859-16", "koi8-r": "koi8-r", "koi8-u": "koi8-u",
    "mac-roman": "mac-roman", "mac-cyrillic": "mac-cyrillic", "cp874": "cp874", "tis-620": "cp874",
    "cp1250": "cp1250", "cp1251": "cp1251", "cp1253": "cp1253", "cp1254": "cp1254", "cp1255": "cp1255",
    "cp1256": "cp1256", "cp1257": "cp1257", "cp1258": "cp1258",
}  # fmt: skip


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    try:
        return _CODECS.get(codecs.lookup(label).name, "")
    except (LookupError, ValueError):
        return ""


def charset(body: bytes, content_type: str = "") -> str:
    """The encoding to read the page in: byte order mark, header, the page's own word, else a guess."""
    if body[:3] == b"\xef\xbb\xbf":
        return "utf-8"
    if body[:2] in _WIDE_MARKS:
        return "utf-16"
    head = body[:2048]
    declared = _IN_HEADER.search(content_type)
    labels = [declared[1]] if declared else []
    labels += [found[1].decode("ascii") for found in (_DECLARED.search(head), _IN_XML.match(head)) if found]
    known = [codec for label in labels if (codec := _codec(label))]
    return known[0] if known and known[0] != "utf-8" else _guess(body, known[1:])


def _guess(body: bytes, others: list[str]) -> str:
    """UTF-8 where the bytes are; else what was declared in second place, else what Western Europe wrote."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body[:65_536])
    except UnicodeDecodeError:
        return next((codec for codec in others if codec != "utf-8"), "cp1252")
    return "utf-8"


def text(body: bytes, content_type: str = "") -> str:
    """The page's characters. What cannot be read becomes U+FFFD; wrongly declared UTF-8 is noticed."""
    encoding = charset(body, content_type)
    if encoding == "cp1252" and any(byte > 127 for byte in body[:WHOLE]):
        encoding = _guess(body, ["cp1252"])
    return body.decode(encoding, "replace")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself. Texts are on one line; `text` has a line for each block that is seen."""

    title: str = ""
    headings: tuple[str, ...] = ()  # h1 and h2, in order
    og_title: str = ""
    site_name: str = ""
    canonical: str = ""
    og_url: str = ""
    language: str = ""
    noindex: bool = False
    article: bool = False  # the page declares itself to be one work with a date
    password: bool = False  # a form that is seen asks for a password
    scripts: bool = False
    text: str = ""

    @property
    def length(self) -> int:
        """How much there is to read; a character of Chinese, Japanese or Korean says as much as two."""
        return len(self.text) + len(_IDEOGRAPHS.findall(self.text))


_H1 = re.compile(rb"<h1\b[^>]{0,400}>(.{0,1000}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^>]{0,1000}>")
_ADDRESS = re.compile(rb"(?:href|content)\s*=\s*[\"']?\s*([^\"'\s>]{1,2000})", re.IGNORECASE)
_SKIMMED = 65_536  # bytes
_LONG = 4_500  # bytes of text
_BEGINNING = 4_096  # bytes of the page
_BEGINS_WITH_PROSE = re.compile(rb"<body>\s*(?=<p>)")
_CLOSINGS = (b"", b"</body>", b"</html>", b"</body></html>")


def first_heading(body: bytes, content_type: str = "") -> str:
    """The first h1, found without parsing; empty where there is none."""
    start = body.find(b"<h1", 0, _SKIMMED)
    if start < 0:
        start = body.find(b"<H1", 0, _SKIMMED)
    found = _H1.match(body, start) if start >= 0 else None
    return _line(_decoded(_TAG.sub(b" ", found[1]), content_type, body)) if found else ""


def skim(body: bytes, content_type: str, prose: Sequence[bytes]) -> Page:
    """As much of the page as is seen without parsing it; `prose` is what it begins with."""
    heading = first_heading(body, content_type)
    head = body.find(b"</head>", 0, _SKIMMED)
    if head < 0:
        head = _SKIMMED
    return Page(
        title=title(body, content_type),
        headings=(heading,) if heading else (),
        canonical=_address(body, b"canonical", head),
        og_url=_address(body, b"og:url", head),
        noindex=body.find(b"noindex", 0, head) >= 0,
        text=_decoded(b"\n".join(prose), content_type, body)[:LONGEST_TEXT],
    )


def declares_a_work(body: bytes) -> bool:
    """Whether the page declares itself to be one work with a date, found without parsing."""
    return (
        body.find(b"article:published_time", 0, _SKIMMED) >= 0
        or body.find(b'"datePublished"', 0, _SKIMMED) >= 0
    )


def plain_prose(body: bytes, content_type: str = "") -> str:
    """How a page begins that is long and nothing but paragraphs: no headings, scripts, forms or hidden parts; empty of
    any other. It need not be parsed: a page of 16 kB is counted through in 40 µs, and read in 600.
    """
    at = body.find(b"<body>", 0, HEAD)
    begins = _BEGINS_WITH_PROSE.match(body, at) if at >= 0 else None
    if begins is None:
        return ""
    start, end = begins.end(), _prose_ends(body)
    opened, closed = body.count(b"<p>", start, end), body.count(b"</p>", start, end)
    length = end - start - len(b"<p>") * opened - len(b"</p>") * closed
    if length < _LONG or body.count(b"<", start, end) != opened + closed:
        return ""
    lines = _TAG.sub(b"\n", body[start : start + _BEGINNING])
    return html.unescape(_decoded(lines[: lines.rfind(b"\n")], content_type, body))


def _prose_ends(body: bytes) -> int:
    """Where the page ends, but for the tags that close it."""
    last = body.rfind(b"</p>") + len(b"</p>")
    return last if b"".join(body[last:].split()) in _CLOSINGS else len(body)


def _address(body: bytes, name: bytes, end: int) -> str:
    """The address in the first tag before `end` that holds `name`."""
    at = body.find(name, 0, end)
    if at < 0:
        return ""
    start, end = body.rfind(b"<", max(at - 2_048, 0), at), body.find(b">", at, at + 2_048)
    found = _ADDRESS.search(body, start, end) if 0 <= start < end else None
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Set by hand.
# fmt: off
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "datalist", "nav",
    "footer", "aside", "head",
))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "var", "wbr",
))
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROBOTS = re.compile(r"\bno(?:ne|index)\b", re.IGNORECASE)
_WORK = re.compile(
    r'"@type"\s*:\s*(?:\[\s*)?"(?:\w*Article|BlogPosting|Report|PodcastEpisode|VideoObject|Review|Book|Chapter|ScholarlyArticle)"'
)


def read(body: bytes, content_type: str = "", robots: str = "") -> Page:
    """The page, parsed. `robots` is the X-Robots-Tag header. Markup beyond reading yields what a glance sees."""
    from lxml import etree  # Deferred: only suspects need it.
    from lxml import html as lxml_html

    characters = text(body[:WHOLE], content_type)
    unreadable = Page(title=title(body, content_type), noindex=bool(_ROBOTS.search(robots)))
    if characters.count("<") > MOST_ELEMENTS:  # Deep nesting takes quadratic time.
        return unreadable
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(characters.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return unreadable
    metas = _metas(root)
    canonical = root.xpath(
        "//link[contains(concat(' ', translate(@rel, 'CANOIL', 'canoil'), ' '), ' canonical ')]/@href"
    )
    seen, password = _seen(root)
    return Page(
        title=unreadable.title,
        headings=_headings(root),
        og_title=_line(metas.get("og:title", "")),
        site_name=_line(metas.get("og:site_name", "") or metas.get("application-name", "")),
        canonical=str(canonical[0]).strip() if canonical else "",
        og_url=metas.get("og:url", "").strip(),
        language=(root.get("lang") or "")[:35],
        noindex=bool(_ROBOTS.search(f"{robots} {metas.get('robots', '')} {metas.get('googlebot', '')}")),
        article="article:published_time" in metas or _WORK.search(characters) is not None,
        password=password,
        scripts="<script" in characters,
        text=seen,
    )


def _metas(root: "_Element") -> dict[str, str]:
    """The first content of each meta element, by its name or property in lower case."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = element.get("content")
        if name and content:
            metas.setdefault(name, content)
    return metas


def _headings(root: "_Element") -> tuple[str, ...]:
    found = []
    for element in root.iter("h1", "h2"):
        words = _line(" ".join(element.itertext())[: LONGEST * 2])
        if words:
            found.append(words)
        if len(found) == MOST_HEADINGS:
            break
    return tuple(found)


def _seen(root: "_Element") -> tuple[str, bool]:
    """The text that a visitor sees between the site's own bars, and whether a form asks for a password."""
    from lxml import etree

    parts: list[str] = []
    length = 0
    password = False
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        inline = element.tag in _INLINE
        if event == "start":
            if element.tag in _UNSEEN or element.get("hidden") is not None or _is_hidden(element):
                walker.skip_subtree()
                continue
            password = password or (
                element.tag == "input" and (element.get("type") or "").lower() == "password"
            )
            piece = element.text
        else:
            piece = element.tail
        if not inline:
            parts.append("\n")
        if piece:
            parts.append(piece)
            length += len(piece)
            if length > LONGEST_TEXT * 2:  # Blanks will fall away.
                break
    lines = (one_line(line) for line in "".join(_unwrapped(parts)).split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT], password


def _unwrapped(parts: list[str]) -> list[str]:
    """Line breaks of the source are blanks; only those of blocks stay."""
    return [part if part == "\n" else " ".join(part.split("\n")) for part in parts]


def _is_hidden(element: "_Element") -> bool:
    style = element.get("style")
    return bool(style and _HIDDEN.search(style)) or element.get("aria-hidden") == "true"
