"""Escaping as libxml2 does it, addresses in the characters of RFC 3986, dates, the words formats share."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicator import text
from syndicator.publish.markup import attribute, byline, escape, rfc822, rfc3339, uri
from tests.publish.builders import (
    HOSTILE,
    NEW_YORK,
    elsewhere,
    entry,
    instants,
    label,
    published,
    urls,
)
from tests.publish.grammars import is_rfc822, is_rfc3339, is_uri

printable = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)).map(text.printable)


class TestEscaping:
    @given(characters=printable.filter(bool))
    def test_is_that_of_libxml2_in_elements(self, characters: str) -> None:
        element = etree.Element("x")
        element.text = characters
        assert f"<x>{escape(characters)}</x>" == etree.tostring(element, encoding="unicode")

    @given(characters=printable)
    def test_is_that_of_libxml2_in_attributes(self, characters: str) -> None:
        element = etree.Element("x", y=characters)
        assert f'<x y="{attribute(characters)}"/>' == etree.tostring(element, encoding="unicode")


class TestURI:
    @given(url=urls)
    def test_is_valid_whatever_browsers_let_pass(self, url: str) -> None:
        assert is_uri(uri(url))
        assert uri(uri(url)) == uri(url)

    def test_leaves_a_valid_address_as_it_is(self) -> None:
        url = "https://user@a.example:8080/p;x=1/%C3%A9?q=a+b&r=(1)*!'~$,#top"
        assert uri(url) == url

    def test_encodes_what_no_uri_has(self) -> None:
        assert uri('https://a.example/é|"x"?q=[1]&r={y}^`\\') == (
            "https://a.example/%C3%A9%7C%22x%22?q=%5B1%5D&r=%7By%7D%5E%60%5C"
        )

    def test_encodes_a_percent_sign_that_encodes_nothing(self) -> None:
        assert uri("https://a.example/100%?q=%zz&r=%41%") == "https://a.example/100%25?q=%25zz&r=%41%25"

    def test_leaves_the_brackets_of_an_address_for_a_host(self) -> None:
        assert uri("http://[::1]:8000/a[1]") == "http://[::1]:8000/a%5B1%5D"


class TestDates:
    @pytest.mark.parametrize(
        ("moment", "written"),
        [
            (datetime(2024, 6, 6, 7, 8, 9, tzinfo=UTC), "Thu, 06 Jun 2024 07:08:09 +0000"),
            (datetime(2024, 1, 1, tzinfo=NEW_YORK), "Mon, 01 Jan 2024 00:00:00 -0500"),
            (
                datetime(2024, 2, 29, 23, 59, tzinfo=ZoneInfo("Asia/Kathmandu")),
                "Thu, 29 Feb 2024 23:59:00 +0545",
            ),
            (datetime(1850, 7, 1, tzinfo=NEW_YORK), "Mon, 01 Jul 1850 04:56:02 +0000"),
            (datetime(1000, 1, 1, tzinfo=UTC), "Wed, 01 Jan 1000 00:00:00 +0000"),
        ],
    )
    def test_are_rfc_822_dates_with_four_digit_years(self, moment: datetime, written: str) -> None:
        assert rfc822(moment) == written

    def test_keep_their_offset_where_rfc_3339_can_say_it(self) -> None:
        assert rfc3339(datetime(2024, 6, 16, tzinfo=NEW_YORK)) == "2024-06-16T00:00:00-04:00"
        assert rfc3339(datetime(1850, 7, 1, tzinfo=NEW_YORK)) == "1850-07-01T04:56:02+00:00"

    @given(moment=st.one_of(published, instants))
    def test_are_valid_in_both_formats(self, moment: datetime) -> None:
        assert is_rfc3339(rfc3339(moment))
        assert is_rfc822(rfc822(moment))
        assert datetime.fromisoformat(rfc3339(moment)) == moment


class TestWords:
    def test_byline_parts_names_by_commas(self) -> None:
        assert byline([]) == ""
        assert byline(["A"]) == "A"
        assert byline(["A", "B"]) == "A, B"
        assert byline(["A", "B", "C"]) == "A, B, C"

    def test_link_to_the_outlet_is_one_text_node(self) -> None:
        made = entry(
            outlet=label("outlets", "R&D <Today>"), external_url='https://a.example/?a=1&b="2"', summary=""
        )
        assert made.content_html == (
            '<p><a href="https://a.example/?a=1&amp;b=&quot;2&quot;">Read at R&amp;D &lt;Today&gt;</a></p>'
        )

    def test_further_placements_follow_in_order(self) -> None:
        made = entry(
            summary="", also=(elsewhere("B", "https://b.example"), elsewhere("C", "https://c.example"))
        )
        assert made.content_html.endswith(
            '<p><a href="https://b.example">Also at B</a></p><p><a href="https://c.example">Also at C</a></p>'
        )
