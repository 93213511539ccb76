"""Entries taken over as bytes from documents that stand, so that one new piece does not render hundreds anew.

Knows how our own documents are put together; must not know pieces. Only for documents whose digest is in the
books of this edition, and only for entries of pieces that nothing touched: they would be rendered to these bytes.
"""

import re
from collections.abc import Callable, Mapping
from itertools import repeat
from typing import Any

from syndicator.model.scopes import Format
from syndicator.publish.spool import Fragments

# Where entries begin in each format, and what follows the last. Text is escaped: neither can stand within one.
_ATOM = (b"<entry>", b"</feed>")
_RSS = (b"<item>", b"</channel></rss>")
_PAGE = (b'<li class="h-entry">', b"</ol>")
_JSON = (b'{"id":"', b"]}")
_HEAD = re.compile(rb"<entry><id>([^<]*)</id><title>[^<]*</title><updated>([^<]*)<")


class StandingEntries:
    """Entries by the escaped text of their id; a fragment that is not known is empty."""

    def __init__(self) -> None:
        self._entries: dict[bytes, Fragments] = {}

    def take_over(self, documents: Mapping[Format, bytes | None], page_part: str) -> None:
        """Takes the entries of one feed in its formats; `page_part` says what its page lists: item or line.

        Documents that do not stand are None; where the formats do not show the same entries, nothing is taken.
        """
        atom = documents.get(Format.ATOM)
        if atom is None:
            return
        found: dict[str, list[Any]] = {"atom": _split(atom, _ATOM)}
        for name, format, marks in (("rss", Format.RSS, _RSS), (page_part, Format.HTML, _PAGE)):
            content = documents.get(format)
            if content is not None:
                found[name] = _split(content, marks)
        content = documents.get(Format.JSON)
        if content is not None:
            found["json"] = _json_items(content)
        if len({len(parts) for parts in found.values()}) > 1:
            return
        heads = _HEAD.findall(atom)
        if len(heads) != len(found["atom"]):
            return
        found["updated"] = [f"{updated[:19].decode()}Z" for _, updated in heads]
        columns = (found.get(name) or repeat(b"") for name in Fragments._fields)
        for (key, _), fragments in zip(heads, map(Fragments, *columns), strict=False):
            known = self._entries.get(key)
            self._entries[key] = _joined(known, fragments) if known else fragments

    def get(self, entry_id: bytes, needed: Callable[[Fragments], tuple[bytes, ...]]) -> Fragments | None:
        """An entry of which all needed fragments are known."""
        fragments = self._entries.get(entry_id)
        return fragments if fragments and all(needed(fragments)) else None


def _joined(known: Fragments, more: Fragments) -> Fragments:
    return Fragments(
        more.atom,
        known.rss or more.rss,
        more.json,
        known.item or more.item,
        known.line or more.line,
        known.updated,
    )


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
