"""Typed links in text: the Link header, and link-format documents such as TimeMaps. Pure.

Knows RFC 8288 (section 3) and RFC 6690; must not know what a relation means.
"""

import re
from typing import NamedTuple

_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(r"""\s*;\s*([!#$&+.^`|~\w-]+\*?)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]*)))?""")


class Link(NamedTuple):
    """A link as it stands: `target` may be relative; parameters have lower-case names, the first of a name counts."""

    target: str
    parameters: dict[str, str]

    @property
    def relations(self) -> tuple[str, ...]:
        """The relation types, in lower case."""
        return tuple(self.parameters.get("rel", "").lower().split())


def read(text: str) -> list[Link]:
    """The links in a text, in order. What cannot be read ends the list; nothing raises."""
    links: list[Link] = []
    at = 0
    while found := _TARGET.match(text, at):
        at = found.end()
        parameters: dict[str, str] = {}
        while given := _PARAMETER.match(text, at):
            at = given.end()
            quoted, plain = given[2], given[3]
            value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain or ""
            parameters.setdefault(given[1].lower(), value)
        links.append(Link(found[1].strip(), parameters))
        rest = text.find(",", at)
        if text[at : rest if rest >= 0 else None].strip(" \t\r\n;"):
            break
    return links
