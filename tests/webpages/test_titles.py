"""Titles: the piece's is known through all that outlets hang on to it, and another's is not taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.webpages import titles

PIECE = "The Case for a Smaller Navy"


class TestTheSame:
    @pytest.mark.parametrize(
        "seen",
        [
            "The Case for a Smaller Navy",
            "The case for a smaller navy | War on the Rocks",
            "War on the Rocks: The Case for a Smaller Navy",
            "Opinion | The Case for a Smaller Navy - The Harbor Post",
            "THE CASE FOR A SMALLER NAVY",
            "“The Case for a Smaller Navy” – by A. Writer",
            "The Case for a Smaller Navy (Updated)",
        ],
    )
    def test_whatever_stands_around_it(self, seen: str) -> None:
        assert titles.likeness(seen, [PIECE]) == 1
        assert titles.same(seen, [PIECE])

    @pytest.mark.parametrize(
        "seen",
        ["The Case for a Smaller…", "The Case for Smaller Navies", "The Case for a Much Smaller Navy | WotR"],
    )
    def test_cut_or_slightly_edited(self, seen: str) -> None:
        assert titles.likeness(seen, [PIECE]) >= titles.CLOSE

    def test_accents_forms_of_letters_and_apostrophes_do_not_matter(self) -> None:
        assert titles.same("L'Europe face au retrait americain", ["L’Europe face au retrait américain"])
        assert titles.folded("Łódź – İstanbul, ﬁn ＡＢＣ ۴۰۴") == "lodz istanbul fin abc 404"

    def test_any_of_several(self) -> None:
        assert titles.likeness("台湾有事と日本の選択 - 試験新聞", [PIECE, "台湾有事と日本の選択"]) == 1

    def test_short_titles_must_be_a_part_of_their_own(self) -> None:
        assert titles.likeness("Gone | The Harbor Post", ["Gone"]) == 1
        assert not titles.same("Gone fishing in the Baltic", ["Gone"])


class TestAnother:
    @pytest.mark.parametrize(
        "seen",
        [
            "",
            "War on the Rocks",
            "Page not found | War on the Rocks",
            "Fewer Ships Would Make a Better Fleet",
            "404",
            "Home",
        ],
    )
    def test_is_another(self, seen: str) -> None:
        assert titles.likeness(seen, [PIECE]) < titles.OTHER

    def test_the_outlets_name_that_both_carry_makes_no_likeness(self) -> None:
        known = "Peace | Foreign Affairs Quarterly Review"
        assert titles.likeness("Foreign Affairs Quarterly Review", [known]) == 0
        assert titles.likeness("Page not found | Foreign Affairs Quarterly Review", [known]) < titles.OTHER

    def test_nothing_is_like_nothing(self) -> None:
        assert titles.likeness("", [""]) == 0
        assert titles.likeness("…", ["!"]) == 0


class TestFolding:
    @given(st.text(max_size=80))
    def test_is_idempotent(self, text: str) -> None:
        assert titles.folded(titles.folded(text)) == titles.folded(text)

    @given(st.text(max_size=120), st.text(max_size=120))
    def test_likeness_is_a_share(self, one: str, other: str) -> None:
        assert 0 <= titles.likeness(one, [other]) <= 1

    def test_vowel_signs_stay_with_their_words(self) -> None:
        assert titles.folded("पेज नहीं मिला!") == titles.folded("पेज  नहीं मिला")
        assert " " not in titles.folded("मिला")


class TestSegments:
    def test_bars_and_free_dashes_part_hyphens_and_colons_do_not(self) -> None:
        assert titles.segments("Co-operation: a view | Policy — The Post") == [
            "Co-operation: a view ",
            " Policy",
            "The Post",
        ]
