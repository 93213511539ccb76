"""Full-text search: words as people type them, in title, summary, author and outlet names; never a syntax error."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import desk
from syndicator.catalogue import pieces, search
from syndicator.catalogue.pieces import Filter
from syndicator.model.records import Noun
from syndicator.site import Site
from tests.builders import log, make_site
from tests.catalogue.rows import plain

SYNTAX = st.sampled_from(
    [
        '"',
        "'",
        "*",
        "^",
        "-",
        "+",
        "(",
        ")",
        "{",
        "}",
        ":",
        "AND",
        "OR",
        "NOT",
        "NEAR(a b, 2)",
        "title:",
        "\x00",
        " ",
    ]
)


def found(site: Site, words: str) -> list[int]:
    with desk.searchable(site) as connection:
        return pieces.matching(connection, Filter(words=words))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    opened = make_site(tmp_path)
    log(
        opened,
        1,
        title="Burden sharing in NATO",
        summary="<p>Why the <em>alliance</em> argues about money.</p>",
        authors=["Émile Zola"],
        placements=[{"url": "https://lawfare.example/1", "outlet": "Lawfare"}],
    )
    log(opened, 2, title="Sharing a border", summary="", authors=["Jo Doe"], featured=["Lin Wei"])
    return opened


class TestFinding:
    @pytest.mark.parametrize(
        ("words", "pieces_found"),
        [
            ("nato", [1]),
            ("NATO burden", [1]),
            ("sharing", [2, 1]),
            ("sharing money", [1]),
            ("sharing nothing", []),
            ('"burden sharing"', [1]),
            ('"sharing burden"', []),
            ("alliance", [1]),
            ("allia", [1]),
            ("allia money", []),
            ("money allia", [1]),
            ('"allia"', []),
            ("em money", []),
            ("zola", [1]),
            ("emile", [1]),
            ("ÉMILE", [1]),
            ("lin wei", [2]),
            ("lawfare", [1]),
            ("outlet", [2]),
            ("border jo", [2]),
            ("p", []),
            ("", [2, 1]),
            (" ", []),
            ("---", []),
        ],
    )
    def test_all_words_must_occur_the_last_may_be_a_beginning(
        self, site: Site, words: str, pieces_found: list[int]
    ) -> None:
        assert found(site, words) == pieces_found

    @pytest.mark.parametrize(
        "words",
        ['"', "nato*", "NOT nato", "nato OR", "title:nato", "NEAR(nato)", "nato)", "^nato", "a AND", "\x00"],
    )
    def test_what_is_syntax_elsewhere_is_words_here(self, site: Site, words: str) -> None:
        found(site, words)

    @given(
        st.lists(SYNTAX | st.text(st.characters(exclude_categories=()), max_size=8), max_size=8).map("".join)
    )
    def test_no_words_are_an_error(self, words: str) -> None:
        index = sqlite3.connect(":memory:")
        index.execute(
            "CREATE VIRTUAL TABLE search USING fts5(title, tokenize = 'unicode61 remove_diacritics 2')"
        )
        expression = search.expression(words)
        if expression:
            index.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,)).fetchall()
        index.close()


class TestFollowing:
    """The index follows every edit, through the desk or past it."""

    def test_a_new_name_of_an_author_or_outlet(self, site: Site) -> None:
        desk.rename(site, desk.find_name(site, Noun.AUTHORS, "Jo Doe"), "Jo Smith")
        desk.rename(site, desk.find_name(site, Noun.OUTLETS, "Lawfare"), "Lawfare Media")
        assert (found(site, "smith"), found(site, "doe"), found(site, "lawfare media")) == ([2], [], [1])

    def test_people_who_became_one(self, site: Site) -> None:
        source, target = (desk.find_name(site, Noun.AUTHORS, name) for name in ("Lin Wei", "Émile Zola"))
        desk.merge_names(site, source, target)
        assert (found(site, "zola"), found(site, "wei")) == ([2, 1], [])

    def test_a_revised_piece(self, site: Site) -> None:
        desk.revise(site, 1, {"title": "Nothing else", "summary": "", "authors": ["Jo Doe"]})
        assert (found(site, "nato"), found(site, "money"), found(site, "zola")) == ([], [], [])
        assert (found(site, "else doe"), found(site, "doe")) == ([1], [2, 1])

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE pieces SET title = 'A quokka' WHERE id = 1",
            "UPDATE pieces SET summary = '<p>A quokka</p>' WHERE id = 1",
            "UPDATE authors SET name = 'A quokka' WHERE name = 'Émile Zola'",
            "UPDATE outlets SET name = 'The quokka' WHERE name = 'Lawfare'",
        ],
    )
    def test_an_edit_past_the_desk(self, site: Site, statement: str) -> None:
        tool = plain(site.catalogue.path)
        tool.execute(statement)
        tool.close()
        assert found(site, "quokka") == [1]

    def test_a_piece_that_was_deleted_past_the_desk(self, site: Site) -> None:
        tool = plain(site.catalogue.path)
        tool.execute("DELETE FROM pieces WHERE id = 1")
        tool.close()
        assert found(site, "sharing") == [2]
