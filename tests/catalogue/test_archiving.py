"""What the archive is still to be asked for, in the schema and in what is read of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from syndicator.catalogue import archiving
from syndicator.catalogue.archiving import Wanted
from syndicator.model.health import Target
from tests.catalogue.rows import AT, insert, plain, small_record

NOW, LATER, TODAY = "2026-06-01T12:00:00Z", "2026-06-02T12:00:00Z", "2026-06-01"
ONE = Wanted(1, Target("https://a.example/1", ("A piece",)), AT)


@pytest.fixture
def tool(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    small_record(tmp_path / "record.db")
    with closing(plain(tmp_path / "record.db")) as connection:
        connection.execute("UPDATE links SET vetted = 1, created_at = ?", (LATER,))
        yield connection


def due(tool: sqlite3.Connection, now: str = NOW, link_id: int | None = None) -> list[int]:
    return [one.link_id for one in archiving.copies_due(tool, now, TODAY, 10, link_id)]


class TestCopies:
    def test_what_a_copy_is_compared_with(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE beliefs SET state = 'suspect'")
        archiving.want_copies(tool, [1, 2, 7], NOW)
        first, second = archiving.copies_due(tool, NOW, TODAY, 10)
        assert first == ONE
        assert (second.target.titles, second.published_at) == ((), LATER)

    def test_those_that_need_none_any_more_are_struck_off(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE beliefs SET state = 'broken'")
        archiving.want_copies(tool, [1, 2], NOW)
        insert(tool, "mementos", {"link_id": 1, "url": "https://archive.example/1", "at": AT})
        tool.execute("UPDATE beliefs SET state = 'healthy' WHERE link_id = 2")
        assert due(tool) == []
        assert tool.execute("SELECT * FROM look_ups").fetchall() == []

    def test_they_come_when_they_are_due_the_longest_due_first(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE beliefs SET state = 'broken'")
        archiving.want_copies(tool, [1, 2], NOW)
        archiving.put_off_copy(tool, 1, LATER)
        assert due(tool) == [2]
        assert due(tool, LATER) == [2, 1]
        assert due(tool, LATER, 1) == [1]
        archiving.want_copies(tool, [1], NOW)
        assert due(tool) == [2]

    def test_a_persons_word_counts_until_its_day(self, tool: sqlite3.Connection) -> None:
        insert(tool, "overrides", {"link_id": 2, "override": "dead", "until_on": "2026-05-31"})
        assert archiving.dead_by_word(tool, TODAY) == []
        insert(tool, "overrides", {"outlet_id": 1, "override": "dead", "until_on": TODAY})
        assert archiving.dead_by_word(tool, TODAY) == [1]
        archiving.want_copies(tool, [1], NOW)
        assert archiving.dead_by_word(tool, TODAY) == []
        assert due(tool) == [1]

    def test_links_that_came_past_the_desk_are_not_asked_for(self, tool: sqlite3.Connection) -> None:
        tool.execute("UPDATE beliefs SET state = 'broken'")
        tool.execute("UPDATE links SET vetted = 0 WHERE id = 1")
        archiving.want_copies(tool, [1, 2], NOW)
        assert due(tool) == [2]


class TestUnsaved:
    def test_every_link_is_down_whoever_records_it(self, tool: sqlite3.Connection) -> None:
        assert [one.link_id for one in archiving.unsaved(tool, NOW, 10)] == [1, 2]
        insert(tool, "links", {"key": "https://b.example/", "url": "https://b.example/", "vetted": 1})
        assert len(archiving.unsaved(tool, NOW, 10)) == 3
        assert len(archiving.unsaved(tool, NOW, 1)) == 1

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE links SET url = 'https://b.example/moved', vetted = vetted + 1 WHERE id = 1",
            "REPLACE INTO links (id, key, url, vetted) VALUES (1, 'https://a.example/1', 'https://b.example/1', 1)",
        ],
    )
    def test_another_page_is_down_again(self, tool: sqlite3.Connection, statement: str) -> None:
        archiving.forget_unsaved(tool)
        tool.execute(statement)
        assert [one.link_id for one in archiving.unsaved(tool, NOW, 10)] == [1]

    def test_tries_are_counted_by_who_takes_it(self, tool: sqlite3.Connection) -> None:
        archiving.no_more_saving(tool, 2)
        archiving.put_off_saving(tool, 1, 1, LATER)
        assert archiving.unsaved(tool, NOW, 10) == []
        assert archiving.unsaved(tool, LATER, 10) == [ONE._replace(tries=1)]
        assert archiving.anything_unsaved(tool)

    def test_what_is_gone_is_down_no_more(self, tool: sqlite3.Connection) -> None:
        archiving.want_copies(tool, [1], NOW)
        tool.execute("DELETE FROM links")
        assert not archiving.anything_unsaved(tool)
        assert tool.execute("SELECT * FROM look_ups").fetchall() == []
