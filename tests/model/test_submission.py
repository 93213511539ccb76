"""Submissions: every problem is named at once, in sentences that a person can act on."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.errors import Problem, SubmissionRefused
from syndicator.model.kinds import Kind
from syndicator.model.records import Relation, Status
from syndicator.model.submission import NameSubmission, Submission, read_name, read_submission
from tests.builders import fields

NEW_YORK = ZoneInfo("America/New_York")
URL = "https://outlet.example/1"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just({"url": URL}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def read(**changes: Any) -> Submission:
    return read_submission(fields(**changes), NEW_YORK)


def problems_of(**changes: Any) -> list[str]:
    with pytest.raises(SubmissionRefused) as refusal:
        read(**changes)
    return [str(problem) for problem in refusal.value.problems]


def problems_of_name(**given_fields: Any) -> list[str]:
    with pytest.raises(SubmissionRefused) as refusal:
        read_name({"name": "Jo Doe"} | given_fields)
    return [str(problem) for problem in refusal.value.problems]


def placement(**changes: Any) -> dict[str, Any]:
    return {"url": URL, "outlet": "The Outlet"} | changes


class TestWhatIsTaken:
    def test_a_title_a_date_and_a_placement_are_enough(self) -> None:
        least = {"title": "T", "published": "2024-06-16", "placements": [{"url": URL}]}
        made = read_submission(least, NEW_YORK)
        assert (made.kind, made.summary, made.authors, made.source_id) == (Kind.ARTICLE, "", (), None)
        assert made.placements[0].outlet is None

    def test_what_was_said_is_told_from_what_was_not(self) -> None:
        least = {"title": "T", "published": "2024-06-16", "placements": [{"url": URL}], "topics": []}
        assert read_submission(least, NEW_YORK).model_fields_set == {
            "title", "published", "placements", "topics",
        }  # fmt: skip

    def test_text_is_made_safe(self) -> None:
        made = read(
            title=" A\ttitle\x00 ", summary="<p onclick='x'>Sum<script>x</script></p>", authors=[" Jo \n Doe"]
        )
        assert (made.title, made.summary, made.authors) == ("A title", "<p>Sum</p>", ("Jo Doe",))

    def test_a_time_without_an_offset_is_meant_in_the_sites_zone(self) -> None:
        assert read(published="2024-06-16T13:30").published == "2024-06-16T17:30:00Z"

    @pytest.mark.parametrize("kind", ["q-and-a", "Q&A", "q&a", " Q-and-A "])
    def test_a_kind_is_named_by_slug_or_label_in_any_case(self, kind: str) -> None:
        assert read(kind=kind).kind is Kind.Q_AND_A

    def test_names_that_are_the_same_count_once_in_the_first_spelling(self) -> None:
        made = read(authors=["Jo Doe", "JO DOE", "jo  doe"], topics=["NATO", "China", "Nato"])
        assert made.authors == ("Jo Doe",)
        assert made.topics == ("NATO", "China")

    def test_a_title_of_ten_thousand_characters_is_no_problem(self) -> None:
        assert len(read(title="é" * 10_000).title) == 10_000

    def test_empty_means_none_where_a_field_may_be_left_out(self) -> None:
        made = read(source_id=" ", summary=None, placements=[placement(outlet="")])
        assert (made.source_id, made.summary, made.placements[0].outlet) == (None, "", None)

    def test_what_was_read_is_read_again_as_the_same(self) -> None:
        once = read(
            placements=[placement(relation="original"), placement(url=URL + "2", relation="cross-post")]
        )
        assert read_submission(dict(once), NEW_YORK) == once

    def test_enums_may_be_given_as_such(self) -> None:
        made = read(kind=Kind.BOOK, status=Status.DRAFT, placements=[placement(relation=Relation.ORIGINAL)])
        assert (made.kind, made.status) == (Kind.BOOK, Status.DRAFT)


class TestWhatIsRefused:
    def test_every_problem_is_named_at_once(self) -> None:
        assert problems_of(
            title="",
            kind="essay",
            published="soon",
            authors=["Jo Doe", 7],
            featured="Jo Doe",
            placements=[placement(url="ftp://outlet.example/"), placement(relation="copy")],
            status="live",
            colour="red",
        ) == [
            "title: must not be empty",
            "kind: “essay” is not a kind; known are " + ", ".join(kind.value for kind in Kind),
            "published: “soon” is not a date: write 2024-06-16, or 2024-06-16T13:30 where the time is known",
            "authors[1]: must be text",
            "featured: must be a list",
            "placements[0].url: it begins with ftp:, and only http and https lead to a page. Begin it with https://",
            "placements[1].relation: must be 'original', 'republication', 'cross-post' or 'translation'",
            "status: must be 'draft', 'published' or 'retracted'",
            "colour: is not a field of ours; check its spelling",
        ]

    def test_what_is_wrong_between_fields_is_named_with_the_rest(self) -> None:
        twice = [placement(relation="translation"), placement(url=f"{URL}?utm_source=x", relation="original")]
        assert problems_of(title=None, featured=["jo doe"], placements=twice) == [
            "title: must be text",
            "featured: jo doe is both author and featured; a person has one credit on a piece",
            (
                "placements: the first is the primary one: its relation must be “original”; "
                "only the first can be the original; say republication, cross-post or translation; "
                "two have the same URL"
            ),
        ]

    def test_nothing_at_all_misses_what_is_required(self) -> None:
        with pytest.raises(SubmissionRefused) as refusal:
            read_submission({}, NEW_YORK)
        assert refusal.value.problems == tuple(
            Problem(field, "is missing") for field in ("title", "published", "placements")
        )

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("title", "x" * 20_001, "is longer than 20,000 characters"),
            ("summary", "x" * 200_001, "is longer than 200,000 characters"),
            ("summary", "&" * 100_000, "is longer than 200,000 characters"),
            ("summary", 7, "must be text"),
            ("published", 20240616, "must be text"),
            ("topics", [f"Topic {number}" for number in range(201)], "has more than 200"),
            ("topics", None, "must be a list"),
            ("placements", [], "needs at least one"),
            ("placements", {"url": URL}, "must be a list"),
            ("source_id", "x" * 2_001, "is longer than 2,000 characters"),
            ("slug", "Not A Slug", "must be of a-z, 0-9 and single hyphens, like burden-sharing"),
            ("slug", "a\n", "must be of a-z, 0-9 and single hyphens, like burden-sharing"),
            ("entry_id", "urn:x", "must be a tag URI (RFC 4151), like tag:example.org,2024:pieces/7"),
            ("entry_id", "tag:a b", "must be a tag URI (RFC 4151), like tag:example.org,2024:pieces/7"),
        ]
        + [("id", wrong, "must be a whole number from 1 on") for wrong in (0, -1, "7", 1.0, True, 2**53 + 1)],
    )
    def test_a_wrong_value_is_told_in_words(self, field: str, value: object, sentence: str) -> None:
        assert problems_of(**{field: value}) == [f"{field}: {sentence}"]

    @pytest.mark.parametrize(
        ("given_placement", "problem"),
        [
            ("x", "placements[0]: must be an object"),
            ({}, "placements[0].url: is missing"),
            (placement(url=7), "placements[0].url: must be text"),
            (placement(outlet="x" * 301), "placements[0].outlet: is longer than 300 characters"),
            (placement(link=URL), "placements[0].link: is not a field of ours; check its spelling"),
        ],
    )
    def test_a_wrong_placement_is_the_only_problem(self, given_placement: object, problem: str) -> None:
        assert problems_of(placements=[given_placement]) == [problem]

    @given(st.dictionaries(st.sampled_from([*Submission.model_fields, "other"]), ANY_JSON))
    def test_no_value_is_answered_with_jargon(self, given_fields: dict[str, Any]) -> None:
        try:
            read_submission(given_fields, NEW_YORK)
        except SubmissionRefused as refusal:
            told = str(refusal)
            for jargon in (
                "pydantic",
                "Input should",
                "Value error",
                "String should",
                "Tuple should",
                "Field ",
            ):
                assert jargon not in told


class TestNames:
    def test_a_name_is_enough(self) -> None:
        assert read_name({"name": " Jo  Doe "}) == NameSubmission(name="Jo Doe")

    @pytest.mark.parametrize(("field", "empty"), [("role", ""), ("url", ""), ("parent", ""), ("aliases", [])])
    def test_empty_means_that_the_field_is_to_be_emptied(self, field: str, empty: object) -> None:
        made = read_name({"name": "Jo Doe", field: empty})
        assert field in made.model_fields_set
        assert not getattr(made, field)

    @pytest.mark.parametrize(
        ("field", "value", "problem"),
        [
            ("name", "  ", "name: must not be empty"),
            ("name", "x" * 301, "name: is longer than 300 characters"),
            ("aliases", "Joey", "aliases: must be a list"),
            ("hosts", [None], "hosts[0]: must be text"),
            ("hosts", [""], "hosts[0]: must not be empty"),
            (
                "old_slugs",
                ["Jo Doe"],
                "old_slugs[0]: must be of a-z, 0-9 and single hyphens, like burden-sharing",
            ),
            ("hight", 7, "hight: is not a field of ours; check its spelling"),
        ],
    )
    def test_a_wrong_value_is_told_in_words(self, field: str, value: object, problem: str) -> None:
        assert problems_of_name(**{field: value}) == [problem]
