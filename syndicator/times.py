"""Dates and instants: publication dates as people give them, instants as we store them.

Knows RFC 3339 text and time zones; must not know the clock (`now` is always an argument).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC_ZONE = ZoneInfo("UTC")
EARLIEST = date(1000, 1, 1)
LATEST = date(9998, 12, 31)


def stamp(moment: datetime) -> str:
    """The instant as we store it: RFC 3339 in UTC, whole seconds, `2024-06-16T04:00:00Z`."""
    if moment.tzinfo is UTC:  # A check stores five: this takes a third of the time.
        return moment.isoformat(timespec="seconds")[:19] + "Z"
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def instant(text: str) -> datetime:
    """The aware UTC instant behind a stored stamp. Raises ValueError for anything else."""
    if len(text) != 20 or text[4::3] != "--T::Z":
        raise ValueError(f"not a stored instant: {text!r}")
    return datetime.fromisoformat(text)


def read_published(text: str, zone: ZoneInfo) -> str:
    """A publication date in stored form: `2024-06-16`, or `2024-06-16T13:30:00Z` where a time is known.

    Takes ISO 8601 dates and date-times; a time without an offset is meant in `zone`.
    Raises ValueError with a sentence for the person.
    """
    text = text.strip()
    try:
        parsed = _date_or_datetime(text)
    except ValueError:
        raise ValueError(
            f"“{text[:40]}” is not a date: write 2024-06-16, or 2024-06-16T13:30 where the time is known"
        ) from None
    if not isinstance(parsed, datetime):
        return _within_range(parsed).isoformat()
    try:
        moment = (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        moment = parsed
    _within_range(moment.date())
    return stamp(moment)


def _within_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"the year {day.year} is out of range ({EARLIEST.year} to {LATEST.year})")
    return day


def _date_or_datetime(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text.upper())


@lru_cache(maxsize=4096)
def _midnight(day: str, zone: ZoneInfo) -> str:
    return stamp(datetime.combine(date.fromisoformat(day), time.min, zone))


def published_at(published: str, zone: ZoneInfo) -> str:
    """The instant a stored publication date stands for, as a stamp; a bare date is 00:00 in `zone`."""
    return published if len(published) == 20 else _midnight(published, zone)


def published_on(published: str, zone: ZoneInfo) -> str:
    """The calendar date in `zone`, as `YYYY-MM-DD`."""
    if len(published) == 10:
        return published
    return instant(published).astimezone(zone).date().isoformat()


def for_people(published: str, zone: ZoneInfo) -> str:
    """The publication date as a person of the site reads it: `2024-06-16`, or `2024-06-16 09:30` in `zone`."""
    if len(published) != 20:
        return published
    try:
        return instant(published).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except ValueError:  # Came past the desk, and is no date.
        return published


def month_bounds(month: str, zone: ZoneInfo) -> tuple[str, str]:
    """First instant of the calendar month `YYYY-MM` in `zone`, and first of the next, as stamps."""
    year, number = int(month[:4]), int(month[5:7])
    after = f"{year + 1:04}-01-01" if number == 12 else f"{year:04}-{number + 1:02}-01"
    return _midnight(f"{month}-01", zone), _midnight(after, zone)


def day_after(day: str, zone: ZoneInfo) -> str:
    """The instant at which the day after `YYYY-MM-DD` begins in `zone`, as a stamp."""
    return _midnight((date.fromisoformat(day) + timedelta(days=1)).isoformat(), zone)
