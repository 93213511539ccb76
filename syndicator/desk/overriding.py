"""A person's word over links: an override of the state, or a slower interval, each with its audit row.

Knows that one of each sort is said of a link, a host or an outlet; must not know what it changes.
"""

from collections.abc import Mapping
from typing import Any

from syndicator import text, times, urls
from syndicator.catalogue import Connection, audit, beliefs, overrides
from syndicator.catalogue.audit import Hand
from syndicator.desk.scribe import outlet_host
from syndicator.errors import Problem, SubmissionRefused, URLRefused
from syndicator.model.health import Override
from syndicator.model.links import Aim, Slower, Word
from syndicator.model.overrides import ignored_until
from syndicator.site import Site


def host_given(given: str) -> str:
    """A host as a person gives it (a name or a URL), without `www.`. Raises SubmissionRefused."""
    try:
        host = outlet_host(urls.clean(given if "://" in given else f"https://{given}/").host)
    except URLRefused:
        host = None
    if host is None:
        raise SubmissionRefused([Problem("host", f"“{text.cut(given, 60)}” is not a host name")])
    return host


def override(site: Site, aim: Aim, said: Override, until_on: str, note: str = "") -> Word:
    """Assumes links alive or dead, or ignores them, up to and with a day. Raises SubmissionRefused for a day that is
    past, for such a word would never hold, and for one so far off that no instant is after it.
    """
    if until_on < site.today:
        raise SubmissionRefused(
            [Problem("until", f"{until_on} is past; a word holds up to and with its day")]
        )
    if until_on > times.LATEST.isoformat():
        raise SubmissionRefused(
            [Problem("until", f"{until_on} is too far off; {times.LATEST} is the last day")]
        )
    with site.catalogue.write() as connection:
        hand = Hand(site.who, times.stamp(site.clock()))
        word = Word(aim, said, until_on, hand.who, hand.at, text.one_line(note))
        before = overrides.word_on(connection, aim)
        word_id = overrides.set_word(connection, word)
        audit.note(
            connection, hand, "override", "overrides", word_id,
            _word_fields(before[1]) if before else None, _word_fields(word),
        )  # fmt: skip
        beliefs.make_due(connection, aim, hand.at)
        leave_ignored(site, connection)
        return word


def clear_override(site: Site, aim: Aim) -> bool:
    """Takes back what was said of exactly that; tells whether there was anything."""
    with site.catalogue.write() as connection:
        before = overrides.word_on(connection, aim)
        if before is None:
            return False
        hand = Hand(site.who, times.stamp(site.clock()))
        overrides.clear_word(connection, aim)
        audit.note(connection, hand, "clear", "overrides", before[0], _word_fields(before[1]), None)
        beliefs.make_due(connection, aim, hand.at)
        return True


def leave_ignored(site: Site, connection: Connection) -> None:
    """Puts due links that are to be ignored off to the end of the word over them. Part of a write."""
    now = site.clock()
    words = overrides.in_force(connection, site.today)
    for ignoring in words.ignoring():
        put_off = []
        for link_id, host, outlets in beliefs.due_under(connection, ignoring.aim, times.stamp(now)):
            word = words.over(link_id, host, outlets)  # A nearer one may say otherwise.
            if word is not None and word.override is Override.IGNORE:
                until = ignored_until(now, word.ends_at(site.settings.zone))
                put_off.append((link_id, times.stamp(until)))
        beliefs.put_off(connection, put_off)


def pass_on(connection: Connection, hand: Hand, source: int, target: int) -> None:
    """What was said of a link that goes up in another is said of that; where something else was, it ends with it."""
    old, new = Aim(link_id=source), Aim(link_id=target)
    word, interval = overrides.word_on(connection, old), overrides.interval_on(connection, old)
    if word:
        stays = overrides.word_on(connection, new) is None
        after = _word_fields(word[1]._replace(aim=new)) if stays else None
        audit.note(
            connection, hand, "move" if stays else "clear", "overrides", word[0], _word_fields(word[1]), after
        )
    if interval:
        stays = overrides.interval_on(connection, new) is None
        _note_interval(
            connection, hand, interval[0], interval[1], interval[1]._replace(aim=new) if stays else None
        )
    overrides.pass_on(connection, source, target)


def slow_down(site: Site, aim: Aim, seconds: float, note: str = "") -> Slower | None:
    """Leaves at least so many seconds between request starts on the host, or the outlet's hosts; 0 takes that back."""
    with site.catalogue.write() as connection:
        hand = Hand(site.who, times.stamp(site.clock()))
        before = overrides.interval_on(connection, aim)
        if not seconds:
            if before:
                overrides.clear_interval(connection, aim)
                _note_interval(connection, hand, before[0], before[1], None)
            return None
        slower = Slower(aim, seconds, hand.who, hand.at, text.one_line(note))
        interval_id = overrides.set_interval(connection, slower)
        _note_interval(connection, hand, interval_id, before[1] if before else None, slower)
        return slower


def _note_interval(
    connection: Connection, hand: Hand, interval_id: int, before: Slower | None, after: Slower | None
) -> None:
    fields = [
        None if slower is None else _aim_fields(slower.aim) | {"seconds": slower.seconds, "note": slower.note}
        for slower in (before, after)
    ]
    audit.note(connection, hand, "slow_down" if after else "clear", "intervals", interval_id, *fields)


def _word_fields(word: Word) -> Mapping[str, Any]:
    return _aim_fields(word.aim) | {
        "override": word.override.value,
        "until_on": word.until_on,
        "note": word.note,
    }


def _aim_fields(aim: Aim) -> dict[str, Any]:
    return {field: value for field, value in aim._asdict().items() if value is not None}
