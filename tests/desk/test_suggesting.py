"""What a new piece may be filed under, and how often that is right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.desk.suggesting import LEAST, MOST, named, ranked, suggest, tallied
from syndicator.transfer import sample
from tests.builders import log, make_site
from tests.desk.suggesting_report import made_site, score


def test_most_suggestions_are_right(tmp_path: Path) -> None:
    """Each piece of the made catalogue in turn, from the words of the others."""
    found = score(made_site(tmp_path, 250))
    assert found.among_three >= 0.9
    assert found.program >= 0.9


def test_a_small_real_catalogue_helps_already(tmp_path: Path) -> None:
    """The seventeen pieces that ship, under thirty-three topics."""
    site = make_site(tmp_path)
    sample.load(site, on_line=lambda line: None)
    assert score(site).among_three >= 0.9


def test_an_empty_record_suggests_nothing(tmp_path: Path) -> None:
    """And does not fail."""
    assert suggest(make_site(tmp_path), "Anything at all") == ((), ())


def test_a_topic_that_the_text_names_is_suggested(tmp_path: Path) -> None:
    """Whatever the case, accents and hyphens."""
    site = make_site(tmp_path)
    log(site, topics=["Burden sharing", "Québec"])
    found = suggest(site, "The burden-sharing dilemma", "What QUEBEC wants.")
    assert {one.name for one in found.topics} == {"Burden sharing", "Québec"}


def test_the_piece_itself_is_not_asked(tmp_path: Path) -> None:
    """Leaving it out is as if it were not recorded yet."""
    site = make_site(tmp_path)
    piece = log(site, title="Xylophones in orbit", authors=["Jo Doe"])
    assert suggest(site, "Xylophones in orbit", authors=["Jo Doe"]).topics
    assert suggest(site, "Xylophones in orbit", authors=["Jo Doe"], but=piece) == ((), ())


@pytest.mark.parametrize("title", ['"', "a OR NOT *", "\0\ud800", "NEAR(", "é" * 20_000, "search MATCH '"])
def test_no_text_is_a_syntax_error(tmp_path: Path, title: str) -> None:
    """Words are quoted, and too many are not looked at."""
    site = make_site(tmp_path)
    log(site)
    suggest(site, title, title)


SHARES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1), max_size=8)


@given(SHARES, st.sets(st.sampled_from("abcxyz")))
def test_what_is_said_only_gains(shares: dict[str, float], said: set[str]) -> None:
    """A name in the text never makes a suggestion less likely, and all are shares, likeliest first."""
    found = ranked(shares, said)
    assert len(found) <= MOST
    assert all(LEAST <= one.share <= 1 for one in found)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert all(one.share + 0.001 >= shares.get(one.name, 0.0) for one in found)


@given(st.lists(st.dictionaries(st.integers(1, 9), st.floats(0.1, 9)), max_size=3))
def test_shares_are_of_all_that_voted(votes: list[dict[int, float]]) -> None:
    """Where every piece is filed under the one topic, that has all the votes; unfiled pieces have none."""
    shares = tallied([(1.0, group) for group in votes], {piece: ["China"] for piece in range(1, 6)})
    voted = any(piece < 6 for group in votes for piece in group)
    assert shares == ({"China": pytest.approx(1.0)} if voted else {})


def test_a_name_within_another_word_is_not_said() -> None:
    """“Iran” is not in “Tirane”."""
    assert named(["tirane", "and", "us", "policy"], ["Iran", "US policy"]) == {"US policy"}
