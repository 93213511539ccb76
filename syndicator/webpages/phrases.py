"""Phrases by which a page says that the piece is not there, found in titles, headings and text.

Knows the one rule of matching: a phrase must be the *whole* of a title's part, a heading or a sentence, not stand
somewhere in it. "Page not found" is one; "Page not found: the story of the lost web", "Not Found: the missing billions"
and "Gone with the wind" are none. Must not know pages or weights; the words of each language are in `tongues`.

Texts are compared as `titles.folded` leaves them: without case, accents, apostrophes and punctuation.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache, lru_cache

from syndicator.webpages.first_words import first_words
from syndicator.webpages.titles import folded, segments, unaccented
from syndicator.webpages.tongues import TONGUES, Tongue

MOST_WORDS = 30  # of a sentence that may be a phrase
MOST_CHARACTERS = 240


class Strength(IntEnum):
    """How much a phrase says."""

    NONE = 0
    WEAK = 1  # something is wrong, or a word that stands for other things too
    STRONG = 2


# What stands around a phrase and says no more: numbers of the error, and calls of distress.
_NUMBERS = re.compile(
    "(?:http |page |pagina |seite |страница )?"
    "(?:error |status |code |fehler |erreur |errore |erro |fout |blad |chyba |hata |ошибка |помилка |エラー|错误|錯誤)*"
    "(?:code |status |nr |no |n )?(?:4 ?0 ?4|4 ?1 ?0)(?: page| error)?"
)
_DECORATIONS = frozenset(
    unaccented(
        "404 410 error errors http https status code oops whoops ups uups oeps hoppla sorry oh no uh warning notice"
        " file fehler erreur errore erro err fout blad chyba hata loi virhe hiba eroare fejl feil fel kesalahan ralat"
        " ошибка помилка грешка σφάλμα エラー 错误 錯誤 오류 خطا خطای שגיאה त्रुटि not_found page404 404page"
    ).split()
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟।\n]+(?=\s|$|[\u3040-\u9fff])|[。！？\n]+|\s[-–—|]\s")


def in_title(title: str, site: frozenset[str] = frozenset()) -> Strength:
    """How strongly a page's title says that the piece is not there; `site` are folded names of the outlet.

    A strong phrase beside words that are not the outlet's name counts as weak if those are many: it may be a
    headline ("Page not found – the story of the lost web").
    """
    parts = [(part, folded(part)) for part in segments(title)]
    if len(parts) == 1 and ":" in title:
        return max(_of(folded(title)), _with_site(title, site))
    best = Strength.NONE
    for number, (_, words) in enumerate(parts):
        strength = _of(words)
        if strength > best:
            rest = [other for place, (_, other) in enumerate(parts) if place != number and other not in site]
            wordy = sum(len(other.split()) for other in rest if not _of(other)) > MOST_BESIDE
            best = Strength.WEAK if wordy and strength is Strength.STRONG else strength
    return best


MOST_BESIDE = 6  # words beside a phrase in a title: names of outlets and their sections are hardly longer


def _with_site(title: str, site: frozenset[str]) -> Strength:
    """A title such as "Example News: Page not found", where the other side of the colon is the outlet's name."""
    before, _, after = title.partition(":")
    if folded(before) in site:
        return _of(folded(after))
    return _of(folded(before)) if folded(after) in site else Strength.NONE


@lru_cache(maxsize=4096)
def in_heading(heading: str) -> Strength:
    """How strongly a heading says it: as a whole, or in its first sentence."""
    whole = _of(folded(heading))
    return whole or max((_of(folded(part)) for part in sentences(heading)), default=Strength.NONE)


def in_text(text: str, most: int = 60) -> Strength:
    """Whether one of the first sentences of a text says it. Only strong phrases count: prose has many words."""
    found = any(_of(folded(part)) is Strength.STRONG for part in sentences(text)[:most])
    return Strength.STRONG if found else Strength.NONE


def sentences(text: str) -> list[str]:
    """The sentences of a text of several lines."""
    return [part for part in _SENTENCE_END.split(text) if part and part.strip()]


def any_of(texts: Iterable[str]) -> Strength:
    """The strongest of headings."""
    return max(map(in_heading, texts), default=Strength.NONE)


@lru_cache(maxsize=4096)
def _of(words: str) -> Strength:
    """The strength of folded words as a whole."""
    if not words or len(words) > MOST_CHARACTERS or words.count(" ") >= MOST_WORDS:
        return Strength.NONE
    if _NUMBERS.fullmatch(words):
        return Strength.STRONG
    bare = _bare(words)
    candidates = (words,) if bare == words else (words, bare)
    for candidate in candidates:
        if candidate and any(
            pattern.fullmatch(candidate) for pattern in _may_match(candidate, Strength.STRONG)
        ):
            return Strength.STRONG
    numbered = bare != words and re.search(r"\b4[01][40]\b", words) is not None
    for candidate in candidates:
        if candidate and any(
            pattern.fullmatch(candidate) for pattern in _may_match(candidate, Strength.WEAK)
        ):
            return Strength.STRONG if numbered else Strength.WEAK
    return Strength.STRONG if not bare and "404" in words else Strength.NONE


def _bare(words: str) -> str:
    """The words without decorations at both ends."""
    parts = words.split()
    while parts and parts[0] in _DECORATIONS:
        del parts[0]
    while parts and parts[-1] in ("404", "410", "error", "http", "sorry", "oops", "code", "status", "err"):
        parts.pop()
    return " ".join(parts)


# Nearly all headlines begin as no phrase does: to try only the tongues that know the first word took the weighing of
# one from 25 µs to 4.


def _may_match(words: str, strength: Strength) -> Iterator[re.Pattern[str]]:
    """The patterns that may take the words: by their first one, or of tongues that do not part words by blanks."""
    first = words.partition(" ")[0]
    by_word, others = _by_first_word(strength)
    for pattern in by_word.get(first, ()):
        yield _compiled(pattern)
    for begins, pattern in others:
        if first.startswith(begins):
            yield _compiled(pattern)


@cache
def _by_first_word(strength: Strength) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Patterns by the words that they can begin with, and those with what else they begin with."""
    by_word: dict[str, list[str]] = {}
    others: list[tuple[str, str]] = []
    for tongue in TONGUES:
        pattern = unaccented(_strong(tongue) if strength is Strength.STRONG else tongue.weak)
        if not tongue.spaced:
            others.append(("", pattern))
            continue
        for word in first_words(pattern):
            if word.endswith("*"):
                others.append((word[:-1], pattern))
            else:
                by_word.setdefault(word, []).append(pattern)
    return by_word, others


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _strong(tongue: Tongue) -> str:
    blank = " " if tongue.spaced else " ?"
    before = f"(?:{tongue.before})?" if tongue.before else ""
    if before and not tongue.spaced:
        before += " ?"
    after = f"(?:{tongue.after})?" if tongue.after else ""
    between = f"(?: (?:{tongue.clause})(?: [^ ]+){{0,8}}?)?" if tongue.spaced else ""
    clause = f"(?: (?:{tongue.clause})(?: [^ ]+){{0,8}})?" if tongue.spaced else ""
    made = [f"{before}(?:{tongue.things}){between}{blank}(?:{tongue.fates}){after}"]
    if tongue.laments:
        made.append(
            f"{before}(?:{tongue.laments})(?:{blank}[^ ]+){{0,3}}?{blank}(?:{tongue.things}){clause}{after}"
        )
    if tongue.strong:
        made.append(f"{before}(?:{tongue.strong}){after}")
    return "|".join(f"(?:{one})" for one in made).replace(" _", "(?: [^ ]+){0,8}")
