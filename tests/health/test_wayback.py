"""What an archive is asked and what it answers: the documented samples, and whatever else may come."""

import contextlib
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.health import wayback
from syndicator.health.wayback import Capture, Unreadable
from syndicator.model.links import EARLY

IA = "https://web.archive.org"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PUBLISHED = datetime(2024, 6, 16, 4, tzinfo=UTC)


def capture(at: datetime, url: str = "") -> Capture:
    return Capture(url or f"{IA}/web/{at:%Y%m%d%H%M%S}/https://outlet.example/", at, ())


class TestQuestions:
    def test_the_index(self) -> None:
        query = wayback.index_query(IA + "/", "https://outlet.example/a?b=c#d", PUBLISHED)
        assert f"{query.url}?{urlencode(query.parameters)}" == (
            "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Foutlet.example%2Fa%3Fb%3Dc&output=json"
            "&fl=timestamp%2Coriginal%2Cmimetype%2Cstatuscode%2Cdigest%2Clength&filter=statuscode%3A200"
            "&collapse=digest&limit=500"
        )

    def test_the_others(self) -> None:
        url = "https://outlet.example/a?b=c#d"
        assert wayback.time_map_query(IA, url, PUBLISHED).url == (
            "https://web.archive.org/web/timemap/link/https://outlet.example/a?b=c"
        )
        assert wayback.availability_query(IA, url, PUBLISHED) == (
            "https://web.archive.org/wayback/available",
            {"url": "https://outlet.example/a?b=c", "timestamp": "20240616040000"},
        )
        assert wayback.save_query(IA, url).url == "https://web.archive.org/save/https://outlet.example/a?b=c"

    def test_an_archive_below_a_path(self) -> None:
        query = wayback.index_query("https://archive.example/wayback/", "https://outlet.example/", PUBLISHED)
        assert query.url == "https://archive.example/wayback/cdx/search/cdx"


class TestIndex:
    def test_the_documented_sample(self) -> None:
        """wayback-cdx-server/README.md, "Output Format (JSON)"."""
        answer = b"""[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],
 ["org,archive)/", "19970126045828", "http://www.archive.org:80/", "text/html", "200",
  "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "1415"],
 ["org,archive)/", "19971011050034", "http://www.archive.org:80/", "text/html", "200",
  "XAHDNHZ5P3GSSSNJ3DMEOJF7BMCCPZR3", "1402"],
 [],
 ["org%2Carchive%29%2F+19980109140106%21"]]"""
        first, second = wayback.read_index(IA, answer, NOW)
        assert first == Capture(
            "https://web.archive.org/web/19970126045828/http://www.archive.org:80/",
            datetime(1997, 1, 26, 4, 58, 28, tzinfo=UTC),
            (
                "https://web.archive.org/web/19970126045828id_/http://www.archive.org:80/",
                "https://web.archive.org/web/19970126045828/http://www.archive.org:80/",
            ),
        )
        assert second.at == datetime(1997, 10, 11, 5, 0, 34, tzinfo=UTC)

    def test_only_what_was_answered_with_200(self) -> None:
        """Whether the server has heeded the filter or not."""
        rows = [["timestamp", "original", "statuscode"]]
        rows += [["20240616040000", "https://outlet.example/", code] for code in ("301", "404", "-", "200")]
        assert len(wayback.read_index(IA, json.dumps(rows).encode(), NOW)) == 1

    @pytest.mark.parametrize("answer", [b"", b"\n", b"[]", b'[["timestamp","original"]]'])
    def test_none(self, answer: bytes) -> None:
        assert wayback.read_index(IA, answer, NOW) == []

    @pytest.mark.parametrize(
        "row",
        [
            ["99999999999999", "https://outlet.example/"],
            ["2024", "https://outlet.example/"],
            ["20240616040000", "https://outlet.example/" + "x" * 9000],
        ],
    )
    def test_rows_that_lead_nowhere_are_left_out(self, row: list[str]) -> None:
        assert wayback.read_index(IA, json.dumps([["timestamp", "original"], row]).encode(), NOW) == []

    @pytest.mark.parametrize("answer", [b"<html>", b"{}", b"[1]", b'[["a"],["b"]]', b"[" * 100_000])
    def test_what_is_no_index(self, answer: bytes) -> None:
        with pytest.raises(Unreadable):
            wayback.read_index(IA, answer, NOW)


class TestTimeMap:
    def test_the_documented_sample(self) -> None:
        """RFC 7089, section 5, figure 28 (shortened)."""
        answer = b"""<http://a.example.org>;rel="original",
 <http://arxiv.example.net/timemap/http://a.example.org>
   ; rel="self";type="application/link-format"
   ; from="Tue, 20 Jun 2000 18:02:59 GMT"
   ; until="Wed, 09 Apr 2008 20:30:51 GMT",
 <http://arxiv.example.net/timegate/http://a.example.org>
   ; rel="timegate",
 <http://arxiv.example.net/web/20000620180259/http://a.example.org>
   ; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT"
   ; license="http://creativecommons.org/publicdomain/zero/1.0/",
 <http://arxiv.example.net/web/20080409203051/http://a.example.org>
   ; rel="last memento";datetime="Wed, 09 Apr 2008 20:30:51 GMT"
"""
        first, last = wayback.read_time_map("http://arxiv.example.net", answer, NOW)
        assert first.at == datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC)
        assert first.ways[0] == "http://arxiv.example.net/web/20000620180259id_/http://a.example.org"
        assert last.url == "http://arxiv.example.net/web/20080409203051/http://a.example.org"

    def test_mementos_may_have_addresses_of_any_shape(self) -> None:
        answer = b'<http://a.example/versions/7>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"'
        assert wayback.read_time_map("http://a.example", answer, NOW) == [
            Capture(
                "http://a.example/versions/7",
                datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC),
                ("http://a.example/versions/7",),
            )
        ]

    @pytest.mark.parametrize("answer", [b"", b"<html><body>no</body></html>"[6:], b"not found"])
    def test_what_is_no_time_map(self, answer: bytes) -> None:
        with contextlib.suppress(Unreadable):
            assert wayback.read_time_map(IA, answer, NOW) == []


class TestAvailability:
    def test_the_documented_sample(self) -> None:
        """https://archive.org/help/wayback_api.php."""
        answer = b"""{"archived_snapshots": {"closest": {"available": true,
            "url": "http://web.archive.org/web/20130919044612/http://example.com/",
            "timestamp": "20130919044612", "status": "200"}}}"""
        (found,) = wayback.read_availability(IA, answer, NOW)
        assert found.url == "https://web.archive.org/web/20130919044612/http://example.com/"
        assert found.at == datetime(2013, 9, 19, 4, 46, 12, tzinfo=UTC)
        assert found.ways[0] == "https://web.archive.org/web/20130919044612id_/http://example.com/"

    def test_another_name_of_the_archive_is_for_readers_and_ours_is_asked(self) -> None:
        answer = b"""{"archived_snapshots": {"closest": {"available": true, "status": "200",
            "url": "https://public.example/web/20130919044612/http://example.com/", "timestamp": "20130919044612"}}}"""
        (found,) = wayback.read_availability("http://inside.example:8080", answer, NOW)
        assert found.url == "https://public.example/web/20130919044612/http://example.com/"
        assert found.ways[0] == "http://inside.example:8080/web/20130919044612id_/http://example.com/"

    @pytest.mark.parametrize(
        "snapshots",
        [
            {},
            {"closest": {}},
            {"closest": {"available": False, "url": "http://a/web/20130919044612/http://b/"}},
            {"closest": {"available": True, "status": "404", "url": "http://a/web/20130919044612/http://b/"}},
            {"closest": {"available": True, "url": "javascript:alert(1)", "timestamp": "20130919044612"}},
        ],
    )
    def test_none(self, snapshots: object) -> None:
        answer = json.dumps({"url": "example.com", "archived_snapshots": snapshots}).encode()
        assert wayback.read_availability(IA, answer, NOW) == []

    @pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b"<html>", b'{"archived_snapshots": 1}'])
    def test_what_is_no_answer(self, answer: bytes) -> None:
        with pytest.raises(Unreadable):
            wayback.read_availability(IA, answer, NOW)


class TestSaved:
    PAGE = "https://outlet.example/a"
    MADE = f"{IA}/web/20260601000000/{PAGE}"

    @pytest.mark.parametrize(
        ("url", "headers"),
        [
            (f"{IA}/save/{PAGE}", {"content-location": f"/web/20260601000000/{PAGE}"}),
            (f"{IA}/save/{PAGE}", {"location": MADE}),
            (MADE, {"memento-datetime": "Mon, 01 Jun 2026 00:00:00 GMT"}),
            (
                f"{IA}/save/{PAGE}",
                {
                    "link": f'<{PAGE}>; rel="original", <{IA}/web/20200101000000/{PAGE}>; rel="first memento"; '
                    f'datetime="Wed, 01 Jan 2020 00:00:00 GMT", <{MADE}>; rel="last memento"'
                },
            ),
            (MADE, {"content-location": "Overview.html"}),
            (MADE, {"content-location": "http://[x", "location": "//[", "link": "<//[>; rel=memento"}),
        ],
        ids=[
            "Content-Location",
            "Location",
            "sent on",
            "Link",
            "the page's own Content-Location",
            "no address",
        ],
    )
    def test_where_the_capture_is(self, url: str, headers: dict[str, str]) -> None:
        made = wayback.read_saved(IA, url, headers, NOW)
        assert made
        assert (made.url, made.at) == (self.MADE, NOW)

    def test_an_archive_may_not_say(self) -> None:
        assert wayback.read_saved(IA, f"{IA}/save/{self.PAGE}", {"content-type": "text/html"}, NOW) is None


class TestReplay:
    def test_what_it_is_of_and_when(self) -> None:
        replay = "https://web.archive.org/web/20240616040000id_/https:/outlet.example/a?b"
        assert wayback.original_of(replay) == "https://outlet.example/a?b"
        assert wayback.captured_at(replay, {}, NOW) == datetime(2024, 6, 16, 4, tzinfo=UTC)
        told = {"memento-datetime": "Mon, 17 Jun 2024 00:00:00 GMT"}
        assert wayback.captured_at(replay, told, NOW) == datetime(2024, 6, 17, tzinfo=UTC)

    def test_an_address_of_another_shape_does_not_say(self) -> None:
        assert wayback.original_of("https://outlet.example/a") == ""
        assert wayback.captured_at("https://outlet.example/a", {}, NOW) is None


class TestNearest:
    DAY = timedelta(days=1)

    def test_from_the_publication_on_the_earliest_first(self) -> None:
        ats = [PUBLISHED + days * self.DAY for days in (400, 3, 0.5)]
        assert [one.at for one in wayback.nearest(map(capture, ats), PUBLISHED)] == sorted(ats)

    def test_then_what_is_older_the_latest_first(self) -> None:
        ats = [PUBLISHED + days * self.DAY for days in (-400, -2, 900)]
        order = [(one.at - PUBLISHED).days for one in wayback.nearest(map(capture, ats), PUBLISHED)]
        assert order == [900, -2, -400]

    def test_the_evening_before_is_the_day_itself(self) -> None:
        ats = [PUBLISHED - timedelta(hours=6), PUBLISHED + 5 * self.DAY]
        assert [one.at for one in wayback.nearest(map(capture, reversed(ats)), PUBLISHED)] == ats

    @given(st.lists(st.integers(-4000, 4000)), st.randoms(use_true_random=False))
    def test_whatever_the_order_they_come_in(self, days: list[int], chance: object) -> None:
        captures = [capture(PUBLISHED + day * self.DAY) for day in days]
        ordered = wayback.nearest(captures, PUBLISHED)
        chance.shuffle(captures)  # type: ignore[attr-defined]
        assert wayback.nearest(captures, PUBLISHED) == ordered
        assert {one.at for one in ordered} == {one.at for one in captures}
        late = [one.at for one in ordered if one.at >= PUBLISHED - EARLY]
        assert [one.at for one in ordered][: len(late)] == late
        if late:
            assert all(abs(late[0] - PUBLISHED) <= abs(at - PUBLISHED) for at in late)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_whatever_comes_is_read_or_refused(answer: bytes) -> None:
    for source in (wayback.INDEX, wayback.TIME_MAP, wayback.AVAILABILITY):
        with contextlib.suppress(Unreadable):
            source.read(IA, answer, NOW)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
)


@given(_JSON, _JSON)
def test_so_is_any_json(inner: object, other: object) -> None:
    for shape in (
        inner,
        {"archived_snapshots": {"closest": inner}},
        [["timestamp", "original"], [inner, other]],
    ):
        for source in (wayback.INDEX, wayback.AVAILABILITY):
            with contextlib.suppress(Unreadable):
                source.read(IA, json.dumps(shape).encode(), NOW)
