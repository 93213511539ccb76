"""First words: whatever a pattern takes begins with one of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.webpages.first_words import first_words
from syndicator.webpages.phrases import _strong
from syndicator.webpages.titles import unaccented
from syndicator.webpages.tongues import TONGUES, Tongue


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("not found|gone", {"not", "gone"}),
        ("(?:oh |ah )?no(?:pe)?", {"oh", "ah", "no", "nope"}),
        ("web ?page", {"web", "webpage"}),
        ("gon[ea]", {"gone", "gona"}),
        (r"storn\w+ x", {"storn*"}),
        (".{0,3}x", {"*", "x"}),
        ("(?:no )+page", {"no"}),
        ("(?:no )*page", {"no", "page"}),
        ("", {""}),
    ],
)
def test_first_words(pattern: str, words: set[str]) -> None:
    assert first_words(pattern) == words


@pytest.mark.parametrize("pattern", ["(a", "a)", "(?=a)", r"\d", "^a"])
def test_refuses_what_it_does_not_know(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|not known"):
        first_words(pattern)


@pytest.mark.parametrize(
    "tongue", [tongue for tongue in TONGUES if tongue.spaced], ids=lambda tongue: tongue.code
)
@given(data=st.data())
def test_every_phrase_begins_with_one(tongue: Tongue, data: st.DataObject) -> None:
    pattern = unaccented(_strong(tongue))
    phrase = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    words = first_words(pattern)
    first = phrase.partition(" ")[0]
    assert first in words or any(word[-1:] == "*" and first.startswith(word[:-1]) for word in words)
