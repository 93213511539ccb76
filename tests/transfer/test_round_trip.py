"""What is exported comes back as it was: into an empty site the same record, into its own site no change at all."""

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator import desk, transfer
from syndicator.catalogue import names as recorded
from syndicator.errors import SyndicatorError
from syndicator.model.records import Noun
from syndicator.site import Site
from syndicator.transfer import LineOutcome
from tests.transfer.builders import (
    A_NAME,
    ANY_TEXT,
    copy,
    exported,
    fresh_site,
    imported,
    jsonl,
    record,
    submissions,
)

Edit = tuple[str, Noun, int, int, Any]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "merge", "alias", "role", "parent", "hosts", "url"]),
        st.sampled_from(list(Noun)),
        st.integers(0, 20),
        st.integers(0, 20),
        A_NAME,
    ),
    max_size=6,
)


def edit(site: Site, edits: list[Edit]) -> None:
    """Edits names as people do; what the desk refuses is not the question here."""
    for what, noun, one, other, word in edits:
        every = recorded.every(site.catalogue.connection, noun)
        if not every:
            continue
        name, second = every[one % len(every)], every[other % len(every)]
        changes = {
            "alias": {"aliases": [*name.aliases, word]},
            "role": {"role": word},
            "parent": {"parent": second.name},
            "hosts": {"hosts": ["https://www.outlet.example/", "a.example"]},
            "url": {"url": "https://example.org/people/1"},
        }
        try:
            match what:
                case "rename":
                    desk.rename(site, name, word)
                case "merge":
                    desk.merge_names(site, name, second)
                case _:
                    desk.change_name(site, name, changes[what])
        except SyndicatorError:
            continue


@settings(max_examples=60, deadline=None)
@given(st.lists(submissions(), max_size=6), EDITS, st.sampled_from(["jsonl", "csv"]))
def test_an_export_makes_the_same_record_in_an_empty_site(
    lines: list[dict[str, Any]], edits: list[Edit], format: str
) -> None:
    with fresh_site() as original, fresh_site() as other:
        imported(original, jsonl(*lines))
        edit(original, edits)
        told = copy(original, other, format)
        assert [line for line in told if line.outcome is LineOutcome.REFUSED] == []
        assert record(other) == record(original)


@settings(max_examples=40, deadline=None)
@given(st.lists(submissions(), max_size=6), EDITS, st.sampled_from(["jsonl", "csv"]))
def test_importing_ones_own_export_changes_nothing(
    lines: list[dict[str, Any]], edits: list[Edit], format: str
) -> None:
    with fresh_site() as site:
        imported(site, jsonl(*lines))
        edit(site, edits)
        before = record(site)
        told = copy(site, site, format)
        assert [line for line in told if line.outcome is not LineOutcome.UNCHANGED] == []
        assert record(site) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(submissions(), max_size=4))
def test_an_export_is_the_same_bytes_every_time_and_a_line_a_piece(lines: list[dict[str, Any]]) -> None:
    with fresh_site() as site:
        report, _ = imported(site, jsonl(*lines))
        assert exported(site) == exported(site)
        assert len(exported(site).decode().splitlines()) == report.added


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"title": ANY_TEXT, "authors": st.lists(ANY_TEXT), "placements": st.just([])})
    )
)
def test_json_lines_survive_exactly(rows: list[dict[str, Any]]) -> None:
    """Whatever the text holds: one line a row, and what was written is what is read."""
    written = b"".join(transfer.write_jsonl(rows))
    assert [row.fields for row in transfer.read_jsonl(io.BytesIO(written))] == rows
    assert len(written.decode().splitlines()) == len(rows)
