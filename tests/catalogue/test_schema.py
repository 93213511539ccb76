"""What the schema itself holds to, whichever tool writes: checks, uniqueness, references, slugs that stay."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.model.kinds import Kind
from syndicator.model.records import CreditRole, Noun, Relation, Status
from tests.catalogue.rows import AT, PIECE, insert, plain, small_record

NAMED = [noun.value for noun in Noun]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    small_record(tmp_path / "record.db")
    opened = plain(tmp_path / "record.db", foreign_keys=True)
    yield opened
    opened.close()


def old_slugs(connection: sqlite3.Connection, noun: str, name_id: int) -> list[str]:
    column = f"{noun.removesuffix('s')}_id"
    rows = connection.execute(f"SELECT slug FROM old_slugs WHERE {column} = ? ORDER BY id", (name_id,))
    return [row[0] for row in rows]


class TestChecks:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("title", "  "),
            ("title", None),
            ("status", "live"),
            ("kind", "essay"),
            ("published", "16 June 2024"),
            ("published", "2024-06-16T13:30"),
            ("published", "2024-06-16T13:30:00+02:00"),
            ("published_at", "2024-06-16"),
            ("updated_at", "yesterday"),
            ("updated_at", "2024-13-01T00:00:00Z"),
            ("created_at", "2024-02-30T00:00:00Z"),
            ("published_at", "2024-06-16T24:00:00Z"),
            ("entry_id", "https://a.example/1"),
            ("slug", "A Piece"),
            ("slug", ""),
            ("source_id", ""),
            ("retracted_at", AT),
            ("vetted", -1),
        ],
    )
    def test_a_piece_has_no_wrong_value(
        self, connection: sqlite3.Connection, column: str, value: str | int | None
    ) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"UPDATE pieces SET {column} = ?", (value,))

    def test_a_vetted_piece_has_an_entry_id_and_a_slug(self, connection: sqlite3.Connection) -> None:
        insert(connection, "pieces", {"title": "Not vetted", "published": "2024-06-16"})
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE pieces SET vetted = 1 WHERE title = 'Not vetted'")

    def test_columns_hold_what_they_are_declared_to_hold(self, connection: sqlite3.Connection) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
            connection.execute("UPDATE credits SET position = 'first'")

    @pytest.mark.parametrize("noun", NAMED)
    @pytest.mark.parametrize(
        ("column", "value"), [("name", " "), ("slug", "A Slug"), ("slug", ""), ("created_at", "today")]
    )
    def test_a_name_has_no_wrong_value(
        self, connection: sqlite3.Connection, noun: str, column: str, value: str
    ) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"UPDATE {noun} SET {column} = ? WHERE id = 1", (value,))

    @pytest.mark.parametrize(
        ("table", "row"),
        [
            ("links", {"key": "x", "url": "javascript:alert(1)"}),
            ("links", {"key": "", "url": "https://a.example/3"}),
            ("outlet_hosts", {"outlet_id": 1, "host": "https://a.example"}),
            ("outlet_hosts", {"outlet_id": 1, "host": "A.example"}),
            (
                "placements",
                {"piece_id": 1, "position": 1, "link_id": 2, "outlet_id": 1, "relation": "original"},
            ),
            ("placements", {"piece_id": 1, "position": 1, "link_id": 2, "outlet_id": 1, "relation": "copy"}),
            ("aliases", {"alias": "Joey"}),
            ("aliases", {"alias": "Joey", "author_id": 1, "topic_id": 1}),
            ("old_slugs", {"slug": "joey"}),
            (
                "audit",
                {"at": AT, "who": "x", "action": "add", "noun": "pieces", "noun_id": 1, "after": "no JSON"},
            ),
        ],
    )
    def test_no_wrong_row_is_added(
        self, connection: sqlite3.Connection, table: str, row: dict[str, object]
    ) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            insert(connection, table, row)


class TestClosedLists:
    """The vocabulary is declared in Python; the first step of the schema, which is history, has to say the same."""

    def test_kinds(self, connection: sqlite3.Connection) -> None:
        kinds = connection.execute("SELECT slug, label FROM kinds ORDER BY rowid").fetchall()
        assert kinds == [(kind.value, kind.label) for kind in Kind]
        for kind in Kind:
            connection.execute("UPDATE pieces SET kind = ?", (kind.value,))

    def test_statuses_relations_and_credits(self, connection: sqlite3.Connection) -> None:
        for status in Status:
            connection.execute("UPDATE pieces SET status = ?", (status.value,))
        for relation in set(Relation) - {Relation.ORIGINAL}:
            further = {"piece_id": 1, "position": 1, "link_id": 2, "outlet_id": 1, "relation": relation.value}
            insert(connection, "placements", further, "REPLACE")
        for credit in CreditRole:
            connection.execute("UPDATE credits SET credit = ?", (credit.value,))


class TestUniqueness:
    @pytest.mark.parametrize("noun", NAMED)
    def test_a_name_is_taken_once_whatever_its_case(self, connection: sqlite3.Connection, noun: str) -> None:
        name = connection.execute(f"SELECT upper(name) FROM {noun} WHERE id = 1").fetchone()[0]
        with pytest.raises(sqlite3.IntegrityError):
            insert(connection, noun, {"name": name, "slug": "another"})

    @pytest.mark.parametrize("column", ["entry_id", "slug"])
    def test_entry_ids_and_slugs_are_taken_once(self, connection: sqlite3.Connection, column: str) -> None:
        other = {"title": "Other", "published": "2024-06-16", column: PIECE[column]}
        with pytest.raises(sqlite3.IntegrityError):
            insert(connection, "pieces", other)

    def test_a_url_is_the_primary_one_of_one_piece(self, connection: sqlite3.Connection) -> None:
        insert(connection, "pieces", {"title": "Other", "published": "2024-06-16"})
        primary = {"piece_id": 2, "position": 0, "link_id": 1, "outlet_id": 2, "relation": "original"}
        with pytest.raises(sqlite3.IntegrityError):
            insert(connection, "placements", primary)
        insert(connection, "placements", primary | {"position": 1, "relation": "cross-post"})

    def test_a_canonical_url_is_one_link(self, connection: sqlite3.Connection) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            insert(connection, "links", {"key": "https://a.example/1", "url": "http://www.a.example/1"})

    def test_a_person_has_one_credit_on_a_piece(self, connection: sqlite3.Connection) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            insert(
                connection, "credits", {"piece_id": 1, "author_id": 1, "credit": "featured", "position": 0}
            )

    def test_ids_of_deleted_pieces_are_not_used_again(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM pieces")
        insert(connection, "pieces", {"title": "Other", "published": "2024-06-16"})
        assert connection.execute("SELECT id FROM pieces").fetchall() == [(2,)]


class TestReferences:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE credits SET author_id = 99",
            "UPDATE placements SET outlet_id = 99",
            "UPDATE placements SET link_id = 99",
            "UPDATE piece_topics SET topic_id = 99",
            "UPDATE topics SET parent_id = 99 WHERE id = 1",
            "DELETE FROM authors WHERE id = 1",
            "DELETE FROM outlets WHERE id = 1",
            "DELETE FROM links WHERE id = 1",
        ],
    )
    def test_nothing_points_at_what_is_not_there(
        self, connection: sqlite3.Connection, statement: str
    ) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute(statement)

    def test_with_a_piece_goes_what_hangs_on_it(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM pieces")
        for table in ("credits", "placements", "piece_topics", "piece_programs"):
            assert connection.execute(f"SELECT * FROM {table}").fetchall() == []

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE topics SET parent_id = 1 WHERE id = 1",
            "UPDATE topics SET parent_id = 2 WHERE id = 1",
            "INSERT OR REPLACE INTO topics (id, name, slug, parent_id) VALUES (1, 'Asia', 'asia', 2)",
            "INSERT INTO topics (id, name, slug, parent_id) VALUES (7, 'New', 'new', 7)",
        ],
    )
    def test_a_topic_cannot_lie_below_itself(self, connection: sqlite3.Connection, statement: str) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


@pytest.mark.parametrize("noun", NAMED)
class TestSlugs:
    def test_a_slug_that_changes_stays_as_an_older_one(
        self, connection: sqlite3.Connection, noun: str
    ) -> None:
        first = connection.execute(f"SELECT slug FROM {noun} WHERE id = 1").fetchone()[0]
        for slug in ("second", "third", first, "third"):
            connection.execute(f"UPDATE {noun} SET slug = ? WHERE id = 1", (slug,))
        assert old_slugs(connection, noun, 1) == ["second", first]

    @pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
    def test_so_does_one_that_is_replaced(
        self, tmp_path: Path, connection: sqlite3.Connection, noun: str, verb: str
    ) -> None:
        tool = plain(tmp_path / "record.db")
        first = tool.execute(f"SELECT slug FROM {noun} WHERE id = 1").fetchone()[0]
        insert(tool, noun, {"id": 1, "name": "Another", "slug": "another"}, verb)
        assert old_slugs(tool, noun, 1) == [first]
        tool.close()

    def test_the_older_slug_of_one_cannot_become_anothers(
        self, connection: sqlite3.Connection, noun: str
    ) -> None:
        insert(connection, noun, {"name": "Another", "slug": "another"})
        first = connection.execute(f"SELECT slug FROM {noun} WHERE id = 1").fetchone()[0]
        connection.execute(f"UPDATE {noun} SET slug = 'second' WHERE id = 1")
        refused = "slug belongs to an older name of another row"
        with pytest.raises(sqlite3.IntegrityError, match=refused):
            connection.execute(f"UPDATE {noun} SET slug = ? WHERE name = 'Another'", (first,))
        with pytest.raises(sqlite3.IntegrityError, match=refused):
            insert(connection, noun, {"name": "A third", "slug": first})

    def test_other_nouns_may_have_it(self, connection: sqlite3.Connection, noun: str) -> None:
        for other in set(NAMED) - {noun}:
            insert(connection, other, {"name": "Same", "slug": "same"})
        connection.execute(f"UPDATE {noun} SET slug = 'same' WHERE id = 1")
