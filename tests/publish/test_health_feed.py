"""The feed for staff: valid, the same bytes for the same record, and without anything that is not public."""

from dataclasses import replace
from pathlib import Path

import pytest

from syndicator import desk, publish
from syndicator.catalogue import mementos, news
from syndicator.model.health import Override, State
from syndicator.model.links import Aim, Mark, Memento
from syndicator.publish import health_feed
from syndicator.site import Site
from tests.builders import NOON, SETTINGS, log, make_site, tree
from tests.health.rounds import clock_of, record
from tests.health.turning import turn
from tests.publish.test_refreshing import rebuilt
from tests.publish.validity import atom_faults

A, B = "https://outlet.example/first-piece?a=1&b=2", "https://outlet.example/second-piece"
SECRETS = """\
[alerts]
feed = true
webhook = "https://hooks.example/SECRET"
email_to = "SECRET@a.example"
smtp_user = "SECRET"
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, settings=SETTINGS.replace("web@institute.example", "SECRET") + SECRETS)


def feed(site: Site) -> str:
    today, now = "2026-06-01", "2026-06-01T12:00:00Z"
    with site.catalogue.snapshot() as connection:
        told = news.latest(connection, health_feed.MOST, today, now)
    document = health_feed.document(
        told,
        institution=site.settings.site.title,
        base_url=site.settings.base_url,
        feed_id="tag:institute.example,2024:health",
        language=site.settings.site.language,
        floor=NOON,
    )
    assert atom_faults(document) == []
    return document.decode()


def test_without_news_it_is_a_feed_all_the_same(site: Site) -> None:
    assert "<entry>" not in feed(site)


def test_every_change_is_an_entry_the_newest_first(site: Site) -> None:
    first, second = record(site, A, B)
    turn(site, first, State.SUSPECT)
    turn(site, first, State.BROKEN)
    clock_of(site).advance(hours=1)
    turn(site, second, State.MOVED, mark=Mark.CERTAIN, moved_to="https://outlet.example/new")
    document = feed(site)
    assert document.index("Moved for good: ") < document.index("Broken: ")
    assert document.count("<entry>") == 2
    assert "<id>tag:institute.example,2024:health/2</id>" in document
    assert "<updated>2026-06-01T13:00:00+00:00</updated>" in document
    assert "It is not there (404)." in document
    assert "It was suspect, and is broken." in document
    assert "https://outlet.example/first-piece?a=1&amp;b=2" in document


def test_a_copy_is_named(site: Site) -> None:
    (link,) = record(site, A)
    turn(site, link, State.BROKEN)
    assert "No archived copy is known." in feed(site)
    with site.catalogue.write() as connection:
        mementos.add(connection, link, Memento("https://archive.example/1", NOON), "2026-06-01T12:00:00Z")
    assert "Archived copy: " in feed(site)


def test_the_same_record_makes_the_same_bytes(site: Site) -> None:
    turn(site, record(site, A)[0], State.BROKEN)
    assert feed(site) == feed(site)


def test_there_is_no_secret_in_it(site: Site) -> None:
    turn(site, record(site, A)[0], State.BROKEN)
    assert "SECRET" not in feed(site)


def test_nor_a_piece_that_nobody_may_read_yet(site: Site) -> None:
    for number, (url, changes) in enumerate(
        [
            ("https://outlet.example/draft", {"status": "draft"}),
            ("https://outlet.example/soon", {"published": "2026-07-01"}),
        ]
    ):
        log(site, number, title="Hidden", placements=[{"url": url, "outlet": "The Outlet"}], **changes)
        turn(site, desk.find_link(site, url).id, State.BROKEN)
    assert "<entry>" not in feed(site)


def test_nor_what_a_person_has_settled(site: Site) -> None:
    (link,) = record(site, A)
    turn(site, link, State.BROKEN)
    desk.override(site, Aim(link_id=link), Override.ALIVE, "2026-12-31", "")
    assert "<entry>" not in feed(site)


def test_only_the_latest_are_in_it(site: Site) -> None:
    (link,) = record(site, A)
    for _ in range(40):
        turn(site, link, State.BROKEN)
        turn(site, link, State.HEALTHY)
    assert feed(site).count("<entry>") == 50


def test_what_the_web_wrote_stays_text(site: Site) -> None:
    (link,) = record(site, A)
    turn(site, link, State.BROKEN, reason="Its title is “<script>alert(1)</script>\x0b”")
    assert "&amp;lt;script&amp;gt;" in feed(site)


def test_it_is_published_with_what_becomes_of_links(site: Site) -> None:
    """A change is in it with the next publish, and nothing is written where nothing is new."""
    (link,) = record(site, A)
    publish.refresh(site)
    path = site.feeds / "health" / "atom.xml"
    assert atom_faults(path.read_bytes()) == []
    assert b"<entry>" not in path.read_bytes()
    turn(site, link, State.BROKEN)
    publish.refresh(site)
    assert b"<entry>" in path.read_bytes()
    assert tree(site.feeds) == rebuilt(site)
    desk.retract(site, 1)
    publish.refresh(site)
    assert b"<entry>" not in path.read_bytes()
    assert tree(site.feeds) == rebuilt(site)
    assert publish.refresh(site).written == 0


def test_without_the_setting_there_is_none(site: Site) -> None:
    """Turned off again, it is removed."""
    record(site, A)
    publish.refresh(site)
    settings = site.settings
    off = replace(site, settings=replace(settings, alerts=replace(settings.alerts, feed=False)))
    publish.refresh(off)
    assert not (site.feeds / "health").exists()
