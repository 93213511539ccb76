"""schema.org data: what is said of a piece and of a scope's page, and that a script element can hold it."""

import json
from datetime import datetime
from typing import Any

import pytest

from syndicator.model.kinds import Kind
from syndicator.model.scopes import ScopeKind
from syndicator.publish import schema_org
from syndicator.publish.entry import Archive, Entry, Person
from tests.publish.builders import BASE_URL, HOSTILE, NEW_YORK, elsewhere, entry, feed, label, person


def said(entry: Entry, *, published: str = "2024-06-16", teaser: str = "A price.") -> dict[str, Any]:
    """The node as a search engine reads it."""
    node = schema_org.piece(
        entry,
        published=published,
        teaser=teaser,
        institution="Example Institute",
        base_url=BASE_URL,
        language="en",
    )
    read: dict[str, Any] = json.loads(schema_org.script(node))
    return read


def steps(node: dict[str, Any]) -> list[tuple[int, str, str | None]]:
    return [(step["position"], step["name"], step.get("item")) for step in node["itemListElement"]]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_schema_org_type(kind: Kind) -> None:
    node = said(entry(kind=kind))
    assert node["@context"] == "https://schema.org"
    assert node["@type"] == kind.schema_type
    assert node.get("genre", "") == kind.genre


@pytest.mark.parametrize(
    ("kind", "property"),
    [(Kind.OP_ED, "headline"), (Kind.REPORT, "headline"), (Kind.VIDEO, "name"), (Kind.BOOK, "name")],
)
def test_articles_have_a_headline_and_recordings_and_books_a_name(kind: Kind, property: str) -> None:
    node = said(entry(kind=kind, title="A title"))
    assert {"headline", "name"} & node.keys() == {property}
    assert node[property] == "A title"


def test_the_piece_is_at_its_outlet_and_our_page_is_about_it() -> None:
    piece = entry()
    node = said(piece)
    assert node["@id"] == piece.id
    assert node["url"] == piece.external_url
    assert node["publisher"] == {"@type": "Organization", "name": "Lawfare"}
    page = node["mainEntityOfPage"]
    assert page["@type"] == "WebPage"
    assert page["@id"] == piece.url
    assert page["isBasedOn"] == piece.external_url
    assert page["publisher"]["name"] == "Example Institute"


def test_a_video_is_uploaded_when_it_is_published() -> None:
    assert said(entry(kind=Kind.VIDEO))["uploadDate"] == "2024-06-16"
    assert "uploadDate" not in said(entry())


def test_people_of_ours_have_title_and_affiliation_and_others_only_their_name() -> None:
    ours = Person(
        "Brian Blankenship", "authors/brian-blankenship/", "Fellow", "https://example.org/people/brian"
    )
    guest = Person("Natalie Armbruster", "authors/natalie-armbruster/", "", "")
    node = said(entry(authors=(ours, guest)))
    assert node["author"] == [
        {
            "@type": "Person",
            "name": "Brian Blankenship",
            "url": f"{BASE_URL}authors/brian-blankenship/",
            "jobTitle": "Fellow",
            "affiliation": {"@type": "Organization", "name": "Example Institute"},
            "sameAs": "https://example.org/people/brian",
        },
        {"@type": "Person", "name": "Natalie Armbruster", "url": f"{BASE_URL}authors/natalie-armbruster/"},
    ]


def test_who_is_featured_is_a_contributor() -> None:
    node = said(entry(authors=(), featured=(person("Rajan Menon"),)))
    assert "author" not in node
    assert [contributor["name"] for contributor in node["contributor"]] == ["Rajan Menon"]


def test_copies_are_the_same_work_and_translations_works_of_their_own() -> None:
    node = said(
        entry(
            also=(
                elsewhere("UnHerd", "https://unherd.example/a"),
                elsewhere("Substack", "https://substack.example/a", "cross-post"),
                elsewhere("Le Monde", "https://monde.example/a", "translation"),
            )
        )
    )
    assert node["sameAs"] == ["https://unherd.example/a", "https://substack.example/a"]
    assert node["workTranslation"] == [
        {
            "@type": "OpinionNewsArticle",
            "url": "https://monde.example/a",
            "publisher": {"@type": "Organization", "name": "Le Monde"},
        }
    ]


def test_the_breadcrumb_leads_over_the_first_topic() -> None:
    piece = entry(topics=(label("topics", "China"), label("topics", "Asia")), title="A title")
    assert steps(said(piece)["mainEntityOfPage"]["breadcrumb"]) == [
        (1, "Home", BASE_URL),
        (2, "China", f"{BASE_URL}topics/china/"),
        (3, "A title", None),
    ]
    assert said(piece)["keywords"] == ["China", "Asia"]


def test_what_is_not_known_is_not_said() -> None:
    bare = entry(kind=Kind.PODCAST, summary="", authors=(), featured=(), topics=(), programs=(), also=())
    assert said(bare, teaser="").keys() == {
        "@context",
        "@type",
        "@id",
        "name",
        "url",
        "datePublished",
        "publisher",
        "mainEntityOfPage",
    }


@pytest.mark.parametrize("text", [*HOSTILE[:6], "</script><script>", "<!--", "line\u2028and\u2029paragraph"])
def test_hostile_text_cannot_leave_the_script_element(text: str) -> None:
    written = schema_org.script({"name": text})
    assert written.isascii()
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"name": text}


def test_the_same_node_is_the_same_text() -> None:
    one, other = (schema_org.script({"a": [1, {"b": "c"}]}) for _ in range(2))
    assert one == other == '{"a":[1,{"b":"c"}]}'


def test_the_page_of_a_person_is_their_profile() -> None:
    scope = feed(kind=ScopeKind.AUTHORS, folder="authors/rajan-menon/")
    node: dict[str, Any] = schema_org.scope(
        scope, "Rajan Menon", [], role="Director", url="https://example.org/rajan"
    )
    assert node["@type"] == "ProfilePage"
    assert node["mainEntity"] == {
        "@type": "Person",
        "name": "Rajan Menon",
        "jobTitle": "Director",
        "affiliation": {"@type": "Organization", "name": "Example Institute"},
        "sameAs": "https://example.org/rajan",
    }


@pytest.mark.parametrize("kind", [ScopeKind.ALL, ScopeKind.KINDS])
def test_the_page_of_everything_or_of_a_kind_is_a_collection_about_nothing_in_particular(
    kind: ScopeKind,
) -> None:
    node = schema_org.scope(feed(kind=kind), "Everything", [])
    assert node["@type"] == "CollectionPage"
    assert "mainEntity" not in node


def test_the_page_of_a_topic_stands_below_the_topics_above_it() -> None:
    node: dict[str, Any] = schema_org.scope(
        feed(description=""), "Taiwan", [("Asia", f"{BASE_URL}topics/asia/")]
    )
    assert steps(node["breadcrumb"]) == [
        (1, "Home", BASE_URL),
        (2, "Asia", f"{BASE_URL}topics/asia/"),
        (3, "Taiwan", None),
    ]
    assert "description" not in node


def test_an_archive_page_stands_below_its_scope() -> None:
    node: dict[str, Any] = schema_org.archive(feed(archive=Archive("2024-06")), "China", "June 2024")
    assert node["url"] == f"{BASE_URL}topics/burden-sharing/archive/2024-06.html"
    assert node["name"] == "China, June 2024"
    assert steps(node["breadcrumb"])[1:] == [
        (2, "China", f"{BASE_URL}topics/burden-sharing/"),
        (3, "June 2024", None),
    ]


def test_a_date_is_written_as_it_is_given() -> None:
    moment = datetime(2024, 6, 16, 9, 30, tzinfo=NEW_YORK).isoformat()
    assert said(entry(), published=moment)["datePublished"] == "2024-06-16T09:30:00-04:00"
