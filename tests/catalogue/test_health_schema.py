"""Links and their health in the schema itself: whichever tool writes, every link has its belief, and only what
sends readers elsewhere is noted for the publisher.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database, Migrations

from syndicator import urls
from syndicator.catalogue import open_catalogue
from syndicator.catalogue.migrations import MIGRATION_SET, SCHEMA_VERSION, migrations
from syndicator.catalogue.opening import APPLICATION_ID
from syndicator.errors import URLRefused
from syndicator.model.health import Belief, Outcome, Override, State
from syndicator.net.guard import Destination, destination
from tests.catalogue.rows import AT, insert, plain, small_record
from tests.catalogue.test_triggers import changes

LONG_AGO = "1970-01-01T00:00:00Z"
CHECK = {"link_id": 1, "at": AT, "outcome": "ok", "state": "healthy", "judge_version": 1}
TURN = {"link_id": 1, "at": AT, "from_state": "healthy", "to_state": "suspect"}
COPY = {"link_id": 1, "url": "https://archive.example/1", "at": AT}
ADDED = {"at": AT, "who": "jo", "action": "add"}
WORD = {"override": "dead", "until_on": "2030-01-01"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    small_record(tmp_path / "record.db")
    return tmp_path / "record.db"


@pytest.fixture
def tool(path: Path) -> Iterator[sqlite3.Connection]:
    connection = plain(path)
    yield connection
    connection.close()


def beliefs(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    return connection.execute("SELECT link_id, host, due_at FROM beliefs ORDER BY link_id").fetchall()


class TestBeliefs:
    """Exactly one for every link, made by triggers."""

    def test_a_new_link_is_due_at_once_whatever_the_clock_says(self, tool: sqlite3.Connection) -> None:
        insert(tool, "links", {"key": "https://b.example/3", "url": "https://b.example/3"})
        assert beliefs(tool)[2] == (3, "b.example", LONG_AGO)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE links SET url = 'https://b.example/moved' WHERE id = 1",
            "REPLACE INTO links (id, key, url) VALUES (1, 'https://b.example/1', 'https://b.example/1')",
            "INSERT OR REPLACE INTO links (id, key, url) VALUES (1, 'https://a.example/1', 'https://b.example/1')",
        ],
    )
    def test_another_url_is_believed_anew(self, tool: sqlite3.Connection, statement: str) -> None:
        tool.execute("UPDATE beliefs SET state = 'broken', failures = 5, due_at = '2030-01-01T00:00:00Z'")
        tool.execute(statement)
        assert tool.execute(
            "SELECT host, state, failures, due_at FROM beliefs WHERE link_id = 1"
        ).fetchall() == [("b.example", "unknown", 0, LONG_AGO)]

    def test_another_spelling_of_the_key_alone_is_the_same_page(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE beliefs SET state = 'broken'")
        tool.execute("UPDATE links SET key = 'https://a.example/one', url = url WHERE id = 1")
        assert tool.execute("SELECT state FROM beliefs WHERE link_id = 1").fetchone() == ("broken",)

    def test_a_link_that_is_given_another_id_takes_none_along(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE links SET id = 9 WHERE id = 2")
        assert [link_id for link_id, _, _ in beliefs(tool)] == [1, 9]

    @pytest.mark.parametrize("foreign_keys", [False, True])
    def test_with_a_link_goes_all_that_is_known_of_it(self, path: Path, foreign_keys: bool) -> None:
        with closing(plain(path, foreign_keys=foreign_keys)) as tool:
            for table, row in (
                ("checks", CHECK),
                ("transitions", TURN),
                ("acts", {"transition_id": 1, "act": "alert", "claimed_at": AT}),
                ("overrides", WORD | {"link_id": 2}),
                ("intervals", {"link_id": 2, "seconds": 10}),
                ("mementos", COPY),
                ("look_ups", {"link_id": 2, "due_at": AT}),
                ("former_urls", {"link_id": 2, "key": "https://old.example/", "url": "https://old.example/"}),
            ):
                insert(tool, table, row | {"link_id": 2} if "link_id" in row else row)
            tool.execute("DELETE FROM links WHERE id = 2")
            for table in (
                "checks",
                "transitions",
                "acts",
                "overrides",
                "intervals",
                "mementos",
                "look_ups",
                "former_urls",
            ):
                assert tool.execute(f"SELECT * FROM {table}").fetchall() == [], table
            assert [link_id for link_id, _, _ in beliefs(tool)] == [1]
            assert tool.execute("SELECT link_id FROM unsaved").fetchall() == [(1,)]
            assert tool.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_sqlite_utils_with_its_recursive_triggers_does_no_harm(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            table = Database(connection).table("links")
            table.upsert({"id": 1, "url": "https://c.example/1", "key": "https://c.example/1"}, pk="id")
            table.insert(
                {"id": 2, "url": "https://c.example/2", "key": "https://c.example/2"}, pk="id", replace=True
            )
            assert [host for _, host, _ in beliefs(connection)] == ["c.example", "c.example"]

    def test_its_columns_are_the_fields_of_a_belief(self, tool: sqlite3.Connection) -> None:
        columns = {row[0] for row in tool.execute("SELECT name FROM pragma_table_info('beliefs')")}
        assert set(Belief._fields) <= columns

    @pytest.mark.parametrize(
        "column", ["since", "checked_at", "alive_at", "failing_since", "failed_at", "blocked_since"]
    )
    def test_an_instant_is_one(self, tool: sqlite3.Connection, column: str) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            tool.execute(f"UPDATE beliefs SET {column} = 'last-we-ekTat:te:noZ'")

    def test_a_host_that_is_gone_with_its_outlet_leaves_no_word_behind(
        self, path: Path, tool: sqlite3.Connection
    ) -> None:
        tool.execute("INSERT INTO overrides (outlet_id, override, until_on) VALUES (2, 'dead', '2030-01-01')")
        tool.execute("INSERT INTO intervals (outlet_id, seconds) VALUES (2, 10)")
        tool.execute("DELETE FROM outlets WHERE id = 2")
        catalogue = open_catalogue(path)
        with catalogue.write() as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        catalogue.close()


@pytest.fixture(scope="module")
def two_links() -> Iterator[sqlite3.Connection]:
    """A record of two links, to be copied: making the schema takes longer than a test of one URL."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _apply(connection, SCHEMA_VERSION)
        for url in ("https://a.example/", "https://b.example/"):
            insert(connection, "links", {"key": url, "url": url})
        yield connection


class TestHosts:
    """The host that a link's turn is taken by is worked out in SQL, and is the one that the network room goes by."""

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.Example.org/a?b#c",
            "http://user:pass@example.org:8080/a",
            "https://example.org./a",
            "https://münchen.example?x=1",
            "http://127.0.0.1:8081/a",
            "http://0x7f.1/",
            "http://[::1]/a",
            "http://[2001:DB8::1]:8080/a:5",
            "https://a.example#https://b.example/",
            "https://a.example/b:80",
        ],
    )
    def test_of_urls_as_the_desk_writes_them(self, tool: sqlite3.Connection, url: str) -> None:
        self.assert_same(tool, url)

    def assert_same(self, tool: sqlite3.Connection, url: str) -> None:
        clean = urls.clean(url)
        leads_to = destination(clean.url)
        tool.execute("UPDATE links SET url = ? WHERE id = 2", (clean.url,))
        (host,) = tool.execute("SELECT host FROM beliefs WHERE link_id = 2").fetchone()
        if isinstance(leads_to, Destination):
            assert host == leads_to.host

    @settings(deadline=None)
    @given(
        host=st.from_regex(
            r"[a-zA-Z0-9ü_-]{1,12}(\.[a-zA-Z0-9-]{1,9}){1,3}\.?(:[0-9]{1,5})?", fullmatch=True
        ),
        rest=st.from_regex(r"([/?#][!-~]{0,20})?", fullmatch=True),
    )
    def test_of_any_url(self, two_links: sqlite3.Connection, host: str, rest: str) -> None:
        try:
            urls.clean(f"https://{host}{rest}")
        except URLRefused:
            return
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            two_links.backup(connection)
            self.assert_same(connection, f"https://{host}{rest}")


class TestClosedLists:
    """Declared in Python; the schema has to say the same."""

    def test_states_and_outcomes_are_those_of_the_model(self, tool: sqlite3.Connection) -> None:
        for state in State:
            tool.execute("UPDATE beliefs SET state = ?", (state.value,))
        for outcome in Outcome:
            for state in State:
                insert(
                    tool,
                    "checks",
                    {
                        "link_id": 1,
                        "at": "2024-06-16T04:00:00Z",
                        "outcome": outcome.value,
                        "state": state.value,
                        "judge_version": 1,
                    },
                )
        for override in Override:
            insert(
                tool,
                "overrides",
                {"host": f"{override.value}.example", "override": override.value, "until_on": "2030-01-01"},
            )

    @pytest.mark.parametrize("word", ["", " ", "dead", "health", "healthy moved", "Healthy"])
    def test_no_other_word_is_one(self, tool: sqlite3.Connection, word: str) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            tool.execute("UPDATE beliefs SET state = ?", (word,))
        with pytest.raises(sqlite3.IntegrityError):
            insert(
                tool,
                "checks",
                {
                    "link_id": 1,
                    "at": "2024-06-16T04:00:00Z",
                    "outcome": word,
                    "state": "healthy",
                    "judge_version": 1,
                },
            )

    @pytest.mark.parametrize(
        ("table", "row"),
        [
            ("overrides", {"override": "dead", "until_on": "2030-01-01"}),
            ("overrides", {"link_id": 1, "host": "a.example", "override": "dead", "until_on": "2030-01-01"}),
            ("overrides", {"host": "A.example", "override": "dead", "until_on": "2030-01-01"}),
            ("overrides", {"host": "a.example", "override": "dead", "until_on": "2030-02-30"}),
            ("overrides", {"host": "a.example", "override": "gone", "until_on": "2030-01-01"}),
            ("intervals", {"host": "a.example", "seconds": 0}),
            ("intervals", {"seconds": 5}),
            ("transitions", {"link_id": 1, "at": LONG_AGO, "from_state": "broken", "to_state": "broken"}),
            ("transitions", TURN | {"mark": "odd"}),
            ("look_ups", {"link_id": 1, "due_at": "soon"}),
            ("mementos", {"link_id": 1, "url": "ftp://a.example", "at": LONG_AGO}),
            ("checks", {"link_id": 1, "at": "yesterday", "outcome": "ok", "state": "healthy", "judge_version": 1}),
            ("former_urls", {"link_id": 1, "key": "", "url": "https://a.example/"}),
            ("hosts", {"host": "A.example"}),
        ],
    )  # fmt: skip
    def test_no_wrong_row_is_added(
        self, tool: sqlite3.Connection, table: str, row: dict[str, object]
    ) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            insert(tool, table, row)


class TestWhatIsPublishedAnew:
    """A check of a healthy link says nothing to the publisher; what sends readers elsewhere does, of those pieces."""

    @pytest.fixture
    def tool(self, path: Path) -> Iterator[sqlite3.Connection]:
        connection = plain(path)
        insert(connection, "pieces", {"title": "Another", "published": "2024-06-16"})
        insert(
            connection,
            "placements",
            {"piece_id": 2, "position": 0, "link_id": 2, "outlet_id": 2, "relation": "original"},
        )
        connection.execute("DELETE FROM changes")
        yield connection
        connection.close()

    @pytest.mark.parametrize(
        ("before", "after", "noted"),
        [
            (before.value, after.value, (before is State.BROKEN) != (after is State.BROKEN))
            for before in State
            for after in State
        ],
    )
    def test_a_link_that_breaks_or_heals(
        self, tool: sqlite3.Connection, before: str, after: str, noted: bool
    ) -> None:
        tool.execute("UPDATE beliefs SET state = ? WHERE link_id = 1", (before,))
        tool.execute("DELETE FROM changes")
        tool.execute(
            "UPDATE beliefs SET state = ?, checked_at = '2024-06-16T04:00:00Z' WHERE link_id = 1", (after,)
        )
        assert changes(tool) == ([("pieces", 1)] if noted else [])

    def test_a_check_is_not_noted(self, tool: sqlite3.Connection) -> None:
        tool.execute(
            "UPDATE beliefs SET state = 'healthy', due_at = '2030-01-01T00:00:00Z', title = 'T', etag = 'x'"
        )
        insert(tool, "checks", CHECK)
        insert(tool, "transitions", TURN)
        tool.execute("INSERT INTO hosts (host, postponed_until) VALUES ('a.example', '2030-01-01T00:00:00Z')")
        tool.execute("INSERT INTO intervals (host, seconds) VALUES ('a.example', 5)")
        assert changes(tool) == []

    @pytest.mark.parametrize(
        ("aim", "pieces"),
        [
            ({"link_id": 1}, [1]),
            ({"outlet_id": 2}, [2]),
            ({"host": "a.example"}, [1, 2]),
            ({"host": "example"}, [1, 2]),
            ({"host": "b.example"}, []),
            ({"host": "ample"}, []),
        ],
    )
    def test_a_persons_word(
        self, tool: sqlite3.Connection, aim: dict[str, object], pieces: list[int]
    ) -> None:
        noted = [("pieces", piece_id) for piece_id in pieces]
        insert(tool, "overrides", aim | {"override": "dead", "until_on": "2030-01-01"})
        assert changes(tool) == noted
        for statement in ("UPDATE overrides SET override = 'alive'", "DELETE FROM overrides"):
            tool.execute("DELETE FROM changes")
            tool.execute(statement)
            assert changes(tool) == noted

    def test_a_word_that_goes_over_to_another_host(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE links SET url = 'https://b.example/2' WHERE id = 2")
        insert(tool, "overrides", {"host": "a.example", "override": "dead", "until_on": "2030-01-01"})
        tool.execute("DELETE FROM changes")
        tool.execute("UPDATE overrides SET host = 'b.example'")
        assert changes(tool) == [("pieces", 1), ("pieces", 2)]

    @pytest.mark.parametrize("state", ["healthy", "suspect", "broken"])
    def test_a_copy_of_a_link(self, tool: sqlite3.Connection, state: str) -> None:
        tool.execute("UPDATE beliefs SET state = ? WHERE link_id = 1", (state,))
        noted = [("pieces", 1)] if state == "broken" else []
        for statement in (
            "INSERT INTO mementos (link_id, url, at) VALUES (1, 'https://archive.example/1', '2024-06-16T04:00:00Z')",
            "UPDATE mementos SET url = 'https://archive.example/2'",
            "DELETE FROM mementos",
        ):
            tool.execute("DELETE FROM changes")
            tool.execute(statement)
            assert changes(tool) == noted

    def test_a_copy_of_a_link_that_is_assumed_dead(self, tool: sqlite3.Connection) -> None:
        insert(tool, "overrides", {"outlet_id": 1, "override": "dead", "until_on": "2030-01-01"})
        tool.execute("DELETE FROM changes")
        tool.execute(
            "INSERT INTO mementos (link_id, url, at) VALUES (1, 'https://archive.example/1', '2024-06-16T04:00:00Z')"
        )
        tool.execute(
            "INSERT INTO mementos (link_id, url, at) VALUES (2, 'https://archive.example/2', '2024-06-16T04:00:00Z')"
        )
        assert changes(tool) == [("pieces", 1)]


class TestFormerUrls:
    def test_one_that_is_a_links_own_again_is_no_former_one(self, tool: sqlite3.Connection) -> None:
        for key in ("https://old.example/a", "https://old.example/b"):
            insert(tool, "former_urls", {"link_id": 1, "key": key, "url": key})
        tool.execute(
            "UPDATE links SET key = 'https://old.example/a', url = 'https://old.example/a' WHERE id = 1"
        )
        insert(tool, "links", {"key": "https://old.example/b", "url": "https://old.example/b"})
        assert tool.execute("SELECT * FROM former_urls").fetchall() == []


def _apply(connection: sqlite3.Connection, version: int) -> None:
    """The first steps of the schema, as the program of that version applied them."""
    some = Migrations(MIGRATION_SET)
    with closing(sqlite3.connect(":memory:")) as empty:
        for step in migrations().pending(Database(empty))[:version]:
            some(name=step.name)(step.fn)
    some.apply(Database(connection))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


class TestFromSchema2:
    """A record from before there was link health."""

    @pytest.fixture
    def old(self, tmp_path: Path) -> Path:
        path = tmp_path / "old.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            _apply(connection, 2)
            connection.execute("INSERT INTO outlets (name, slug) VALUES ('The Outlet', 'the-outlet')")
            connection.executemany(
                "INSERT INTO links (key, url, vetted) VALUES (?, ?, 1)",
                [
                    (f"https://h{number % 7}.example/{number}", f"https://h{number % 7}.example/{number}")
                    for number in range(100)
                ],
            )
            connection.execute("INSERT INTO pieces (title, published) VALUES ('An old piece', '2020-02-02')")
            connection.execute("INSERT INTO placements VALUES (1, 1, 0, 1, 1, 'original')")
            connection.execute(
                "INSERT INTO imports (at, who, source) VALUES ('2024-06-16T04:00:00Z', 'jo', 'a.csv')"
            )
            for number in (1, 2, 3):
                insert(connection, "audit", ADDED | {"noun": "pieces", "noun_id": number, "import_id": 1})
            connection.execute("DELETE FROM changes")
        return path

    def test_every_link_is_due_and_nothing_is_to_be_published(self, old: Path) -> None:
        catalogue = open_catalogue(old)
        rows = catalogue.connection.execute(
            "SELECT host, state, due_at, count(*) FROM beliefs GROUP BY 1 ORDER BY 1"
        ).fetchall()
        noted = changes(catalogue.connection)
        catalogue.close()
        assert [row[:3] for row in rows] == [
            (f"h{number}.example", "unknown", LONG_AGO) for number in range(7)
        ]
        assert sum(row[3] for row in rows) == 100
        assert noted == []

    def test_the_audit_trail_is_whole_and_takes_words_over_links(self, old: Path) -> None:
        catalogue = open_catalogue(old)
        with catalogue.write() as connection:
            insert(connection, "audit", ADDED | {"noun": "overrides", "noun_id": 1})
        found = catalogue.connection.execute("SELECT id, noun, import_id FROM audit ORDER BY id").fetchall()
        catalogue.close()
        assert found == [(1, "pieces", 1), (2, "pieces", 1), (3, "pieces", 1), (4, "overrides", None)]

    def test_the_schema_is_that_of_a_new_record(self, old: Path, tmp_path: Path) -> None:
        schema = (
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
        )
        upgraded, new = open_catalogue(old), open_catalogue(tmp_path / "new.db")
        assert upgraded.connection.execute(schema).fetchall() == new.connection.execute(schema).fetchall()
        upgraded.close()
        new.close()
