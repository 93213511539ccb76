"""What the feed formats share: escaping, addresses, dates, and words that a reader is shown.

Knows XML 1.0 (escaped as libxml2 does), RFC 3986, RFC 3339 and RFC 822; must not know any one format.
"""

import html
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import quote

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_URI = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~:/?#@!$&'()*+,;="
_NOT_IN_URI = re.compile(r"[^0-9A-Za-z\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")


def escape(characters: str) -> str:
    """Character data of an XML element."""
    if "&" in characters or "<" in characters or ">" in characters or "\r" in characters:
        characters = characters.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return characters.replace("\r", "&#13;")
    return characters


def attribute(characters: str) -> str:
    """The value of an XML attribute; white space is written so that no parser folds it (XML 1.0, 3.3.3)."""
    characters = escape(characters).replace('"', "&quot;")
    return characters.replace("\n", "&#10;").replace("\t", "&#9;")


def uri(url: str) -> str:
    """The URL in the characters of RFC 3986; browsers leave `|` or `{` in a query, validators refuse them."""
    if "%" not in url and not url.strip(_URI):  # Nothing is left: quicker to know than by the expression.
        return url
    if _NOT_IN_URI.search(url) is None:
        return url
    scheme, mark, rest = url.partition("://")
    # The brackets of an IPv6 host are in their place, hosts beyond ASCII have no percent-encoding.
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host}{slash}{_NOT_IN_URI.sub(_percent_encoded, path)}"


def _percent_encoded(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def uri_attribute(url: str) -> str:
    """The URL as an attribute; of its characters only the ampersand needs escaping."""
    return uri(url).replace("&", "&amp;")


def rfc3339(moment: datetime) -> str:
    """`2024-06-16T00:00:00-04:00`, with the moment's own offset where the format can say it."""
    written = moment.isoformat()
    if len(written) == 25:
        return written
    # Before 1883 local mean time: New York is 4:56:02 behind, and offsets have no seconds (RFC 3339, 4.2).
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def rfc822(moment: datetime) -> str:
    """`Sun, 16 Jun 2024 00:00:00 -0400`: RFC 822 with the four-digit year of RSS 2.0, whatever the locale."""
    return rfc822_of(rfc3339(moment))


def rfc822_of(written: str) -> str:
    """The same of what `rfc3339` wrote."""
    return f"{_rfc822_day(written[:10])} {written[11:19]} {written[19:22]}{written[23:]}"


@lru_cache(maxsize=4096)
def _rfc822_day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{_DAYS[day.weekday()]}, {day.day:02} {_MONTHS[day.month]} {day.year:04}"


def byline(names: Sequence[str]) -> str:
    """All names in one element: few readers show several `dc:creator`, and those that split one do so at commas."""
    return ", ".join(names)


def link_paragraph(url: str, words: str) -> str:
    """HTML: a paragraph that is a link."""
    return f'<p><a href="{html.escape(url)}">{html.escape(words, quote=False)}</a></p>'
