"""Authors, outlets, topics and programs come back with all that is known of them: roles, aliases, hosts, old slugs."""

from collections.abc import Iterator
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import names as recorded
from syndicator.model.records import Noun
from syndicator.site import Site
from tests.builders import make_site
from tests.transfer.builders import jsonl, names, names_imported, outcomes


@pytest.fixture
def site(tmp_path: Any) -> Iterator[Site]:
    site = make_site(tmp_path)
    yield site
    site.catalogue.close()


def added(site: Site, noun: Noun, *rows: dict[str, Any]) -> list[str]:
    _, told = names_imported(site, noun, jsonl(*rows))
    return [line.reason or line.outcome.value for line in told]


def test_a_person_comes_with_role_url_aliases_and_older_addresses(site: Site) -> None:
    line = {
        "name": "Jo Doe",
        "slug": "johanna-doe",
        "role": "Fellow",
        "url": "https://example.org/jo",
        "aliases": ["J. Doe"],
        "old_slugs": ["jo", "jo-doe"],
    }
    assert added(site, Noun.AUTHORS, line) == ["added"]
    assert names(site, Noun.AUTHORS) == [line]
    assert added(site, Noun.AUTHORS, line) == ["unchanged"]


def test_an_outlet_comes_with_its_hosts(site: Site) -> None:
    assert added(
        site, Noun.OUTLETS, {"name": "The Outlet", "hosts": ["https://www.outlet.example/", "b.example"]}
    ) == ["added"]
    assert names(site, Noun.OUTLETS)[0]["hosts"] == ["outlet.example", "b.example"]


def test_a_topic_may_stand_before_the_one_it_lies_below(site: Site) -> None:
    """Whatever the order in the file: nobody is made on the way with a slug of its own."""
    lines: list[dict[str, Any]] = [
        {"name": "Taiwan", "parent": "China"},
        {"name": "Strait", "slug": "strait", "parent": "Formosa"},
        {"name": "China", "slug": "prc", "parent": "Asia", "aliases": ["PRC"]},
        {"name": "Asia", "slug": "asia-pacific"},
        {"name": "Taipei", "parent": "taiwan"},
        {"name": "Beijing", "parent": "PRC"},
    ]
    assert added(site, Noun.TOPICS, *lines) == ["added"] * 6
    by_name = {topic["name"]: topic for topic in names(site, Noun.TOPICS)}
    assert {name: topic["parent"] for name, topic in by_name.items()} == {
        "Asia": None, "Beijing": "China", "China": "Asia", "Formosa": None, "Strait": "Formosa", "Taipei": "Taiwan",
        "Taiwan": "China",
    }  # fmt: skip
    assert [by_name[name]["slug"] for name in ("China", "Asia")] == ["prc", "asia-pacific"]
    assert not any(topic["old_slugs"] for topic in by_name.values())


def test_topics_that_lie_in_a_circle_are_refused_and_the_others_taken(site: Site) -> None:
    lines = [
        {"name": "A", "parent": "B"},
        {"name": "B", "parent": "A"},
        {"name": "C", "parent": "C"},
        {"name": "D"},
    ]
    _, told = names_imported(site, Noun.TOPICS, jsonl(*lines))
    assert [(line.line, line.reason or line.outcome.value) for line in told] == [
        (2, "added"),
        (1, "parent: “B” lies below “A” itself"),
        (3, "parent: “C” lies below “C” itself"),
        (4, "added"),
    ]
    assert [(topic["name"], topic["parent"]) for topic in names(site, Noun.TOPICS)] == [
        ("A", None),
        ("B", "A"),
        ("D", None),
    ]


def test_a_slug_is_taken_as_it_is_and_leaves_no_trace_of_another(site: Site) -> None:
    """“Jose” is read first, but “jose” is the slug of “José”."""
    assert (
        added(site, Noun.AUTHORS, {"name": "Jose", "slug": "jose-2"}, {"name": "José", "slug": "jose"})
        == ["added"] * 2
    )
    assert [(name["slug"], name["old_slugs"]) for name in names(site, Noun.AUTHORS)] == [
        ("jose-2", []),
        ("jose", []),
    ]


@pytest.mark.parametrize(
    ("noun", "line", "reason"),
    [
        (Noun.AUTHORS, {"name": "New", "slug": "jo-doe"}, "slug: “jo-doe” belongs or belonged to another author"),
        (Noun.AUTHORS, {"name": "New", "aliases": ["JO DOE"]}, "aliases: “JO DOE” is the name of author “Jo Doe”"),
        (Noun.AUTHORS, {"name": "New", "old_slugs": ["jo-doe"]},
         "old_slugs: “jo-doe” belongs or belonged to another author"),
        (Noun.AUTHORS, {"name": "New", "hosts": ["a.example"]}, "hosts: is nothing that authors have"),
        (Noun.OUTLETS, {"name": "New", "hosts": ["not a host"]}, "hosts: “not a host” is not a host name"),
        (Noun.PROGRAMS, {"name": "New", "parent": "Old"}, "parent: is nothing that programs have"),
        (Noun.TOPICS, {"name": "New", "titel": 1}, "titel: is not a field of ours; check its spelling"),
        (Noun.TOPICS, {"aliases": ["New"]}, "name: is missing"),
    ],
)  # fmt: skip
def test_a_refused_name_leaves_nothing_and_stops_nothing(
    site: Site, noun: Noun, line: dict[str, Any], reason: str
) -> None:
    desk.add_name(site, Noun.AUTHORS, {"name": "Jo Doe"})
    assert added(site, noun, {"name": "Before"}, line, {"name": "After"}) == ["added", reason, "added"]
    assert [
        name["name"] for name in names(site, noun) if name["name"] not in ("Jo Doe", "Before", "After")
    ] == []


def test_an_alias_finds_the_name_that_it_stands_for(site: Site) -> None:
    desk.add_name(site, Noun.AUTHORS, {"name": "Jo Doe", "aliases": ["J. Doe"]})
    assert added(site, Noun.AUTHORS, {"name": "j. doe", "role": "Fellow"}) == ["updated"]
    assert [(name["name"], name["role"]) for name in names(site, Noun.AUTHORS)] == [("Jo Doe", "Fellow")]


def test_renames_and_merges_come_back_with_every_address_alive(site: Site, tmp_path_factory: Any) -> None:
    connection = site.catalogue.connection
    for name in ("Ukraine-Russia", "Ukraine", "Russia"):
        desk.add_name(site, Noun.TOPICS, {"name": name})
    desk.rename(site, recorded.every(connection, Noun.TOPICS)[0], "Eastern Europe")
    by_name = {topic.name: topic for topic in recorded.every(connection, Noun.TOPICS)}
    desk.merge_names(site, by_name["Ukraine"], by_name["Eastern Europe"])
    other = make_site(tmp_path_factory.mktemp("other"))
    assert set(added(other, Noun.TOPICS, *names(site, Noun.TOPICS))) == {"added"}
    assert names(other, Noun.TOPICS) == names(site, Noun.TOPICS)
    other.catalogue.close()


def test_a_dry_run_stores_no_names(site: Site) -> None:
    report, told = names_imported(site, Noun.TOPICS, jsonl({"name": "A"}, {"name": "A"}), dry_run=True)
    assert outcomes(told) == ["added", "unchanged"]
    assert (report.added, report.unchanged, report.import_id) == (1, 1, None)
    assert names(site, Noun.TOPICS) == []


def test_a_report_names_the_id_of_what_was_taken(site: Site) -> None:
    _, told = names_imported(site, Noun.PROGRAMS, jsonl({"name": "One"}, {"name": ""}, {"name": "Two"}))
    assert [(line.line, line.piece_id, line.title) for line in told] == [
        (1, 1, "One"),
        (2, None, ""),
        (3, 2, "Two"),
    ]
