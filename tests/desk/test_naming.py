"""Authors, outlets, topics, programs: added, changed, renamed, merged; every address they ever had stays theirs."""

from pathlib import Path
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import audit, names
from syndicator.errors import NotFound, SubmissionRefused
from syndicator.model.records import Name, Noun, Piece, Relation
from syndicator.site import Site
from tests.builders import NOON, StandingClock, log, make_site

LATER = "2026-06-01T13:00:00Z"
FIELD = {Noun.AUTHORS: "authors", Noun.TOPICS: "topics", Noun.PROGRAMS: "programs"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, clock=StandingClock(NOON))


def advance(site: Site) -> None:
    assert isinstance(site.clock, StandingClock)
    site.clock.advance(hours=1)


def add(site: Site, noun: Noun, name: str, **fields: Any) -> Name:
    return desk.add_name(site, noun, {"name": name, **fields}).name


def find(site: Site, noun: Noun, given: str) -> Name:
    return desk.find_name(site, noun, given)


def rename(site: Site, noun: Noun, old: str, new: str) -> desk.NameRecorded:
    return desk.rename(site, find(site, noun, old), new)


def merge(site: Site, noun: Noun, source: str, target: str) -> Name:
    return desk.merge_names(site, find(site, noun, source), find(site, noun, target)).name


def piece(site: Site, number: int) -> Piece:
    return desk.find_piece(site, str(number))


def log_with(site: Site, number: int, noun: Noun, *given: str) -> int:
    """Logs a piece that has these names of a noun (an outlet of each further placement)."""
    if noun is Noun.OUTLETS:
        first, *further = given
        log(site, number, placements=[{"url": f"https://a{number}.example/", "outlet": first}])
        for outlet in further:
            url = f"https://b{number}.example/{outlet.replace(' ', '-')}"
            desk.place(site, number, url, outlet, Relation.CROSS_POST)
        return number
    return log(site, number, **{FIELD[noun]: list(given)})


def names_of(site: Site, number: int, noun: Noun) -> tuple[str, ...]:
    found = piece(site, number)
    if noun is Noun.OUTLETS:
        return tuple(placement.outlet for placement in found.placements)
    return tuple(getattr(found, FIELD[noun]))


def actions(site: Site, noun: Noun, name_id: int) -> list[str]:
    return [row.action for row in audit.of(site.catalogue.connection, noun, name_id)]


@pytest.mark.parametrize("noun", Noun)
class TestAdd:
    def test_a_name_has_a_slug_and_an_audit_row(self, site: Site, noun: Noun) -> None:
        name = add(site, noun, "Émile & Co", aliases=["E. & Co"])
        assert (name.name, name.slug, name.aliases) == ("Émile & Co", "emile-co", ("E. & Co",))
        assert actions(site, noun, name.id) == ["add", "edit"]

    @pytest.mark.parametrize("known", ["Émile", "ÉMILE", "E.", "e."])
    def test_a_name_or_alias_that_is_known_is_refused(self, site: Site, noun: Noun, known: str) -> None:
        add(site, noun, "Émile", aliases=["E."])
        with pytest.raises(
            SubmissionRefused, match=rf"is recorded already as {noun.singular} “Émile” \(emile\)"
        ):
            add(site, noun, known)

    def test_a_slug_may_be_asked_for(self, site: Site, noun: Noun) -> None:
        name = add(site, noun, "First", slug="mine", old_slugs=["older", "oldest"])
        assert (name.slug, name.old_slugs) == ("mine", ("older", "oldest"))
        for taken in ("mine", "older"):
            with pytest.raises(SubmissionRefused, match=f"“{taken}” belongs or belonged to another"):
                add(site, noun, "Second", slug=taken)
        assert names.every(site.catalogue.connection, noun) == [name]


class TestFields:
    def test_an_author_has_a_role_and_a_page(self, site: Site) -> None:
        made = add(
            site, Noun.AUTHORS, "Jo Doe", role="Non-Resident Fellow", url="https://a.example/jo?utm_source=x"
        )
        assert (made.role, made.url) == ("Non-Resident Fellow", "https://a.example/jo")

    def test_an_outlet_has_hosts_in_whatever_form_they_are_given(self, site: Site) -> None:
        hosts = [
            "https://www.Outlet.example/home?x=1",
            "outlet.example",
            "blog.outlet.example",
            "münchen.example",
        ]
        assert add(site, Noun.OUTLETS, "The Outlet", hosts=hosts).hosts == (
            "outlet.example", "blog.outlet.example", "xn--mnchen-3ya.example",
        )  # fmt: skip

    @pytest.mark.parametrize("host", ["not a host", "[2001:db8::1]", "ftp://a.example"])
    def test_a_host_is_a_host_name(self, site: Site, host: str) -> None:
        with pytest.raises(SubmissionRefused, match="is not a host name"):
            add(site, Noun.OUTLETS, "The Outlet", hosts=[host])

    def test_a_topic_lies_below_another_that_is_made_if_need_be(self, site: Site) -> None:
        topic = add(site, Noun.TOPICS, "Taiwan", parent="China")
        assert topic.parent_id == find(site, Noun.TOPICS, "China").id

    @pytest.mark.parametrize(
        ("noun", "fields"),
        [
            (Noun.AUTHORS, {"hosts": ["a.example"]}),
            (Noun.AUTHORS, {"parent": "China"}),
            (Noun.OUTLETS, {"role": "Fellow"}),
            (Noun.TOPICS, {"url": "https://a.example/"}),
            (Noun.PROGRAMS, {"parent": "China"}),
        ],
    )
    def test_what_a_noun_does_not_have_is_refused(
        self, site: Site, noun: Noun, fields: dict[str, Any]
    ) -> None:
        with pytest.raises(SubmissionRefused, match=f"is nothing that {noun} have"):
            add(site, noun, "A name", **fields)
        assert names.every(site.catalogue.connection, noun) == []

    def test_only_what_is_said_changes(self, site: Site) -> None:
        name = add(site, Noun.AUTHORS, "Jo Doe", role="Fellow", url="https://a.example/jo", aliases=["Joey"])
        advance(site)
        changed = desk.change_name(site, name, {"role": "Senior Fellow"})
        assert changed.outcome is desk.Outcome.UPDATED
        assert (changed.name.role, changed.name.url, changed.name.aliases) == (
            "Senior Fellow", "https://a.example/jo", ("Joey",),
        )  # fmt: skip
        assert (changed.name.updated_at, changed.name.created_at) == (LATER, "2026-06-01T12:00:00Z")
        assert desk.change_name(site, name, {"role": "Senior Fellow"}).outcome is desk.Outcome.UNCHANGED
        assert actions(site, Noun.AUTHORS, name.id) == ["add", "edit", "edit"]

    def test_what_is_said_to_be_empty_is_emptied(self, site: Site) -> None:
        name = add(site, Noun.AUTHORS, "Jo Doe", role="Fellow", url="https://a.example/jo", aliases=["Joey"])
        emptied = desk.change_name(site, name, {"role": "", "url": "", "aliases": []}).name
        assert (emptied.role, emptied.url, emptied.aliases) == ("", "", ())

    def test_an_alias_that_is_anothers_name_is_refused(self, site: Site) -> None:
        add(site, Noun.AUTHORS, "Jo Doe")
        with pytest.raises(SubmissionRefused, match="aliases: “JO DOE” is the name of author “Jo Doe”"):
            add(site, Noun.AUTHORS, "Al Roe", aliases=["JO DOE"])

    @pytest.mark.parametrize("parent", ["Asia", "China", "Taiwan"])
    def test_a_topic_cannot_lie_below_itself(self, site: Site, parent: str) -> None:
        add(site, Noun.TOPICS, "China", parent="Asia")
        add(site, Noun.TOPICS, "Taiwan", parent="China")
        with pytest.raises(SubmissionRefused, match=f"“{parent}” lies below “Asia” itself"):
            desk.change_name(site, find(site, Noun.TOPICS, "Asia"), {"parent": parent})


@pytest.mark.parametrize("noun", Noun)
class TestRename:
    def test_the_old_name_stays_an_alias_and_the_old_slug_an_older_one(self, site: Site, noun: Noun) -> None:
        log_with(site, 1, noun, "Old Name")
        advance(site)
        recorded = rename(site, noun, "old name", "New Name")
        assert recorded.outcome is desk.Outcome.UPDATED
        name = recorded.name
        assert (name.name, name.slug, name.updated_at) == ("New Name", "new-name", LATER)
        assert (name.aliases, name.old_slugs) == (("Old Name",), ("old-name",))
        assert names_of(site, 1, noun) == ("New Name",)
        assert actions(site, noun, name.id) == ["add", "rename"]

    def test_the_old_name_still_means_it(self, site: Site, noun: Noun) -> None:
        log_with(site, 1, noun, "Old Name")
        rename(site, noun, "Old Name", "New Name")
        log_with(site, 2, noun, "Old Name")
        assert names_of(site, 2, noun) == ("New Name",)
        assert find(site, noun, "old-name").name == "New Name"

    def test_slugs_of_all_its_names_are_kept_and_one_is_taken_up_again(self, site: Site, noun: Noun) -> None:
        add(site, noun, "One")
        for old, new in (("One", "Two"), ("Two", "Three"), ("Three", "One")):
            rename(site, noun, old, new)
        name = find(site, noun, "One")
        assert (name.slug, name.old_slugs, name.aliases) == ("one", ("two", "three"), ("Two", "Three"))

    def test_another_case_or_accent_keeps_the_address(self, site: Site, noun: Noun) -> None:
        add(site, noun, "Emile")
        name = rename(site, noun, "Emile", "ÉMILE").name
        assert (name.slug, name.old_slugs) == ("emile", ())

    def test_the_same_name_again_changes_nothing(self, site: Site, noun: Noun) -> None:
        add(site, noun, "One")
        assert rename(site, noun, "One", " One ").outcome is desk.Outcome.UNCHANGED

    def test_the_name_of_another_is_refused_with_the_way_to_merge(self, site: Site, noun: Noun) -> None:
        add(site, noun, "One")
        add(site, noun, "The Other", aliases=["It"])
        with pytest.raises(SubmissionRefused) as refusal:
            rename(site, noun, "One", "it")
        assert f"syndicator {noun.singular} merge One 'The Other'" in str(refusal.value)

    def test_a_slug_that_was_anothers_is_not_taken(self, site: Site, noun: Noun) -> None:
        add(site, noun, "One")
        rename(site, noun, "One", "Two")
        add(site, noun, "Three")
        assert rename(site, noun, "Three", "O-n-e").name.slug == "o-n-e"
        assert rename(site, noun, "O-n-e", "One!").name.slug == "one-2"


@pytest.mark.parametrize("noun", Noun)
class TestMerge:
    def test_the_target_gets_pieces_aliases_and_addresses(self, site: Site, noun: Noun) -> None:
        log_with(site, 1, noun, "Gone")
        log_with(site, 2, noun, "Kept")
        rename(site, noun, "Gone", "Gone By")
        advance(site)
        gone = find(site, noun, "Gone")
        kept = merge(site, noun, "Gone", "Kept")
        assert (kept.name, kept.slug, kept.updated_at) == ("Kept", "kept", LATER)
        assert (set(kept.aliases), set(kept.old_slugs)) == ({"Gone", "Gone By"}, {"gone", "gone-by"})
        assert names_of(site, 1, noun) == names_of(site, 2, noun) == ("Kept",)
        assert names.get(site.catalogue.connection, noun, gone.id) is None
        assert actions(site, noun, gone.id)[-1] == actions(site, noun, kept.id)[-1] == "merge"
        last = audit.of(site.catalogue.connection, noun, gone.id)[-1]
        assert last.before
        assert (last.before["name"], last.after) == ("Gone By", None)

    def test_addresses_follow_over_several_merges_and_renames(self, site: Site, noun: Noun) -> None:
        for name in ("One", "Two", "Three"):
            add(site, noun, name)
        merge(site, noun, "One", "Two")
        rename(site, noun, "Two", "Zwei")
        merge(site, noun, "Zwei", "Three")
        last = rename(site, noun, "Three", "Last").name
        assert set(last.old_slugs) == {"one", "two", "zwei", "three"}
        assert set(last.aliases) == {"One", "Two", "Zwei", "Three"}
        for given in ("One", "two", "Zwei", "three"):
            assert find(site, noun, given) == last

    def test_a_piece_that_had_both_has_one(self, site: Site, noun: Noun) -> None:
        log_with(site, 1, noun, "Gone", "Between", "Kept")
        merge(site, noun, "Gone", "Kept")
        expected = ("Kept", "Between", "Kept") if noun is Noun.OUTLETS else ("Between", "Kept")
        assert names_of(site, 1, noun) == expected
        desk.revise(site, 1, {"title": "Still whole"})

    def test_with_itself_it_is_refused(self, site: Site, noun: Noun) -> None:
        add(site, noun, "One", aliases=["Eins"])
        with pytest.raises(SubmissionRefused, match=f"“One” and “One” are the same {noun.singular}"):
            merge(site, noun, "One", "Eins")

    def test_one_that_went_meanwhile_is_missed(self, site: Site, noun: Noun) -> None:
        one, two = add(site, noun, "One"), add(site, noun, "Two")
        desk.merge_names(site, one, two)
        with pytest.raises(NotFound, match=f"There is no {noun.singular} {one.id} any more"):
            desk.merge_names(site, one, two)
        with pytest.raises(NotFound):
            desk.rename(site, one, "Three")


class TestMergeOfPeople:
    def test_who_wrote_a_piece_is_not_demoted_to_featured(self, site: Site) -> None:
        log(site, 1, authors=["Gone"], featured=["Kept"])
        log(site, 2, authors=["Kept"], featured=["Gone"])
        merge(site, Noun.AUTHORS, "Gone", "Kept")
        for number in (1, 2):
            assert (piece(site, number).authors, piece(site, number).featured) == (("Kept",), ())


class TestMergeOfOutlets:
    def test_hosts_are_shared_once(self, site: Site) -> None:
        add(site, Noun.OUTLETS, "Gone", hosts=["gone.example", "both.example"])
        add(site, Noun.OUTLETS, "Kept", hosts=["kept.example", "both.example"])
        assert merge(site, Noun.OUTLETS, "Gone", "Kept").hosts == (
            "gone.example",
            "kept.example",
            "both.example",
        )


class TestMergeOfTopics:
    @pytest.fixture
    def nested(self, site: Site) -> Site:
        for name, parent in (("China", "Asia"), ("Taiwan", "China"), ("Strait", "Taiwan"), ("Korea", "Asia")):
            add(site, Noun.TOPICS, name, parent=parent)
        return site

    def tree(self, site: Site) -> dict[str, str | None]:
        every = {topic.id: topic for topic in names.every(site.catalogue.connection, Noun.TOPICS)}
        return {t.name: every[t.parent_id].name if t.parent_id else None for t in every.values()}

    def test_what_lay_below_one_lies_below_the_other(self, nested: Site) -> None:
        merge(nested, Noun.TOPICS, "China", "Korea")
        assert self.tree(nested) == {"Asia": None, "Korea": "Asia", "Strait": "Taiwan", "Taiwan": "Korea"}

    def test_a_topic_may_become_one_with_its_child(self, nested: Site) -> None:
        merge(nested, Noun.TOPICS, "China", "Taiwan")
        assert self.tree(nested) == {"Asia": None, "Korea": "Asia", "Strait": "Taiwan", "Taiwan": "Asia"}

    def test_or_with_one_further_below(self, nested: Site) -> None:
        merge(nested, Noun.TOPICS, "Asia", "Strait")
        assert self.tree(nested) == {"China": "Strait", "Korea": "Strait", "Strait": None, "Taiwan": "China"}

    def test_or_with_its_parent(self, nested: Site) -> None:
        merge(nested, Noun.TOPICS, "Taiwan", "China")
        assert self.tree(nested) == {"Asia": None, "China": "Asia", "Korea": "Asia", "Strait": "China"}
