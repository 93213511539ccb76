"""After any sequence of verbs the record is whole, every change has its audit row, and no address was lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from syndicator import desk, text, transfer
from syndicator.catalogue import names, pieces
from syndicator.errors import SyndicatorError
from syndicator.model.records import Name, Noun, Relation
from syndicator.model.submission import read_submission
from syndicator.transfer import Row
from tests.builders import NOON, StandingClock, fields, make_site

# Few of everything, so that they meet.
URLS = st.sampled_from(
    [f"https://{host}.example/{number}" for host in ("a", "www.a", "b") for number in range(3)]
)
NAMES = st.sampled_from(["Ann", "ANN", "Bo", "Émile", "ÉMILE", "Bo!", "Cy"])
NOUNS = st.sampled_from(Noun)
NUMBERS = st.integers(1, 3)
SOME_NAMES = st.lists(NAMES, max_size=3)
PLACEMENTS = st.lists(
    st.fixed_dictionaries({"url": URLS}, optional={"outlet": NAMES}), min_size=1, max_size=3
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["One", "Two"]),
        "published": st.sampled_from(["2024-06-16", "2030-01-01", "2024-06-16T12:00"]),
        "status": st.sampled_from(["draft", "published", "retracted"]),
        "authors": SOME_NAMES,
        "featured": SOME_NAMES,
        "topics": SOME_NAMES,
        "programs": SOME_NAMES,
        "placements": PLACEMENTS,
        "source_id": st.sampled_from(["wp-1", "wp-2"]),
        "slug": st.sampled_from(["one", "two"]),
    },
)


class Desk(RuleBasedStateMachine):
    """A desk at which anything may be asked for; what cannot be done is refused and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._clock = StandingClock(NOON)
        self.site = make_site(Path(self._folder.name), clock=self._clock)
        self.entry_ids: dict[int, str] = {}
        self.slugs: set[tuple[Noun, str]] = set()

    def teardown(self) -> None:
        assert self._column("PRAGMA integrity_check") == ["ok"]
        self.site.catalogue.close()
        self._folder.cleanup()

    def _column(self, statement: str) -> list[Any]:
        return [row[0] for row in self.site.catalogue.connection.execute(statement)]

    def _audited(self) -> Counter[str]:
        return Counter(self._column("SELECT noun FROM audit"))

    def _record_piece(self, verb: Callable[[], desk.Recorded]) -> None:
        """Each change of a piece is one audit row, with one for every name that came into being."""
        self._clock.advance(minutes=1)
        before = self._audited()
        expected: Counter[str] = Counter()
        with suppress(SyndicatorError):
            recorded = verb()
            expected["pieces"] = int(recorded.outcome is not desk.Outcome.UNCHANGED)
            expected.update(noun.value for noun, _ in recorded.created)
        assert self._audited() - before == +expected

    @contextmanager
    def _changing_names(self) -> Iterator[list[int]]:
        """How many audit rows a change of names is, is said by what is put into the list."""
        self._clock.advance(minutes=1)
        before = self._audited().total()
        rows: list[int] = []
        with suppress(SyndicatorError):
            yield rows
        assert self._audited().total() - before == sum(rows)

    def _name(self, noun: Noun, number: int) -> Name | None:
        every = names.every(self.site.catalogue.connection, noun)
        return every[number % len(every)] if every else None

    @initialize()
    def there_are_two_pieces(self) -> None:
        for number, author, featured in ((1, "Ann", "Bo"), (2, "Bo", "Émile")):
            given = fields(number, authors=[author], featured=[featured], topics=["Ann", "Bo"])
            self._record_piece(partial(desk.log, self.site, read_submission(given, self.site.settings.zone)))

    @rule(number=NUMBERS, changes=CHANGES)
    def log(self, number: int, changes: dict[str, Any]) -> None:
        self._record_piece(
            lambda: desk.log(self.site, read_submission(fields(number, **changes), self.site.settings.zone))
        )

    @rule(number=NUMBERS, changes=CHANGES)
    def record(self, number: int, changes: dict[str, Any]) -> None:
        def verb() -> desk.Recorded:
            submission = read_submission(fields(number, **changes), self.site.settings.zone)
            with self.site.catalogue.write() as connection:
                return desk.record(desk.Scribe(self.site, connection), submission)

        self._record_piece(verb)

    @rule(lines=st.lists(st.tuples(NUMBERS, CHANGES), max_size=4))
    def import_lines(self, lines: list[tuple[int, dict[str, Any]]]) -> None:
        """Lines of one batch see each other; those that are refused leave the others alone."""
        self._clock.advance(minutes=1)
        before = self._audited()
        rows = [Row(line, fields(number, **changes)) for line, (number, changes) in enumerate(lines, start=1)]
        report = transfer.import_pieces(self.site, rows, source="lines")
        assert report.added + report.updated + report.unchanged + report.refused == len(lines)
        assert (self._audited() - before)["pieces"] == report.added + report.updated

    @rule(number=NUMBERS, changes=CHANGES)
    def revise(self, number: int, changes: dict[str, Any]) -> None:
        self._record_piece(lambda: desk.revise(self.site, number, changes))

    @rule(number=NUMBERS)
    def retract(self, number: int) -> None:
        self._record_piece(lambda: desk.retract(self.site, number))

    @rule(number=NUMBERS, url=URLS, outlet=st.none() | NAMES)
    def place(self, number: int, url: str, outlet: str | None) -> None:
        self._record_piece(lambda: desk.place(self.site, number, url, outlet, Relation.CROSS_POST))

    @rule(noun=NOUNS, name=NAMES, aliases=SOME_NAMES)
    def add_name(self, noun: Noun, name: str, aliases: list[str]) -> None:
        with self._changing_names() as rows:
            added = desk.add_name(self.site, noun, {"name": name, "aliases": aliases})
            rows.append(2 if added.name.aliases else 1)

    @rule(number=NUMBERS, parent=NAMES)
    def nest_topic(self, number: int, parent: str) -> None:
        name = self._name(Noun.TOPICS, number)
        if name is None:
            return
        with self._changing_names() as rows:
            topics = len(names.every(self.site.catalogue.connection, Noun.TOPICS))
            changed = desk.change_name(self.site, name, {"parent": parent})
            rows.append(len(names.every(self.site.catalogue.connection, Noun.TOPICS)) - topics)
            rows.append(int(changed.outcome is desk.Outcome.UPDATED))

    @rule(noun=NOUNS, number=NUMBERS, new=NAMES)
    def rename(self, noun: Noun, number: int, new: str) -> None:
        name = self._name(noun, number)
        if name is None:
            return
        with self._changing_names() as rows:
            renamed = desk.rename(self.site, name, new)
            rows.append(int(renamed.outcome is desk.Outcome.UPDATED))

    @rule(noun=NOUNS, number=NUMBERS, other=NUMBERS)
    def merge(self, noun: Noun, number: int, other: int) -> None:
        source, target = self._name(noun, number), self._name(noun, other)
        if source is None or target is None:
            return
        with self._changing_names() as rows:
            desk.merge_names(self.site, source, target)
            rows.append(2)

    @invariant()
    def nothing_points_at_what_is_not_there(self) -> None:
        assert self._column("PRAGMA foreign_key_check") == []

    @invariant()
    def every_piece_has_one_primary_placement_and_all_in_order(self) -> None:
        recorded = self._column("SELECT id FROM pieces")
        for piece_id in recorded:
            positions = self._column(
                f"SELECT position FROM placements WHERE piece_id = {piece_id} ORDER BY 1"
            )
            assert positions == list(range(len(positions)))
            assert positions

    @invariant()
    def every_link_is_used(self) -> None:
        assert self._column("SELECT id FROM links WHERE id NOT IN (SELECT link_id FROM placements)") == []

    @invariant()
    def entry_ids_outlive_everything(self) -> None:
        recorded = pieces.load(self.site.catalogue.connection, self._column("SELECT id FROM pieces"))
        for piece_id, piece in recorded.items():
            assert self.entry_ids.setdefault(piece_id, piece.entry_id) == piece.entry_id
        assert set(self.entry_ids) == set(recorded)

    @invariant()
    def every_name_means_one_and_every_address_leads_to_one(self) -> None:
        for noun in Noun:
            every = names.every(self.site.catalogue.connection, noun)
            said = Counter(text.fold(name) for one in every for name in {one.name, *one.aliases})
            slugs = Counter(slug for one in every for slug in (one.slug, *one.old_slugs))
            assert set(said.values()) <= {1}
            assert set(slugs.values()) <= {1}
            self.slugs.update((noun, slug) for slug in slugs)
            assert {slug for known, slug in self.slugs if known is noun} == set(slugs)

    @invariant()
    def no_topic_lies_below_itself(self) -> None:
        above = dict(self.site.catalogue.connection.execute("SELECT id, parent_id FROM topics").fetchall())
        for topic in above:
            for _ in above:
                topic = above.get(topic)  # noqa: PLW2901
            assert topic is None

    @invariant()
    def the_index_is_up_to_date(self) -> None:
        assert self._column("SELECT piece_id FROM unindexed") == []


TestAnySequence = Desk.TestCase
TestAnySequence.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
