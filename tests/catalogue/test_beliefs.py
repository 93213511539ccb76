"""Beliefs: handed out by host, longest due first, a few at a time; stored in batches, read back as they were."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator.catalogue import Catalogue, beliefs, hosts, open_catalogue
from syndicator.catalogue.beliefs import Judged
from syndicator.model.health import Belief, State
from syndicator.model.links import Aim
from tests.catalogue.rows import insert, small_record

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOW = "2026-06-01T12:00:00Z"
LATER = "2026-06-02T12:00:00Z"
LONG_AGO = "1970-01-01T00:00:00Z"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(tmp_path / "record.db")
    yield opened
    opened.close()


def add_links(catalogue: Catalogue, *urls: str, vetted: int = 1) -> None:
    with catalogue.write() as connection:
        for url in urls:
            insert(connection, "links", {"key": url, "url": url, "vetted": vetted})


def taken(catalogue: Catalogue, host: str, most: int) -> list[int]:
    """All that is due at a host, read in pages of that size."""
    found: list[int] = []
    after = ("", 0)
    while page := beliefs.waiting_at(catalogue.connection, host, NOW, after, most):
        found += [waiting.link_id for waiting in page]
        after = (page[-1].due_at, page[-1].link_id)
    return found


class TestDue:
    def test_hosts_are_lined_up_with_how_many_links_wait_most_first(self, catalogue: Catalogue) -> None:
        add_links(
            catalogue,
            "https://b.example/1",
            "https://a.example/1",
            "https://c.example/1",
            "https://c.example/2",
        )
        assert beliefs.line_up(catalogue.connection, NOW) == 4
        assert list(beliefs.lined_up(catalogue.connection)) == [
            (("c.example",), 2),
            (("a.example",), 1),
            (("b.example",), 1),
        ]

    def test_any_number_of_hosts_is_read_in_pages(self, catalogue: Catalogue) -> None:
        add_links(catalogue, *(f"https://h{number}.example/" for number in range(1_201)))
        assert beliefs.line_up(catalogue.connection, NOW) == 1_201
        assert len(set(beliefs.lined_up(catalogue.connection))) == 1_201

    def test_what_is_lined_up_stays_so_whatever_is_stored_meanwhile(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1", "https://b.example/1")
        beliefs.line_up(catalogue.connection, NOW)
        hosts_ = beliefs.lined_up(catalogue.connection)
        assert next(hosts_) == (("a.example",), 1)
        with catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET due_at = ?", (LATER,))
        assert next(hosts_) == (("b.example",), 1)

    @pytest.mark.parametrize("most", [1, 2, 3, 50])
    def test_the_longest_due_come_first_page_by_page(self, catalogue: Catalogue, most: int) -> None:
        add_links(catalogue, *(f"https://a.example/{number}" for number in range(1, 8)))
        with catalogue.write() as connection:
            for link_id, due_at in (
                (2, LATER),
                (3, NOW),
                (5, "2026-01-01T00:00:00Z"),
                (6, "2026-01-01T00:00:00Z"),
            ):
                connection.execute("UPDATE beliefs SET due_at = ? WHERE link_id = ?", (due_at, link_id))
        assert taken(catalogue, "a.example", most) == [1, 4, 7, 5, 6, 3]

    def test_links_past_the_desk_wait_until_they_are_vetted(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1", vetted=0)
        assert beliefs.line_up(catalogue.connection, NOW) == 0
        assert taken(catalogue, "a.example", 5) == []

    def test_hosts_that_asked_us_to_come_later_are_left_out_until_then(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1", "https://b.example/1")
        with catalogue.write() as connection:
            hosts.postpone(connection, [("a.example", LATER)])
        assert beliefs.line_up(catalogue.connection, NOW) == 1
        assert list(beliefs.postponed(catalogue.connection, NOW)) == [("https://a.example/1", LATER)]
        assert beliefs.line_up(catalogue.connection, LATER) == 2
        assert list(beliefs.postponed(catalogue.connection, LATER)) == []

    def test_names_that_share_a_limit_are_one_host(self, catalogue: Catalogue) -> None:
        """Also in what they asked: when one of them says later, all of them are meant."""
        names = ("a.big.example", "b.big.example", "big.example")
        add_links(catalogue, *(f"https://{name}/1" for name in names))
        add_links(catalogue, "https://notbig.example/1", "https://notbig.example/2")
        shared = ["example.org", "big.example"]
        assert beliefs.line_up(catalogue.connection, NOW, shared) == 5
        (first, waiting), other = beliefs.lined_up(catalogue.connection)
        assert (sorted(first), waiting, other) == (sorted(names), 3, (("notbig.example",), 2))
        with catalogue.write() as connection:
            hosts.postpone(connection, [("b.big.example", LATER)])
        assert beliefs.line_up(catalogue.connection, NOW, shared) == 2
        assert {url for url, _ in beliefs.postponed(catalogue.connection, NOW, shared)} == {
            f"https://{name}/1" for name in names
        }
        assert beliefs.line_up(catalogue.connection, NOW) == 4

    @pytest.mark.parametrize(("until", "due"), [(NOW, 1), ("2036-01-01T00:00:00Z", 1), (LATER, 0)])
    def test_a_host_is_forgiven_when_its_time_has_come_or_was_none(
        self, catalogue: Catalogue, until: str, due: int
    ) -> None:
        add_links(catalogue, "https://a.example/1")
        with catalogue.write() as connection:
            hosts.postpone(connection, [("a.example", until)])
            hosts.forget_postponed(connection, NOW, "2027-06-01T12:00:00Z")
        assert beliefs.line_up(catalogue.connection, NOW) == due

    def test_a_check_compares_with_the_titles_of_the_pieces_there(self, tmp_path: Path) -> None:
        small_record(tmp_path / "small.db")
        catalogue = open_catalogue(tmp_path / "small.db")
        with catalogue.write() as connection:
            insert(connection, "pieces", {"title": "Another", "published": "2024-06-16"})
            insert(
                connection,
                "placements",
                {"piece_id": 2, "position": 1, "link_id": 1, "outlet_id": 2, "relation": "cross-post"},
            )
            connection.execute("UPDATE links SET vetted = vetted + 1")
        (waiting,) = beliefs.waiting_at(catalogue.connection, "a.example", NOW, ("", 0), 1)
        target = beliefs.target_of(catalogue.connection, 1)
        catalogue.close()
        assert set(waiting.target.titles) == {"A piece", "Another"}
        assert waiting.target == target


WELL = Belief(State.HEALTHY, NOON, NOON, NOON)
ILL = Belief(
    State.SUSPECT, NOON, NOON, NOON - timedelta(days=9), NOON - timedelta(days=2), 3, 1, 2, True,
    "https://b.example/", 2, 1, NOON - timedelta(hours=3), NOON - timedelta(days=1),
)  # fmt: skip


class TestStoring:
    @pytest.mark.parametrize("belief", [WELL, ILL])
    def test_a_belief_is_read_back_as_it_was_stored(self, catalogue: Catalogue, belief: Belief) -> None:
        add_links(catalogue, "https://a.example/1")
        with catalogue.write() as connection:
            beliefs.store(connection, [Judged(1, Belief(), belief, NOON, "Title", "f1", '"e"', "yesterday")])
        (standing,) = beliefs.standing(catalogue.connection, [1, 2]).values()
        assert standing.belief == belief
        assert standing[:2] == ("https://a.example/1", "a.example")
        assert beliefs.target_of(catalogue.connection, 1) == (
            "https://a.example/1", (), "Title", "f1", '"e"', "yesterday",
        )  # fmt: skip

    def test_a_link_that_is_as_it_was_is_only_dated(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1")
        later = NOON + timedelta(days=1)
        still = WELL._replace(checked_at=later, alive_at=later)
        with catalogue.write() as connection:
            beliefs.store(connection, [Judged(1, Belief(), WELL, NOON, "Title", "f1", "", "")])
            beliefs.store(connection, [Judged(1, WELL, still, later, "", "", '"e"', "")])
        assert beliefs.standing(catalogue.connection, [1])[1].belief == still
        assert catalogue.connection.execute("SELECT due_at, etag FROM beliefs").fetchone() == (LATER, '"e"')

    def test_the_page_of_the_first_healthy_visit_stays(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1")
        with catalogue.write() as connection:
            for before, after, title in (
                (Belief(), ILL, ""),
                (ILL, WELL, "First"),
                (WELL, ILL, ""),
                (ILL, WELL, "Second"),
            ):
                beliefs.store(connection, [Judged(1, before, after, NOON, title, title.lower(), "", "")])
        target = beliefs.target_of(catalogue.connection, 1)
        assert target
        assert (target.title, target.fingerprint) == ("First", "first")


class TestMovingDates:
    def due(self, catalogue: Catalogue) -> dict[int, str]:
        return dict(catalogue.connection.execute("SELECT link_id, due_at FROM beliefs").fetchall())

    def make(self, catalogue: Catalogue, number: int) -> None:
        add_links(catalogue, *(f"https://a.example/{count}" for count in range(number)), "https://b.example/")
        with catalogue.write() as connection:
            connection.execute(
                "UPDATE beliefs SET due_at = '2026-07-01T00:00:00Z', state = 'healthy', "
                "checked_at = strftime('%Y-%m-%dT%H:%M:%SZ', '2026-05-01', link_id || ' days')"
            )

    def test_of_a_host_those_come_forward_that_were_not_looked_at_for_longest(
        self, catalogue: Catalogue
    ) -> None:
        self.make(catalogue, 10)
        with catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET state = 'broken' WHERE link_id = 1")
            brought = beliefs.hurry(
                connection,
                "a.example",
                states={State.HEALTHY},
                unseen_since="2026-05-30T00:00:00Z",
                due_by=LATER,
                most=3,
            )
        assert brought == 3
        assert [link_id for link_id, due_at in self.due(catalogue).items() if due_at == LATER] == [2, 3, 4]

    def test_nobody_is_put_off_by_hurry(self, catalogue: Catalogue) -> None:
        self.make(catalogue, 3)
        with catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET due_at = ?", (NOW,))
            assert not beliefs.hurry(
                connection, "a.example", states={State.HEALTHY}, unseen_since=LATER, due_by=LATER, most=9
            )

    def test_all_come_forward_in_slices_but_those_checked_since(self, catalogue: Catalogue) -> None:
        self.make(catalogue, 10)
        after: int | None = 0
        slices = 0
        while after is not None:
            with catalogue.write() as connection:
                after = beliefs.bring_all_forward(connection, NOW, "2026-05-09T00:00:00Z", after, 4)
            slices += 1
        assert slices == 4
        assert [link_id for link_id, due_at in self.due(catalogue).items() if due_at == NOW] == list(
            range(1, 8)
        )

    def test_what_a_wrong_clock_put_off_is_due(self, catalogue: Catalogue) -> None:
        self.make(catalogue, 2)
        with catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET due_at = '2036-07-01T00:00:00Z' WHERE link_id = 2")
            assert beliefs.mend_clock(connection, NOW, "2026-09-01T00:00:00Z") == 1
            assert beliefs.mend_clock(connection, NOW, "2026-09-01T00:00:00Z") == 0
        assert self.due(catalogue)[2] == NOW

    def test_a_link_whose_redirect_leads_to_a_postponed_host_waits_for_it(self, catalogue: Catalogue) -> None:
        add_links(catalogue, "https://a.example/1", "https://a.example/2")
        with catalogue.write() as connection:
            beliefs.put_off(connection, [(1, LATER)])
        assert self.due(catalogue) == {1: LATER, 2: LONG_AGO}

    @pytest.mark.parametrize(
        ("aim", "due"),
        [(Aim(link_id=2), [2]), (Aim(host="a.example"), [1, 2]), (Aim(host="example"), [1, 2, 3])],
    )
    def test_what_a_person_spoke_of_is_due(self, catalogue: Catalogue, aim: Aim, due: list[int]) -> None:
        self.make(catalogue, 2)
        with catalogue.write() as connection:
            beliefs.make_due(connection, aim, NOW)
        assert [link_id for link_id, due_at in self.due(catalogue).items() if due_at == NOW] == due

    def test_witnesses_are_the_links_of_other_hosts_that_were_alive_last(self, catalogue: Catalogue) -> None:
        add_links(catalogue, *(f"https://{host}.example/{number}" for host in "abcd" for number in (1, 2)))
        with catalogue.write() as connection:
            connection.execute(
                "UPDATE beliefs SET alive_at = '2026-05-0' || link_id || 'T00:00:00Z' WHERE link_id < 8"
            )
        assert beliefs.witnesses(catalogue.connection, ["c.example"], 2, NOW) == [(7, True), (4, True)]

    def test_they_may_be_due_themselves_but_their_hosts_want_to_be_visited(
        self, catalogue: Catalogue
    ) -> None:
        add_links(catalogue, *(f"https://{host}.example/" for host in "abc"))
        with catalogue.write() as connection:
            connection.execute("UPDATE beliefs SET alive_at = '2026-05-0' || link_id || 'T00:00:00Z'")
            connection.execute("UPDATE beliefs SET due_at = ? WHERE link_id = 2", (LATER,))
            hosts.postpone(connection, [("c.example", LATER)])
        assert beliefs.witnesses(catalogue.connection, [], 3, NOW) == [(2, False), (1, True)]
