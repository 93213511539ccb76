"""Whoever edits, by whichever tool and statement: what is touched is noted, and text past the desk is marked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from syndicator.catalogue import open_catalogue
from tests.catalogue.rows import AT, PIECE, insert, plain, small_record

PIECE_EDITS = [
    "INSERT INTO credits (piece_id, author_id, credit, position) VALUES (1, 2, 'author', 5)",
    "UPDATE credits SET credit = 'featured'",
    "DELETE FROM credits",
    "REPLACE INTO credits (id, piece_id, author_id, credit, position) VALUES (1, 1, 2, 'author', 0)",
    "INSERT INTO placements (piece_id, position, link_id, outlet_id, relation) VALUES (1, 1, 2, 2, 'cross-post')",
    "UPDATE placements SET outlet_id = 2",
    "DELETE FROM placements",
]
LABEL_EDITS = [
    "INSERT INTO piece_topics (piece_id, topic_id, position) VALUES (1, 1, 5)",
    "UPDATE piece_topics SET topic_id = 1",
    "DELETE FROM piece_topics",
    "UPDATE piece_programs SET position = 7",
    "DELETE FROM piece_programs",
    "UPDATE links SET url = 'https://a.example/one' WHERE id = 1",
    "REPLACE INTO links (id, key, url) VALUES (1, 'https://a.example/1', 'https://a.example/one')",
    "DELETE FROM links WHERE id = 1",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_record(tmp_path / "record.db")
    return tmp_path / "record.db"


@pytest.fixture
def tool(path: Path) -> Iterator[sqlite3.Connection]:
    connection = plain(path)
    yield connection
    connection.close()


def changes(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return connection.execute("SELECT noun, noun_id FROM changes ORDER BY noun, noun_id").fetchall()


def unindexed(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT piece_id FROM unindexed ORDER BY piece_id")]


class TestPieces:
    @pytest.mark.parametrize(
        "column",
        [
            "title",
            "summary",
            "summary_text",
            "status",
            "kind",
            "published",
            "published_at",
            "slug",
            "entry_id",
        ],
    )
    def test_an_edit_past_the_desk_is_marked_dated_and_noted(
        self, tool: sqlite3.Connection, column: str
    ) -> None:
        value = {
            "status": "draft",
            "kind": "book",
            "published": "2020-02-02",
            "published_at": "2020-02-02T00:00:00Z",
        }
        value |= {"slug": "other", "entry_id": "tag:other"}
        tool.execute(f"UPDATE pieces SET {column} = ?", (value.get(column, "Other"),))
        vetted, updated_at = tool.execute("SELECT vetted, updated_at FROM pieces").fetchone()
        assert vetted == 0
        assert updated_at > AT
        assert changes(tool) == [("pieces", 1)]

    def test_an_instant_that_the_editor_gives_stands(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE pieces SET title = 'Other', updated_at = '2025-01-01T00:00:00Z'")
        assert tool.execute("SELECT vetted, updated_at FROM pieces").fetchone() == (0, "2025-01-01T00:00:00Z")

    def test_the_desk_marks_its_own_edits(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE pieces SET title = 'Other', vetted = vetted + 1")
        assert tool.execute("SELECT vetted, updated_at FROM pieces").fetchone() == (2, AT)

    def test_a_new_piece_is_not_vetted_and_a_draft_until_somebody_says_otherwise(
        self, tool: sqlite3.Connection
    ) -> None:
        insert(tool, "pieces", {"title": "New", "published": "2024-06-16"})
        assert tool.execute("SELECT vetted, status, kind FROM pieces WHERE id = 2").fetchone() == (
            0, "draft", "article",
        )  # fmt: skip
        assert (changes(tool), unindexed(tool)) == ([("pieces", 2)], [2])

    def test_a_piece_that_is_replaced_is_not_vetted(self, tool: sqlite3.Connection) -> None:
        row = {"id": 1, "title": "Replaced", "published": "2024-06-16"}
        insert(tool, "pieces", row, "INSERT OR REPLACE")
        assert tool.execute("SELECT vetted, title FROM pieces").fetchall() == [(0, "Replaced")]
        assert (changes(tool), unindexed(tool)) == ([("pieces", 1)], [1])

    def test_a_piece_that_is_deleted_is_noted(self, tool: sqlite3.Connection) -> None:
        tool.execute("DELETE FROM pieces")
        assert (changes(tool), unindexed(tool)) == ([("pieces", 1)], [1])

    @pytest.mark.parametrize("statement", PIECE_EDITS)
    def test_people_and_outlets_of_a_piece_are_noted_and_indexed(
        self, tool: sqlite3.Connection, statement: str
    ) -> None:
        tool.execute(statement)
        assert (changes(tool), unindexed(tool)) == ([("pieces", 1)], [1])

    @pytest.mark.parametrize("statement", LABEL_EDITS)
    def test_topics_programs_and_addresses_of_a_piece_are_noted(
        self, tool: sqlite3.Connection, statement: str
    ) -> None:
        tool.execute(statement)
        assert changes(tool) == [("pieces", 1)]

    def test_what_moves_from_one_piece_to_another_is_noted_for_both(self, tool: sqlite3.Connection) -> None:
        insert(tool, "pieces", {"title": "New", "published": "2024-06-16"})
        tool.execute("DELETE FROM changes")
        tool.execute("UPDATE credits SET piece_id = 2")
        assert changes(tool) == [("pieces", 1), ("pieces", 2)]

    def test_the_same_edit_again_is_no_fault(self, tool: sqlite3.Connection) -> None:
        for title in ("One", "Two"):
            tool.execute("UPDATE OR ABORT pieces SET title = ?", (title,))
            tool.execute("UPDATE OR FAIL credits SET position = position + 1")
        assert (changes(tool), unindexed(tool)) == ([("pieces", 1)], [1])


@pytest.mark.parametrize("noun", ["authors", "outlets", "topics", "programs"])
class TestNames:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {noun} SET name = 'Other' WHERE id = 1",
            "UPDATE {noun} SET slug = 'other' WHERE id = 1",
            "DELETE FROM {noun} WHERE id = 1",
            "REPLACE INTO {noun} (id, name, slug) VALUES (1, 'Other', 'other')",
            "INSERT INTO old_slugs (slug, {singular}_id) VALUES ('older', 1)",
        ],
    )
    def test_every_edit_of_a_name_is_noted(self, tool: sqlite3.Connection, noun: str, statement: str) -> None:
        tool.execute(statement.format(noun=noun, singular=noun.removesuffix("s")))
        assert changes(tool) == [(noun, 1)]

    def test_a_new_name_is_noted(self, tool: sqlite3.Connection, noun: str) -> None:
        insert(tool, noun, {"name": "New", "slug": "new"})
        ((noted, name_id),) = changes(tool)
        assert (noted, [(name_id,)]) == (
            noun,
            tool.execute(f"SELECT id FROM {noun} WHERE slug = 'new'").fetchall(),
        )


class TestSqliteUtils:
    """Its connections have recursive triggers on, foreign keys off, and edit by upsert and replace."""

    @pytest.fixture
    def db(self, path: Path) -> Iterator[Database]:
        with closing(sqlite3.connect(path)) as connection:
            yield Database(connection)

    @pytest.mark.parametrize("how", ["upsert", "replace", "update"])
    def test_a_piece(self, db: Database, how: str) -> None:
        table = db.table("pieces")
        if how == "upsert":
            table.upsert({"id": 1, "title": "By sqlite-utils", "published": "2024-06-16"}, pk="id")
        elif how == "replace":
            table.insert(PIECE | {"id": 1, "title": "By sqlite-utils", "vetted": 0}, pk="id", replace=True)
        else:
            table.update(1, {"title": "By sqlite-utils"})
        assert db.conn.execute("SELECT title, vetted FROM pieces").fetchall() == [("By sqlite-utils", 0)]
        assert (changes(db.conn), unindexed(db.conn)) == ([("pieces", 1)], [1])
        assert db.conn.execute("SELECT count(*) FROM placements").fetchone() == (1,)

    @pytest.mark.parametrize("noun", ["authors", "outlets", "topics", "programs"])
    @pytest.mark.parametrize("how", ["upsert", "replace"])
    def test_a_name(self, db: Database, noun: str, how: str) -> None:
        table = db.table(noun)
        slug = table.get(1)["slug"]
        row = {"id": 1, "name": "By sqlite-utils", "slug": "by-sqlite-utils"}
        if how == "upsert":
            table.upsert(row, pk="id")
        else:
            table.insert(row, pk="id", replace=True)
        assert changes(db.conn) == [(noun, 1)]
        assert [row["slug"] for row in db.table("old_slugs").rows] == [slug]

    def test_a_piece_with_its_people_by_insert_all(self, db: Database) -> None:
        db.table("credits").insert_all(
            [{"id": 1, "piece_id": 1, "author_id": 2, "credit": "author", "position": 0}], replace=True
        )
        assert (changes(db.conn), unindexed(db.conn)) == ([("pieces", 1)], [1])


class TestWithoutForeignKeys:
    """Tools that leave them off leave loose ends, which the next write takes away."""

    def assert_whole_after_a_write(self, path: Path) -> sqlite3.Connection:
        catalogue = open_catalogue(path)
        with catalogue.write():
            pass
        assert catalogue.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        catalogue.close()
        return plain(path)

    def test_a_piece_goes_with_all_that_hung_on_it(self, path: Path, tool: sqlite3.Connection) -> None:
        tool.execute("DELETE FROM pieces")
        with closing(self.assert_whole_after_a_write(path)) as connection:
            assert connection.execute("SELECT count(*) FROM placements").fetchone() == (0,)

    @pytest.mark.parametrize("noun", ["authors", "topics", "programs"])
    def test_a_name_goes_from_the_pieces_that_it_was_on(
        self, path: Path, tool: sqlite3.Connection, noun: str
    ) -> None:
        tool.execute(f"UPDATE {noun} SET slug = 'older' WHERE id = 1")
        tool.execute(f"DELETE FROM {noun}")
        self.assert_whole_after_a_write(path).close()

    def test_topics_below_one_that_goes_lie_below_none(self, path: Path, tool: sqlite3.Connection) -> None:
        tool.execute("DELETE FROM topics WHERE id = 1")
        with closing(self.assert_whole_after_a_write(path)) as connection:
            assert connection.execute("SELECT id, parent_id FROM topics").fetchall() == [(2, None)]
