"""Typed links, as headers and link-format documents have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.net.links import Link, read


def test_a_time_map() -> None:
    """RFC 7089, section 5: dates have commas, entries go over lines."""
    text = (
        '<http://a.example.org>;rel="original",\n'
        '<http://arxiv.example.net/timemap/http://a.example.org>; rel="self";type="application/link-format"'
        '; from="Tue, 20 Jun 2000 18:02:59 GMT"; until="Wed, 09 Apr 2008 20:30:51 GMT",\n'
        "<http://arxiv.example.net/web/20000620180259/http://a.example.org>\n"
        ' ; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT",'
    )
    original, own, first = read(text)
    assert original == Link("http://a.example.org", {"rel": "original"})
    assert own.parameters["until"] == "Wed, 09 Apr 2008 20:30:51 GMT"
    assert first.relations == ("first", "memento")
    assert first.parameters["datetime"] == "Tue, 20 Jun 2000 18:02:59 GMT"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("<a>", [Link("a", {})]),
        ("<a>; rel=next, <b>; rel=prev", [Link("a", {"rel": "next"}), Link("b", {"rel": "prev"})]),
        ("<a,b>; REL=hub; rel=self", [Link("a,b", {"rel": "hub"})]),
        (r'<a>; title="say \"hi\""', [Link("a", {"title": 'say "hi"'})]),
        ("<a>; crossorigin; rel=hub", [Link("a", {"crossorigin": "", "rel": "hub"})]),
        ("<a>; rel=hub, nonsense, <b>", [Link("a", {"rel": "hub"})]),
        ("<a> what is this, <b>", [Link("a", {})]),
        ("no link at all", []),
    ],
)
def test_what_stands_in_headers(text: str, links: list[Link]) -> None:
    assert read(text) == links


@given(st.text() | st.from_regex(r'<[^>]*>(; ?[a-z]+="[^"]*")*,?'))
def test_nothing_raises(text: str) -> None:
    assert all("\n" not in name for link in read(text) for name in link.parameters)
