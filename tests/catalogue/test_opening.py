"""Opening the record: made where there is none, brought up to date where it is old, left alone where it is not ours."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlite_utils import Database, Migrations

from syndicator.catalogue import Catalogue, open_catalogue
from syndicator.catalogue.migrations import MIGRATION_SET, SCHEMA_VERSION, STEPS, migrations, statements
from syndicator.catalogue.opening import APPLICATION_ID
from syndicator.errors import CatalogueBusy, CatalogueRefused, StorageFailed
from tests.processes import paused

NOBODY = 65534


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def old_database(path: Path) -> None:
    """A database of schema version 1 with a piece in it, as the program of that time left it."""
    only_first = Migrations(MIGRATION_SET)
    with closing(sqlite3.connect(":memory:")) as empty:
        first = migrations().pending(Database(empty))[0]
    only_first(name=first.name)(first.fn)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        only_first.apply(Database(connection))
        connection.execute("INSERT INTO authors (name, slug) VALUES ('Jo Doe', 'jo-doe')")
        connection.execute("INSERT INTO outlets (name, slug) VALUES ('The Outlet', 'the-outlet')")
        connection.execute("INSERT INTO links (key, url) VALUES ('https://a.example', 'https://a.example/')")
        connection.execute("INSERT INTO pieces (title, published) VALUES ('An old piece', '2020-02-02')")
        connection.execute("INSERT INTO placements VALUES (1, 1, 0, 1, 1, 'original')")
        connection.execute("INSERT INTO credits VALUES (1, 1, 1, 'author', 0)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")


@contextmanager
def opened(path: Path) -> Iterator[Catalogue]:
    catalogue = open_catalogue(path)
    try:
        yield catalogue
    finally:
        catalogue.close()


class TestNew:
    def test_a_database_is_made_as_ours_with_write_ahead_log_and_foreign_keys(self, tmp_path: Path) -> None:
        path = tmp_path / "new.db"
        with opened(path) as catalogue:
            assert catalogue.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert catalogue.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
            assert catalogue.connection.execute("PRAGMA busy_timeout").fetchone()[0] >= 5_000
        assert pragma(path, "application_id") == APPLICATION_ID == int.from_bytes(b"SYND")
        assert pragma(path, "user_version") == SCHEMA_VERSION == len(STEPS)

    def test_every_table_of_ours_is_strict(self, tmp_path: Path) -> None:
        with opened(tmp_path / "new.db") as catalogue:
            tables = catalogue.connection.execute(
                "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
            ).fetchall()
        assert len(tables) > 20
        assert [name for name, strict in tables if not strict] == []

    def test_opening_again_changes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "new.db"
        open_catalogue(path).close()
        before = path.read_bytes()
        open_catalogue(path).close()
        assert path.read_bytes() == before
        assert [found.name for found in tmp_path.iterdir()] == ["new.db"]

    def test_an_empty_file_is_taken_for_a_new_database(self, tmp_path: Path) -> None:
        path = tmp_path / "new.db"
        path.touch()
        open_catalogue(path).close()
        assert pragma(path, "user_version") == SCHEMA_VERSION


class TestOld:
    def test_an_older_database_is_brought_up_to_date_with_its_rows(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        old_database(path)
        with opened(path) as catalogue:
            assert catalogue.connection.execute("SELECT title FROM pieces").fetchall() == [("An old piece",)]
            assert catalogue.connection.execute("SELECT count(*) FROM feeds").fetchone() == (0,)
            assert catalogue.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert pragma(path, "user_version") == SCHEMA_VERSION

    def test_it_ends_up_with_the_same_schema_as_a_new_one(self, tmp_path: Path) -> None:
        old_database(tmp_path / "old.db")
        schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        with opened(tmp_path / "old.db") as old, opened(tmp_path / "new.db") as new:
            assert old.connection.execute(schema).fetchall() == new.connection.execute(schema).fetchall()

    def test_a_copy_of_how_it_was_is_left_beside_it(self, tmp_path: Path) -> None:
        old_database(tmp_path / "old.db")
        open_catalogue(tmp_path / "old.db").close()
        copy = tmp_path / "old.db.schema-1.bak"
        assert sorted(found.name for found in tmp_path.iterdir()) == ["old.db", copy.name]
        assert pragma(copy, "user_version") == 1
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT title FROM pieces").fetchall() == [("An old piece",)]

    def test_a_copy_that_a_killed_program_left_half_made_is_made_anew(self, tmp_path: Path) -> None:
        old_database(tmp_path / "old.db")
        (tmp_path / "old.db.schema-1.bak.part").write_bytes(b"half")
        (tmp_path / "old.db.schema-1.bak").write_bytes(b"")
        open_catalogue(tmp_path / "old.db").close()
        assert sorted(found.name for found in tmp_path.iterdir()) == ["old.db", "old.db.schema-1.bak"]
        assert pragma(tmp_path / "old.db.schema-1.bak", "user_version") == 1

    def test_what_cannot_be_brought_up_to_date_stays_as_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        old_database(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("DELETE FROM authors")  # Without foreign keys, as SQLite is by default.
        with pytest.raises(
            CatalogueRefused, match=r"1 rows point at rows that do not exist .*nothing was changed"
        ):
            open_catalogue(path)
        assert pragma(path, "user_version") == 1
        with closing(sqlite3.connect(path)) as connection:
            assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'feeds'").fetchall()

    def test_steps_are_numbered_in_order_and_leave_no_statement_open(self) -> None:
        assert [int(step[1:5]) for step in STEPS] == list(range(1, SCHEMA_VERSION + 1))
        with pytest.raises(ValueError, match="ends within a statement"):
            list(statements("SELECT 1;\nSELECT 2"))
        assert len(list(statements("-- note\nSELECT 1;\n\n-- note\n"))) == 1


class TestNotOurs:
    def assert_left_alone(self, path: Path, sentence: str) -> None:
        before = path.read_bytes()
        with pytest.raises(CatalogueRefused, match=sentence) as refusal:
            open_catalogue(path)
        assert "\n" not in str(refusal.value)
        assert path.read_bytes() == before
        assert [found.name for found in path.parent.iterdir()] == [path.name]

    def test_a_newer_database_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "newer.db"
        open_catalogue(path).close()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        self.assert_left_alone(
            path, rf"was made by a newer Syndicator \(schema {SCHEMA_VERSION + 1}, .* Upgrade"
        )

    def test_a_step_that_is_unknown_makes_it_newer_too(self, tmp_path: Path) -> None:
        path = tmp_path / "newer.db"
        old_database(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE _sqlite_migrations SET name = 'm0001_other'")
        with pytest.raises(CatalogueRefused, match="was made by a newer Syndicator"):
            open_catalogue(path)
        assert pragma(path, "user_version") == 1

    def test_an_sqlite_database_of_something_else_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE bookmarks (url TEXT)")
        self.assert_left_alone(path, "is an SQLite database, but not one of Syndicator's; it was not touched")

    def test_so_is_an_empty_one_that_bears_another_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA application_id = 42")
        self.assert_left_alone(path, "not one of Syndicator's")

    def test_a_text_file_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.db"
        path.write_text("These are notes, and quite a few of them.\n" * 100)
        self.assert_left_alone(path, r"is not an SQLite database\. Move it away, then try again\.")


class TestStorage:
    def test_a_folder_that_does_not_exist(self, tmp_path: Path) -> None:
        with pytest.raises(StorageFailed, match=r"cannot be written: unable to open database file\."):
            open_catalogue(tmp_path / "nowhere" / "new.db")

    def test_a_damaged_database(self, tmp_path: Path) -> None:
        path = tmp_path / "damaged.db"
        open_catalogue(path).close()
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        with (
            pytest.raises(StorageFailed, match=r"is damaged: .* Restore the latest backup\."),
            opened(path) as catalogue,
            catalogue.write(),
        ):
            pass

    def test_text_that_is_no_utf8_is_read_all_the_same(self, tmp_path: Path) -> None:
        with opened(tmp_path / "new.db") as catalogue:
            with catalogue.write() as connection:
                connection.execute(
                    "INSERT INTO topics (name, slug) VALUES (CAST(x'436166E9' AS TEXT), 'cafe')"
                )
            assert catalogue.connection.execute("SELECT name FROM topics").fetchall() == [("Caf\ufffd",)]

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_what_may_not_be_written_is_named_with_the_next_step(self, what: str) -> None:
        """Done as nobody where we are root, whom no right keeps out."""
        with TemporaryDirectory() as name:
            path = Path(name) / "kept.db"
            open_catalogue(path).close()
            before = path.read_bytes()
            path.chmod(0o444 if what == "file" else 0o666)
            Path(name).chmod(0o777 if what == "file" else 0o555)
            with (
                as_somebody_without_rights(),
                pytest.raises(StorageFailed, match="Check the rights on the file"),
                opened(path) as catalogue,
                catalogue.write() as connection,
            ):
                connection.execute("INSERT INTO topics (name, slug) VALUES ('NATO', 'nato')")
            Path(name).chmod(0o777)
            assert path.read_bytes() == before


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


class TestSeveralAtOnce:
    OPEN = (
        "from pathlib import Path\n"
        "from syndicator.catalogue import open_catalogue\n"
        "pause()\n"
        "print(open_catalogue(Path(sys.argv[1])).path)"
    )

    @pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
    def test_of_several_openers_one_makes_the_schema_and_all_go_on(self, tmp_path: Path, old: bool) -> None:
        path = tmp_path / "shared.db"
        if old:
            old_database(path)
        with ExitStack() as stack:
            programs = [stack.enter_context(paused(self.OPEN, path)) for _ in range(3)]
            for program in programs:
                program.go_on()
            assert [program.result() for program in programs] == [f"{path}\n"] * 3
        assert pragma(path, "user_version") == SCHEMA_VERSION
        with opened(path) as catalogue:
            assert catalogue.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert catalogue.connection.execute("SELECT count(*) FROM pieces").fetchone() == (int(old),)

    def test_an_old_database_that_somebody_writes_to_is_busy(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        old_database(path)
        with ExitStack() as stack:
            writer = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
            writer.execute("PRAGMA journal_mode = WAL")
            writer.execute("BEGIN IMMEDIATE")
            with pytest.raises(CatalogueBusy, match=r"is locked by another program; nothing was changed\."):
                open_catalogue(path, busy_seconds=0.05)
        assert pragma(path, "user_version") == 1

    def test_a_program_that_is_killed_while_it_migrates_leaves_the_old_database(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        old_database(path)
        code = (
            "from syndicator.catalogue import open_catalogue, opening\n"
            "opening._apply, apply = (lambda *given: (apply(*given), pause())), opening._apply\n"
            "open_catalogue(opening.Path(sys.argv[1]))"
        )
        with paused(code, path) as program:
            program.kill()
        assert pragma(path, "user_version") == 1
        open_catalogue(path).close()
        assert pragma(path, "user_version") == SCHEMA_VERSION
