"""A page's fingerprint: a few short digests of what it says, so that years later we can tell whether it still does.

Knows bytes of HTML; must not know what a likeness means. Cheap enough for every first visit: the first eight
long paragraphs are digested each, not the page as a whole; so a new design around the same words, an advertisement
or a paragraph more leaves most of it as it was. Where there are hardly any paragraphs (videos, shells of scripts,
error pages) the longest stretches of text stand in for them.
"""

import re
from base64 import b64decode, b64encode
from itertools import islice
from zlib import crc32

REACH = 65_536  # bytes of the page that are looked at
PARAGRAPHS = 8
STRETCHES = 12
ENOUGH_PARAGRAPHS = 3
DIGEST = 3  # bytes each
LETTERS = 32  # of a paragraph, that are digested

_PARAGRAPH = re.compile(rb"<[pP](?:\s[^>]{0,400})?>\s*([^<]{40,})")
_STRETCH = re.compile(rb">\s*([^<>]{8,})")
_UNSEEN = re.compile(
    rb"<(script|style|template|svg|noscript|title)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# What differs between two renderings of the same words: case, blanks, punctuation, entities, typographic marks.
_FOLD = bytes(range(256)).lower()
_DROPPED = bytes(code for code in range(128) if not chr(code).isalpha())
_TYPOGRAPHIC = (b"\xe2\x80", b"\xc2\xa0")  # the first bytes of ’ “ – … in UTF-8, and the hard blank


def paragraphs(body: bytes) -> list[bytes]:
    """What the first long paragraphs begin with, up to the first mark-up in each."""
    return [found[1] for found in islice(_PARAGRAPH.finditer(body, 0, REACH), PARAGRAPHS)]


def taken(body: bytes, prose: list[bytes] | None = None) -> str:
    """The fingerprint of a page; empty where it says nothing. `prose` are its `paragraphs`, where known."""
    texts = paragraphs(body) if prose is None else prose
    if len(texts) < ENOUGH_PARAGRAPHS:
        texts = _stretches(body)
    digests = b"".join([digest for text in texts if (digest := _digest(text))])
    return b64encode(digests).decode("ascii")


def likeness(first: str, now: str) -> float:
    """How much of the first page is in the other, from 0 to 1; 0 where one of them said nothing."""
    before, after = _digests(first), _digests(now)
    if not before or not after:
        return 0.0
    return len(before & after) / min(len(before), len(after))


def substance(fingerprint: str) -> int:
    """How many pieces of text a fingerprint knows."""
    return len(_digests(fingerprint))


def _stretches(body: bytes) -> list[bytes]:
    """The longest stretches of text between tags, longest first."""
    seen = _UNSEEN.sub(b" ", body[:REACH])
    texts = sorted(
        {found[1].strip() for found in _STRETCH.finditer(seen)}, key=lambda text: (-len(text), text)
    )
    return texts[:STRETCHES]


def _digest(text: bytes) -> bytes:
    # The start decides, generously cut: how many bytes a quotation mark takes is of no account.
    head = text[: LETTERS * 4]
    if b"\xe2" in head or b"\xc2" in head:
        for mark in _TYPOGRAPHIC:
            while (at := head.find(mark)) >= 0:
                head = head[:at] + head[at + len(mark) + (mark == b"\xe2\x80") :]
    letters = head.translate(_FOLD, _DROPPED)[:LETTERS]
    return crc32(letters).to_bytes(4, "big")[:DIGEST] if letters else b""


def _digests(fingerprint: str) -> set[bytes]:
    try:
        raw = b64decode(fingerprint.encode("ascii"), validate=True)
    except ValueError:
        return set()
    return {raw[at : at + DIGEST] for at in range(0, len(raw) - len(raw) % DIGEST, DIGEST)}
