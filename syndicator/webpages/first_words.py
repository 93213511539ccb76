"""With which words the texts begin that a pattern takes: so that only patterns are tried that could match.

Knows the little of regular expressions that `tongues` is written in – literals, `.`, classes, `\\w`, groups that do not
capture, alternatives and quantifiers –; must not know phrases.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<open>\(\?:)|(?P<close>\))|(?P<bar>\|)|(?P<any>\.|\\w|\[\^[^\]]*\])|\[(?P<one_of>[^\]-]+)\]"
    r"|(?P<times>[?*+]|\{\d+(?:,\d*)?\})\??|(?P<letter>[^\\\[\]{}()^$])",
    re.DOTALL,
)
_WILD = "*"
Heads = frozenset[str]


def first_words(pattern: str) -> Heads:
    """The first words, up to the first blank; one that ends with `*` stands for all words that begin so.

    Raises ValueError for a pattern that uses more than is known here.
    """
    tokens = list(_tokens(pattern))
    heads, end = _alternatives(tokens, 0)
    if end != len(tokens):
        raise ValueError(f"a bracket too many: {pattern}")
    return frozenset(head.rstrip() for head in heads)


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(pattern):
        found = _TOKEN.match(pattern, at)
        if found is None:
            raise ValueError(f"not known here: {pattern[at : at + 10]}")
        assert found.lastgroup
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


# Heads are what has been read of a first word; one that ends with a blank or `*` is whole, and nothing is added to it.


def _alternatives(tokens: list[tuple[str, str]], at: int) -> tuple[Heads, int]:
    heads: Heads = frozenset()
    while True:
        branch, at = _sequence(tokens, at)
        heads |= branch
        if at == len(tokens) or tokens[at][0] != "bar":
            return heads, at
        at += 1


def _sequence(tokens: list[tuple[str, str]], at: int) -> tuple[Heads, int]:
    heads: Heads = frozenset({""})
    while at < len(tokens) and tokens[at][0] not in ("bar", "close"):
        if all(map(_is_whole, heads)):
            return heads, _end_of_sequence(tokens, at)
        kind, value = tokens[at]
        if kind == "open":
            item, at = _alternatives(tokens, at + 1)
        else:
            item = frozenset({_WILD} if kind == "any" else value)
        at += 1
        if at < len(tokens) and tokens[at][0] == "times":
            item = _repeated(item, tokens[at][1])
            at += 1
        heads = _joined(heads, item)
    return heads, at


def _end_of_sequence(tokens: list[tuple[str, str]], at: int) -> int:
    depth = 0
    while at < len(tokens) and (depth or tokens[at][0] not in ("bar", "close")):
        depth += {"open": 1, "close": -1}.get(tokens[at][0], 0)
        at += 1
    return at


def _repeated(item: Heads, times: str) -> Heads:
    """What a repetition begins with: what is left open after one time may be anything."""
    if times != "?":
        item = frozenset(head if _is_whole(head) else head + _WILD for head in item)
    return item | {""} if times[0] in "?*" or times.startswith("{0") else item


def _joined(heads: Heads, item: Heads) -> Heads:
    open_ = [head for head in heads if not _is_whole(head)]
    return heads.difference(open_).union(head + more for head in open_ for more in item)


def _is_whole(head: str) -> bool:
    return head.endswith((" ", _WILD))
