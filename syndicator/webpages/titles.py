"""Titles, compared: whether the title of a page is that of the piece, whatever the outlet hangs on to it.

Knows how outlets dress titles ("Piece | Section | Outlet", cut, in capitals); must not know pages or outcomes.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

LONGEST = 300  # characters of a title that are looked at
SAME = 0.85  # from here on two titles are one
CLOSE = 0.7  # from here on one may well be an edited form of the other
OTHER = 0.6  # below, they have nothing to do with each other

# A dash or colon parts a title only with spaces around: "co-operation" and "Taiwan: a strategy" stay whole.
_BETWEEN = re.compile(r"[|¦‖•·»«›‹→⟩⟨∣｜＿_]+|\s(?:[-–—−―~:/<>]|::|--)\s|——|――")
# Vowel signs of Indic and South-East Asian scripts are no letters to `re`, but belong to their words.
_SIGNS = r"\u0900-\u0dff\u0e30-\u0e4e\u0eb0-\u0ece\u1000-\u109f\u1780-\u17ff"
_NOT_WORD = re.compile(rf"(?:(?![{_SIGNS}])[\W_])+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
# Letters with strokes, which no normal form takes apart, and the digits of Arabic and Persian.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"}
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_LONG_ENOUGH = 12  # characters from which on being part of a longer title is no accident
_WIDE = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)  # scripts that need fewer letters
_WIDE_ENOUGH = 5


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The bare words: no case, accents, punctuation or doubled blanks. Idempotent."""
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    return _NOT_WORD.sub(" ", unaccented(text).translate(_APOSTROPHES)).strip()


def unaccented(text: str) -> str:
    """Case, accents and compatible forms of letters away, all else as it is."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(character for character in text if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", text).casefold().translate(_PLAIN)


def segments(title: str) -> list[str]:
    """The parts of a title between bars, dashes and the like."""
    return [part for part in _BETWEEN.split(title[:LONGEST]) if part and part.strip()]


def likeness(seen: str, known: Iterable[str]) -> float:
    """How much `seen` is one of the `known` titles, from 0 to 1; 0 where there is nothing to compare."""
    seen = seen[:LONGEST]
    best = 0.0
    for title in known:
        if title and seen:
            best = max(best, _likeness(seen, title[:LONGEST]))
            if best >= 1.0:
                break
    return best


def same(seen: str, known: Iterable[str]) -> bool:
    """Whether `seen` is one of the `known` titles, by the quick tests alone."""
    words = folded(seen[:LONGEST])
    return any(_holds(words, folded(title[:LONGEST])) for title in known if title)


def _holds(seen: str, known: str) -> bool:
    return seen == known or (_distinctive(known) and known in seen)


def _distinctive(words: str) -> bool:
    return len(words) >= _LONG_ENOUGH or (len(words) >= _WIDE_ENOUGH and bool(_WIDE.search(words)))


def _likeness(seen: str, known: str) -> float:
    seen_words, known_words = folded(seen), folded(known)
    if not seen_words or not known_words:
        return 0.0
    if _holds(seen_words, known_words):
        return 1.0
    seen_parts, known_parts = _without_shared_tail(_folded_parts(seen), _folded_parts(known))
    if not seen_parts or not known_parts:  # One is nothing but the outlet's name.
        return 0.0
    best = 0.0
    for mine in {known_words if len(known_parts) < 2 else " ".join(known_parts), *known_parts[:1]}:
        for theirs in {" ".join(seen_parts), *seen_parts}:
            best = max(best, _alike(theirs, mine))
    return best


def _alike(seen: str, known: str) -> float:
    if seen == known:
        return 1.0
    shorter, longer = sorted((seen, known), key=len)
    if _distinctive(shorter) and shorter in longer and len(shorter) * 2 >= len(longer):
        return 1.0  # cut, or with a kicker or byline
    return nearness(seen, known)


def nearness(one: str, other: str) -> float:
    """How near two folded texts are to each other, in letters or in words, from 0 to 1."""
    ratio, tokens = _rapidfuzz()
    return float(max(ratio(one, other), tokens(one, other))) / 100


@cache
def _rapidfuzz():  # type: ignore[no-untyped-def]  # two C functions of one signature
    from rapidfuzz import fuzz  # Deferred: most titles are equal, or one holds the other.

    return fuzz.ratio, fuzz.token_sort_ratio


def _folded_parts(title: str) -> list[str]:
    return [words for part in segments(title) if (words := folded(part))]


def _without_shared_tail(seen: list[str], known: list[str]) -> tuple[list[str], list[str]]:
    """Both without what they share at the end or the beginning, which is the outlet's name.

    Where one is nothing but the outlet's name, it is left with nothing.
    """
    if len(known) > 1:
        shared = set(seen) & {known[0], known[-1]}
        if shared and set(known) - shared:
            return [part for part in seen if part not in shared], [p for p in known if p not in shared]
    return seen, known


# How the titles of search pages begin, and what those of other languages hold.
_ASKS_FOR = (
    r"(?:(?:search )?results?|you searched) for |search results|suchergebnisse |risultati (?:della |di )?ricerca "
    r"|resultados (?:de|da) (?:la )?(?:busqueda|busca|pesquisa) |resultats? (?:de la |de )?recherche "
    r"|zoekresultaten |wyniki wyszukiwania |результаты поиска |результати пошуку |arama sonuclari |sokresultat "
    r"|نتائج البحث |نتایج جستجو |תוצאות חיפוש "
)
_ASKED = ("の検索結果", "检索结果", "搜索结果", "搜尋結果", "검색 결과", "검색결과")


def asks_for(title: str) -> bool:
    """Whether a title is that of a search, which repeats what was asked."""
    words = folded(title)
    if _asking().match(words):
        return True
    return not words.isascii() and any(unaccented(asked) in words for asked in _ASKED)


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(unaccented(_ASKS_FOR))
