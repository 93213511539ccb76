"""What people said of links, hosts and outlets: one word each, and the nearest that holds is the one that counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.catalogue import Catalogue, mementos, names, open_catalogue, overrides
from syndicator.model.health import Override
from syndicator.model.links import Aim, Memento, Slower, Word
from syndicator.model.records import Noun
from tests.catalogue.rows import AT, small_record
from tests.catalogue.test_checks import NOON

LINK, HOST, OUTLET = Aim(link_id=1), Aim(host="a.example"), Aim(outlet_id=1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    small_record(tmp_path / "record.db")
    opened = open_catalogue(tmp_path / "record.db")
    yield opened
    opened.close()


def word(aim: Aim, override: Override = Override.ALIVE, until_on: str = "2026-12-31") -> Word:
    return Word(aim, override, until_on, "jo", AT, "seen it")


def say(catalogue: Catalogue, *words: Word) -> None:
    with catalogue.write() as connection:
        for one in words:
            overrides.set_word(connection, one)


@pytest.mark.parametrize("aim", [LINK, HOST, OUTLET])
def test_a_word_is_read_back_and_gives_way_to_a_later_one(catalogue: Catalogue, aim: Aim) -> None:
    say(catalogue, word(aim), word(aim, Override.DEAD))
    found = overrides.word_on(catalogue.connection, aim)
    assert found
    assert found[1] == word(aim, Override.DEAD)
    with catalogue.write() as connection:
        overrides.clear_word(connection, aim)
    assert overrides.word_on(catalogue.connection, aim) is None


def test_the_nearest_word_counts(catalogue: Catalogue) -> None:
    say(catalogue, word(OUTLET, Override.IGNORE), word(HOST, Override.DEAD), word(LINK))
    words = overrides.in_force(catalogue.connection, "2026-06-01")
    meant = [
        words.over(1, "www.a.example", [1]),
        words.over(2, "a.example", [1]),
        words.over(2, "b.example", [2, 1]),
    ]
    assert [found and found.override for found in meant] == [Override.ALIVE, Override.DEAD, Override.IGNORE]
    assert words.over(2, "b.example", [2]) is None
    assert words.over(2, "another-a.example", []) is None


def test_a_word_that_is_over_hides_none_that_holds(catalogue: Catalogue) -> None:
    say(catalogue, word(LINK, until_on="2026-05-31"), word(HOST, Override.DEAD, until_on="2026-06-01"))
    found = overrides.in_force(catalogue.connection, "2026-06-01").over(1, "a.example", [1])
    assert found
    assert found.override is Override.DEAD
    assert overrides.in_force(catalogue.connection, "2026-06-02").over(1, "a.example", [1]) is None


def test_intervals_are_by_host_and_the_slowest_counts(catalogue: Catalogue) -> None:
    with catalogue.write() as connection:
        connection.execute("INSERT INTO outlet_hosts (outlet_id, host) VALUES (1, 'outlet.example')")
        for aim, seconds in ((LINK, 5.0), (HOST, 3.0), (HOST, 4.0), (OUTLET, 7.0)):
            overrides.set_interval(connection, Slower(aim, seconds, "jo", AT))
    assert overrides.intervals(catalogue.connection) == {"a.example": 5.0, "outlet.example": 7.0}
    found = overrides.interval_on(catalogue.connection, HOST)
    assert found
    assert found[1] == Slower(HOST, 4.0, "jo", AT)
    with catalogue.write() as connection:
        overrides.clear_interval(connection, OUTLET)
    assert "outlet.example" not in overrides.intervals(catalogue.connection)


def test_what_was_said_of_an_outlet_goes_over_when_it_is_merged(catalogue: Catalogue) -> None:
    say(catalogue, word(OUTLET, Override.DEAD))
    source, target = (names.get(catalogue.connection, Noun.OUTLETS, number) for number in (1, 2))
    assert source
    assert target
    with catalogue.write():
        names.merge(catalogue.db, Noun.OUTLETS, source, target)
    assert overrides.word_on(catalogue.connection, Aim(outlet_id=2)) is not None


def test_a_copy_is_found_once_and_the_copies_of_a_link_are_in_order(catalogue: Catalogue) -> None:
    late = Memento("https://archive.example/2025/https://a.example/1", NOON, "archive.example")
    early = Memento(
        "https://archive.example/2024/https://a.example/1", NOON.replace(year=2024), "archive.example"
    )
    with catalogue.write() as connection:
        for memento in (late, early, late):
            mementos.add(connection, 1, memento, AT)
    assert mementos.of(catalogue.connection, [1, 2]) == {1: [early, late]}
