"""Entries taken over as bytes from documents that stand, so that one new piece does not render hundreds anew.

Knows how our own documents are put together; must not know pieces. Only for documents whose digest is in the
books of this edition, and only for entries of pieces that nothing touched: they would be rendered to these bytes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from syndicator.model.scopes import Format

# Where entries begin in each format, and what follows the last. Text is escaped: neither can stand within one.
_ATOM = (b"<entry>", b"</feed>")
_RSS = (b"<item>", b"</channel></rss>")
_PAGE = (b'<li class="h-entry">', b"</ol>")
_JSON = (b'{"id":"', b"]}")


class Standing(NamedTuple):
    """What is known of one entry: its `updated` as a stamp, and its bytes by the name of the fragment."""

    updated: str
    parts: dict[str, Any]


class StandingEntries:
    """Entries by the escaped text of their id."""

    def __init__(self) -> None:
        self._entries: dict[bytes, Standing] = {}

    def take_over(self, documents: Mapping[Format, bytes | None], page_part: str) -> None:
        """Takes the entries of one feed in its formats; `page_part` says what its page lists: item or line.

        Documents that do not stand are None; where the formats do not show the same entries, nothing is taken.
        """
        atom = documents.get(Format.ATOM)
        if atom is None:
            return
        found = {"atom": _split(atom, _ATOM)}
        for name, format, marks in (("rss", Format.RSS, _RSS), (page_part, Format.HTML, _PAGE)):
            content = documents.get(format)
            if content is not None:
                found[name] = _split(content, marks)
        content = documents.get(Format.JSON)
        if content is not None:
            found["json"] = _json_items(content)
        if len({len(parts) for parts in found.values()}) > 1:
            return
        for number, entry in enumerate(found["atom"]):
            key = _between(entry, b"<id>", b"</id>")
            updated = _between(entry, b"<updated>", b"</updated>").decode()[:19] + "Z"
            standing = self._entries.setdefault(key, Standing(updated, {}))
            standing.parts.update((name, parts[number]) for name, parts in found.items())

    def get(self, entry_id: bytes, needed: Sequence[str]) -> Standing | None:
        """An entry of which all needed fragments are known."""
        standing = self._entries.get(entry_id)
        return standing if standing and all(name in standing.parts for name in needed) else None


def _split(document: bytes, marks: tuple[bytes, bytes]) -> list[bytes]:
    begin, end = marks
    _, *entries = document.split(begin)
    if entries:
        entries[-1] = entries[-1][: entries[-1].index(end)]
    return [begin + entry for entry in entries]


def _json_items(document: bytes) -> list[bytes]:
    """The items of a JSON Feed: raw quotes cannot stand in a string, so only an item begins like this."""
    begin, end = _JSON
    items = document[document.index(b'"items":[') + len(b'"items":[') : -len(end)]
    return [begin + item for item in items.removeprefix(begin).split(b"," + begin)] if items else []


def _between(text: bytes, begin: bytes, end: bytes) -> bytes:
    start = text.index(begin) + len(begin)
    return text[start : text.index(end, start)]
