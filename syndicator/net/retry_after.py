"""When a host wants to be asked again: the Retry-After header (RFC 9110, section 10.2.3), in both its forms. Pure.

Knows the header's grammar; must not know what is done about it.
"""

import re
from datetime import UTC, datetime

LONGEST = 365 * 86400.0  # seconds; whoever says more means "never"

_SECONDS = re.compile(r"[0-9]+")
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DATES = tuple(  # RFC 9110, section 5.6.7; the weekday says nothing that the date does not
    map(
        re.compile,
        (
            r"[A-Z][a-z]{2}, (?P<day>\d\d) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) GMT",
            r"[A-Z][a-z]{5,8}, (?P<day>\d\d)-(?P<month>[A-Z][a-z]{2})-(?P<year>\d\d) (?P<time>\d\d:\d\d:\d\d) GMT",
            r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) (?P<day>[ \d]\d) (?P<time>\d\d:\d\d:\d\d) (?P<year>\d{4})",
        ),
    )
)


def seconds(value: str, now: datetime, date: str = "") -> float | None:
    """How long to wait from `now` on, 0 to LONGEST; None where the value is nothing of the kind.

    `date` is the answer's Date header: a moment is meant by the host's clock, which may differ from ours.
    """
    value = value.strip(" \t")
    if _SECONDS.fullmatch(value):
        return min(float(value[:400]), LONGEST)
    moment = http_date(value, now)
    if moment is None:
        return None
    wait = (moment - (http_date(date.strip(" \t"), now) or now)).total_seconds()
    return min(max(wait, 0.0), LONGEST)


def http_date(value: str, now: datetime) -> datetime | None:
    """The instant an HTTP date stands for, in any of its three forms; None for anything else.

    A year of two digits that would lie more than 50 years ahead of `now` is one of the past.
    """
    found = next(filter(None, (form.fullmatch(value) for form in _DATES)), None)
    if found is None or not value.isascii():
        return None
    month, rest = divmod(_MONTHS.find(found["month"]), 3)
    if rest or month < 0:
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += now.year // 100 * 100
        if year > now.year + 50:
            year -= 100
    hour, minute, second = map(int, found["time"].split(":"))
    try:
        return datetime(year, month + 1, int(found["day"]), hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
