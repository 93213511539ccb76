"""Text from outside, made safe once on the way in: summaries as HTML, names and titles as one line, slugs.

Knows HTML and Unicode; must not know what the text is used for. The HTML sanitiser is nh3 (Rust ammonia).
"""

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

SUMMARY_TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "em", "h3", "h4", "i", "ins", "li", "ol",
        "p", "pre", "q", "s", "small", "strong", "sub", "sup", "u", "ul",
    }
)  # fmt: skip
SUMMARY_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "q": {"cite"},
}
BLOCK_TAGS = (
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
)  # fmt: skip

# Not allowed in XML 1.0 (section 2.2, Char), plus C1 controls, which only ever come from broken encodings.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(rf"</?(?:{'|'.join(BLOCK_TAGS)})\b[^<>]*>", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w+);")
_PRE_GAP = re.compile("(?<=<pre>)\n+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 80
# Deeply nested markup takes quadratic time to parse: of what has more tags than any summary, only words stay.
MOST_TAGS = 5_000
MOST_READINGS = 8


def printable(text: str) -> str:
    """The text without the characters that no XML document can hold; everything else stays."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """A title or name: printable, white space folded, trimmed."""
    if text.isprintable() and "  " not in text:  # Most are: for Python the blank is the only printable space.
        return text.strip()
    return _SPACES.sub(" ", printable(text)).strip()


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """What two spellings of a name must share to be the same name: canonical caseless matching.

    Composed and decomposed letters are the same (The Unicode Standard, section 3.13, D145).
    """
    return unicodedata.normalize("NFC", one_line(text)).casefold()


def summary_html(text: str) -> str:
    """A summary as safe HTML. Plain text becomes paragraphs; scripts, styles and unknown tags go.

    Idempotent: what comes out goes through unchanged.
    """
    if text.count("<") > MOST_TAGS:
        return _paragraphs(plain_text(text))
    # What is left where tags were taken away may mean something else when it is read again (a paragraph
    # within a paragraph, a link within a link): it is read until it stays what it is.
    for _ in range(MOST_READINGS):
        read = _read_once(text)
        if read == text:
            return text
        text = read
    return _paragraphs(plain_text(text))


def _read_once(text: str) -> str:
    text = printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not _LOOKS_LIKE_HTML.search(text):
        return _paragraphs(text)
    # References such as &#xFFFE; are characters now; and parsers drop the first line break of a <pre>.
    return _PRE_GAP.sub("", printable(_cleaner().clean(text)).strip())


def _paragraphs(text: str) -> str:
    return "".join(
        f"<p>{html.escape(' '.join(block.split()), quote=False)}</p>"
        for block in re.split(r"\n\s*\n", text)
        if block.strip()
    )


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3  # Deferred: only writing needs it.

    return nh3.Cleaner(
        tags=SUMMARY_TAGS,
        attributes=SUMMARY_ATTRIBUTES,
        url_schemes=frozenset({"http", "https", "mailto"}),
        url_relative="deny",  # Summaries are read far from our pages: in feed readers nothing relative works.
        link_rel=None,
        strip_comments=True,
    )


def plain_text(markup: str) -> str:
    """The words of a sanitised summary, paragraphs parted by a blank."""
    return one_line(html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup))))


@lru_cache(maxsize=4096)
def slug(text: str, fallback: str) -> str:
    """A URL segment of a-z, 0-9 and hyphens, at most 80 characters, cut at a word; else `fallback`."""
    if not text.isascii():
        from anyascii import anyascii  # Deferred: its tables are only needed for names beyond ASCII.

        text = anyascii(text)
    words = _NOT_SLUG.sub("-", text.lower().replace("'", "")).strip("-")
    if len(words) > SLUG_LENGTH:
        cut = words.rfind("-", 0, SLUG_LENGTH + 1)
        words = words[: cut if cut > SLUG_LENGTH // 2 else SLUG_LENGTH].strip("-")
    return words or fallback


def cut(text: str, length: int) -> str:
    """At most `length` characters, ended at a word with an ellipsis where something was cut."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space > length // 2 else head).rstrip(" ,;:–-") + "…"
