"""Kinds, nouns, scopes and formats: closed lists that the record, the paths and the labels are read off."""

import re

import pytest

from syndicator.model import scopes
from syndicator.model.kinds import TRAITS, Kind, Verb
from syndicator.model.records import Name, Noun, Piece, Placement, Relation, Status
from syndicator.model.scopes import Format, ScopeKind
from syndicator.model.submission import NameSubmission, Submission, read_name, read_submission
from syndicator.times import UTC_ZONE


class TestKinds:
    def test_every_kind_is_described(self) -> None:
        assert set(TRAITS) == set(Kind)
        for kind in Kind:
            assert re.fullmatch("[a-z]+(-[a-z]+)*", kind.value)
            assert re.fullmatch("[A-Z][A-Za-z]+", kind.schema_type)
            assert kind.label[0].isupper()

    def test_one_watches_videos_listens_to_podcasts_and_reads_the_rest(self) -> None:
        unread = {kind: kind.verb for kind in Kind if kind.verb is not Verb.READ}
        assert unread == {Kind.VIDEO: Verb.WATCH, Kind.PODCAST: Verb.LISTEN}

    @pytest.mark.parametrize("kind", Kind)
    def test_a_kind_is_read_by_slug_and_by_label(self, kind: Kind) -> None:
        for name in (kind.value, kind.value.upper(), kind.label, kind.label.lower(), f" {kind.label} "):
            assert Kind.read(name) is kind

    def test_an_unknown_kind_is_answered_with_the_known_ones(self) -> None:
        with pytest.raises(ValueError, match=r"“essay” is not a kind; known are op-ed, article, report"):
            Kind.read("essay")


class TestScopes:
    def test_folders_are_those_that_subscribers_know(self) -> None:
        assert scopes.folder(ScopeKind.ALL, "") == "all/"
        assert scopes.folder(ScopeKind.TOPICS, "china") == "topics/china/"
        assert scopes.piece_path("burden-sharing") == "pieces/burden-sharing/"

    def test_files_are_those_that_subscribers_know(self) -> None:
        assert [format.filename for format in Format] == ["atom.xml", "rss.xml", "feed.json", "index.html"]
        assert [format.suffix for format in scopes.ARCHIVE_FORMATS] == ["xml", "json", "html"]

    def test_every_noun_has_a_scope_and_everything_a_label(self) -> None:
        assert {noun.value for noun in Noun} < {kind.value for kind in ScopeKind}
        assert all(kind.label for kind in ScopeKind)
        assert all(format.label and format.media_type for format in Format)


class TestInterchange:
    """What a piece or name is exported as is what a submission is read from."""

    def test_a_piece_is_written_in_the_fields_of_a_submission(self) -> None:
        piece = Piece(
            id=7,
            entry_id="tag:example.org,2024:pieces/7",
            slug="title",
            status=Status.DRAFT,
            title="Title",
            summary="<p>S</p>",
            summary_text="S",
            kind=Kind.OP_ED,
            published="2024-06-16",
            published_at="2024-06-16T00:00:00Z",
            authors=("Jo Doe",),
            featured=("Al Roe",),
            topics=("NATO",),
            programs=("Asia Program",),
            placements=(Placement("https://outlet.example/1", "The Outlet", Relation.ORIGINAL),),
            source_id="7",
            created_at="2024-06-16T00:00:00Z",
            updated_at="2024-06-16T00:00:00Z",
            retracted_at=None,
        )
        written = piece.as_fields()
        assert set(written) == set(Submission.model_fields)
        submission = read_submission(written, UTC_ZONE)
        assert submission.placements[0].relation is Relation.ORIGINAL
        for field in set(written) - {"placements"}:
            assert getattr(submission, field) == getattr(piece, field)

    @pytest.mark.parametrize(
        ("noun", "own"),
        [
            (Noun.AUTHORS, {"role", "url"}),
            (Noun.OUTLETS, {"url", "hosts"}),
            (Noun.TOPICS, {"parent"}),
            (Noun.PROGRAMS, {"url"}),
        ],
    )
    def test_a_name_is_written_in_the_fields_that_its_noun_has(self, noun: Noun, own: set[str]) -> None:
        name = Name(noun, 1, "A name", "a-name", "2024-06-16T00:00:00Z", "2024-06-16T00:00:00Z")
        written = name.as_fields()
        assert set(written) == own | {"name", "slug", "aliases", "old_slugs"}
        assert set(written) <= set(NameSubmission.model_fields)
        assert read_name(written).name == "A name"

    def test_records_are_frozen(self) -> None:
        name = Name(Noun.AUTHORS, 1, "A name", "a-name", "", "")
        for field in name._fields:
            with pytest.raises(AttributeError):
                setattr(name, field, "other")
