"""Publication dates as people give them, instants as they are stored: read strictly, kept exactly."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import times

NEW_YORK = ZoneInfo("America/New_York")
TOKYO = ZoneInfo("Asia/Tokyo")
ZONES = st.sampled_from(
    [NEW_YORK, TOKYO, times.UTC_ZONE, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")]
)
DAYS = st.dates(times.EARLIEST, times.LATEST)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9998, 12, 30), timezones=OFFSETS)


class TestInstants:
    def test_an_instant_is_stored_in_utc_to_the_second(self) -> None:
        noon = datetime(2024, 6, 16, 12, 0, 0, 999_999, tzinfo=NEW_YORK)
        assert times.stamp(noon) == "2024-06-16T16:00:00Z"

    @given(MOMENTS)
    def test_what_was_stored_is_read_back(self, moment: datetime) -> None:
        assert times.instant(times.stamp(moment)) == moment.replace(microsecond=0)

    @given(MOMENTS, MOMENTS)
    def test_stamps_sort_as_instants_do(self, one: datetime, other: datetime) -> None:
        seconds = one.replace(microsecond=0), other.replace(microsecond=0)
        assert (times.stamp(one) < times.stamp(other)) == (seconds[0] < seconds[1])

    @pytest.mark.parametrize(
        "text",
        [
            "2024-06-16",
            "2024-06-16T04:00:00",
            "2024-06-16 04:00:00Z",
            "2024-06-16T04:00+01Z",
            "2024-W24-7T04:00:00Z",
            "20240616T040000.000Z",
            "2024-13-45T99:99:99Z",
            "",
        ],
    )
    def test_nothing_else_is_a_stored_instant(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - what Python says is not for people
            times.instant(text)


class TestReadPublished:
    @pytest.mark.parametrize("text", ["2024-06-16", " 2024-06-16 ", "20240616"])
    def test_a_date_stays_a_date(self, text: str) -> None:
        assert times.read_published(text, NEW_YORK) == "2024-06-16"

    @pytest.mark.parametrize(
        ("text", "stored"),
        [
            ("2024-06-16T13:30", "2024-06-16T17:30:00Z"),
            ("2024-06-16 13:30:15", "2024-06-16T17:30:15Z"),
            ("2024-06-16T13:30Z", "2024-06-16T13:30:00Z"),
            ("2024-06-16t13:30z", "2024-06-16T13:30:00Z"),
            ("2024-06-16T13:30+02:00", "2024-06-16T11:30:00Z"),
            ("2024-06-16T13:30:59.9+00:00", "2024-06-16T13:30:59Z"),
            ("2024-01-16T13:30", "2024-01-16T18:30:00Z"),
        ],
    )
    def test_a_time_without_an_offset_is_meant_in_the_zone(self, text: str, stored: str) -> None:
        assert times.read_published(text, NEW_YORK) == stored

    def test_an_hour_that_the_clocks_skip_or_repeat_is_one_instant_all_the_same(self) -> None:
        assert times.read_published("2024-03-10T02:30", NEW_YORK) == "2024-03-10T07:30:00Z"
        assert times.read_published("2024-11-03T01:30", NEW_YORK) == "2024-11-03T05:30:00Z"

    @pytest.mark.parametrize(
        "text",
        [
            "", "soon", "16/06/2024", "June 16, 2024", "2024", "2024-06", "2024-02-30", "2024-06-16T25:00",
            "２０２４-06-16", "2024-06-16T13:30+25:00", "\x00", "1718496000",
        ],
    )  # fmt: skip
    def test_what_is_no_date_is_refused_with_what_to_write(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"is not a date: write 2024-06-16, or 2024-06-16T13:30"):
            times.read_published(text, NEW_YORK)

    @pytest.mark.parametrize(
        "text", ["0999-12-31", "9999-01-01", "0001-01-01T00:00+14:00", "1000-01-01T00:00+14:00"]
    )
    def test_years_that_instants_cannot_reach_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"the year \d+ is out of range \(1000 to 9998\)"):
            times.read_published(text, NEW_YORK)

    @given(DAYS, ZONES)
    def test_every_day_in_range_is_stored_and_has_an_instant(self, day: date, zone: ZoneInfo) -> None:
        stored = times.read_published(day.isoformat(), zone)
        assert stored == day.isoformat()
        assert len(times.published_at(stored, zone)) == 20
        assert times.published_on(stored, zone) == stored

    @given(MOMENTS, ZONES)
    def test_what_was_stored_is_read_as_the_same(self, moment: datetime, zone: ZoneInfo) -> None:
        stored = times.read_published(moment.isoformat(), zone)
        assert times.read_published(stored, zone) == stored
        assert times.published_at(stored, zone) == stored


class TestDaysAndMonths:
    def test_a_bare_date_is_midnight_in_the_zone(self) -> None:
        assert times.published_at("2024-06-16", NEW_YORK) == "2024-06-16T04:00:00Z"
        assert times.published_at("2024-12-16", NEW_YORK) == "2024-12-16T05:00:00Z"
        assert times.published_at("2024-06-16", TOKYO) == "2024-06-15T15:00:00Z"

    def test_an_instant_is_on_the_day_that_the_zone_says(self) -> None:
        assert times.published_on("2024-06-16T03:59:59Z", NEW_YORK) == "2024-06-15"
        assert times.published_on("2024-06-16T15:00:00Z", TOKYO) == "2024-06-17"

    def test_a_month_ends_where_the_next_begins(self) -> None:
        assert times.month_bounds("2024-11", NEW_YORK) == ("2024-11-01T04:00:00Z", "2024-12-01T05:00:00Z")
        assert times.month_bounds("2024-12", times.UTC_ZONE)[1] == "2025-01-01T00:00:00Z"

    @given(DAYS, ZONES)
    def test_a_day_lies_within_its_month_and_ends_with_the_day_after(self, day: date, zone: ZoneInfo) -> None:
        first, end = times.month_bounds(day.isoformat()[:7], zone)
        midnight = times.published_at(day.isoformat(), zone)
        assert first <= midnight < end
        assert midnight < times.day_after(day.isoformat(), zone)

    def test_instants_of_days_know_daylight_saving(self) -> None:
        spring = times.instant(times.day_after("2024-03-10", NEW_YORK)) - datetime(2024, 3, 10, 5, tzinfo=UTC)
        assert spring == timedelta(hours=23)
