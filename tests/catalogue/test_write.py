"""One write: all of it is stored or nothing is, whoever else writes, whatever the disk says, whenever it is killed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from syndicator.catalogue import Catalogue, open_catalogue
from syndicator.catalogue.migrations import SCHEMA_VERSION
from syndicator.errors import CatalogueBusy, CatalogueRefused, StorageFailed
from tests.processes import paused

INSERT = "INSERT INTO topics (name, slug) VALUES (?, ?)"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "record.db", busy_seconds=0.05)
    yield opened
    opened.close()


def add(connection: sqlite3.Connection, *slugs: str) -> None:
    connection.executemany(INSERT, [(slug.upper(), slug) for slug in slugs])


def stored(catalogue: Catalogue) -> list[str]:
    """What another connection sees."""
    with closing(sqlite3.connect(catalogue.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT slug FROM topics ORDER BY id")]


@contextmanager
def interrupted(catalogue: Catalogue) -> Iterator[sqlite3.Connection]:
    """A write that does not come to its end."""
    with pytest.raises(KeyboardInterrupt), catalogue.write() as connection:  # noqa: PT012
        yield connection
        raise KeyboardInterrupt


class TestTransactions:
    def test_what_is_written_is_stored_when_the_write_ends(self, catalogue: Catalogue) -> None:
        with catalogue.write() as connection:
            add(connection, "nato")
            assert stored(catalogue) == []
        assert stored(catalogue) == ["nato"]

    def test_an_exception_takes_all_of_it_back(self, catalogue: Catalogue) -> None:
        with interrupted(catalogue) as connection:
            add(connection, "nato", "china")
        assert stored(catalogue) == []
        with catalogue.write() as connection:
            add(connection, "nato")
        assert stored(catalogue) == ["nato"]

    def test_a_write_within_a_write_joins_it(self, catalogue: Catalogue) -> None:
        with interrupted(catalogue) as outer, catalogue.write() as inner:
            assert inner is outer
            add(inner, "nato")
        assert stored(catalogue) == []

    def test_what_sqlite_utils_writes_belongs_to_it(self, catalogue: Catalogue) -> None:
        with interrupted(catalogue):
            catalogue.db.table("topics").insert({"name": "NATO", "slug": "nato"})
            with catalogue.db.atomic():
                catalogue.db.table("topics").insert_all([{"name": "China", "slug": "china"}])
        assert stored(catalogue) == []

    def test_an_attempt_that_fails_is_taken_back_alone(self, catalogue: Catalogue) -> None:
        with catalogue.write() as connection:
            add(connection, "nato")
            with pytest.raises(sqlite3.IntegrityError), catalogue.attempt():
                add(connection, "china", "nato")
            with catalogue.attempt():
                add(connection, "korea")
        assert stored(catalogue) == ["nato", "korea"]

    def test_a_fault_in_our_sql_stays_a_bug(self, catalogue: Catalogue) -> None:
        with pytest.raises(sqlite3.OperationalError, match="no such table"), catalogue.write() as connection:
            connection.execute("SELECT * FROM nowhere")

    def test_constraints_are_for_the_desk_to_explain(self, catalogue: Catalogue) -> None:
        with pytest.raises(sqlite3.IntegrityError), catalogue.write() as connection:
            add(connection, "nato", "nato")


class TestSeveralWriters:
    def test_a_write_locks_from_its_first_moment_not_from_its_first_change(
        self, catalogue: Catalogue
    ) -> None:
        """A deferred transaction would fail here at its first change, having read what is no longer true."""
        rival = open_catalogue(catalogue.path, busy_seconds=0.05)
        with catalogue.write() as connection:
            connection.execute("SELECT count(*) FROM topics").fetchone()
            with pytest.raises(CatalogueBusy, match="is locked by another program"), rival.write():
                pass
            add(connection, "nato")
        with rival.write() as connection:
            add(connection, "china")
        rival.close()
        assert stored(catalogue) == ["nato", "china"]

    def test_a_second_writer_waits_for_the_first(self, catalogue: Catalogue) -> None:
        code = (
            "from pathlib import Path\n"
            "from syndicator.catalogue import open_catalogue\n"
            "with open_catalogue(Path(sys.argv[1])).write() as connection:\n"
            "    pause()\n"
            "    connection.execute(\"INSERT INTO topics (name, slug) VALUES ('First', 'first')\")"
        )
        with paused(code, catalogue.path) as program:
            catalogue.connection.execute("PRAGMA busy_timeout = 30000")
            program.go_on()
            with catalogue.write() as connection:
                add(connection, "second")
            program.result()
        assert stored(catalogue) == ["first", "second"]

    def test_readers_do_not_wait_for_writers(self, catalogue: Catalogue) -> None:
        rival = open_catalogue(catalogue.path, busy_seconds=0.05)
        with catalogue.write() as connection:
            add(connection, "nato")
            with rival.snapshot() as reading:
                assert reading.execute("SELECT count(*) FROM topics").fetchone() == (0,)
        rival.close()

    def test_a_snapshot_sees_one_state_whatever_others_write(self, catalogue: Catalogue) -> None:
        rival = open_catalogue(catalogue.path, busy_seconds=0.05)
        with catalogue.snapshot() as reading:
            assert reading.execute("SELECT count(*) FROM topics").fetchone() == (0,)
            with rival.write() as connection:
                add(connection, "nato")
            assert reading.execute("SELECT count(*) FROM topics").fetchone() == (0,)
        assert catalogue.connection.execute("SELECT count(*) FROM topics").fetchone() == (1,)
        rival.close()

    def test_a_snapshot_within_a_write_sees_what_it_wrote(self, catalogue: Catalogue) -> None:
        with catalogue.write() as connection:
            add(connection, "nato")
            with catalogue.snapshot() as reading:
                assert reading.execute("SELECT count(*) FROM topics").fetchone() == (1,)


class TestOtherPrograms:
    @pytest.mark.parametrize(
        ("version", "sentence"),
        [
            (
                SCHEMA_VERSION + 1,
                r"was made by a newer Syndicator .* Upgrade Syndicator; nothing was changed\.",
            ),
            (
                SCHEMA_VERSION - 1,
                r"was replaced by an older database meanwhile; nothing was changed\. Try again\.",
            ),
        ],
    )
    def test_a_program_of_another_version_came_between(
        self, catalogue: Catalogue, version: int, sentence: str
    ) -> None:
        with closing(sqlite3.connect(catalogue.path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
        with pytest.raises(CatalogueRefused, match=sentence), catalogue.write() as connection:
            add(connection, "nato")
        assert stored(catalogue) == []


class TestStorage:
    def test_a_full_disk_leaves_what_was_there(self, catalogue: Catalogue) -> None:
        with catalogue.write() as connection:
            add(connection, "nato")
        pages = catalogue.connection.execute("PRAGMA page_count").fetchone()[0]
        catalogue.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        sentence = r"the disk is full; nothing was changed\. Free some space and try again\."
        with pytest.raises(StorageFailed, match=sentence), catalogue.write() as connection:
            add(connection, *(f"topic-{number}" for number in range(10_000)))
        assert stored(catalogue) == ["nato"]
        catalogue.connection.execute(f"PRAGMA max_page_count = {pages + 1_000}")
        with catalogue.write() as connection:
            add(connection, "china")
        assert stored(catalogue) == ["nato", "china"]

    def test_a_disk_that_takes_no_more_bytes_leaves_what_was_there(self, catalogue: Catalogue) -> None:
        """A limit on file sizes, which the kernel reports as an error in the middle of writing."""
        code = (
            "from pathlib import Path\n"
            "import resource\n"
            "from syndicator.catalogue import open_catalogue\n"
            "from syndicator.errors import StorageFailed\n"
            "catalogue = open_catalogue(Path(sys.argv[1]))\n"
            "pause()\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
            "try:\n"
            "    with catalogue.write() as connection:\n"
            "        for number in range(20_000):\n"
            f"            connection.execute({INSERT!r}, (f'Topic {{number}}', f'topic-{{number}}'))\n"
            "except StorageFailed as refusal:\n"
            "    print(refusal)\n"
        )
        with catalogue.write() as connection:
            add(connection, "nato")
        with paused(code, catalogue.path) as program:
            program.go_on()
            assert "the disk reports an error" in program.result()
        assert stored(catalogue) == ["nato"]

    def test_kill_9_in_the_middle_of_a_write_leaves_the_old_state(self, catalogue: Catalogue) -> None:
        code = (
            "from pathlib import Path\n"
            "from syndicator.catalogue import open_catalogue\n"
            "with open_catalogue(Path(sys.argv[1])).write() as connection:\n"
            "    connection.execute('PRAGMA cache_size = 5')\n"
            "    for number in range(5_000):\n"
            f"        connection.execute({INSERT!r}, (f'Topic {{number}}', f'topic-{{number}}'))\n"
            "    pause()\n"
        )
        with catalogue.write() as connection:
            add(connection, "nato")
        with paused(code, catalogue.path) as program:
            assert catalogue.path.with_name("record.db-wal").stat().st_size > 100_000
            program.kill()
        assert stored(catalogue) == ["nato"]
        with catalogue.write() as connection:
            add(connection, "china")
        assert stored(catalogue) == ["nato", "china"]
