"""Where a link has died, readers get the archived copy: in every format, by themselves, and back when it heals."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import desk, publish
from syndicator.catalogue import mementos
from syndicator.model.links import Memento, as_published, nearest
from syndicator.model.records import Relation
from syndicator.site import Site
from tests.builders import StandingClock, log, make_site, tree
from tests.publish.test_refreshing import rebuilt

COPY = "https://web.archive.org/web/20240617000000/https://outlet.example/1"
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A published site with two pieces; the first one's link has a copy."""
    site = make_site(tmp_path, clock=StandingClock())
    log(site, 1)
    log(site, 2)
    with site.catalogue.write() as connection:
        mementos.add(connection, 1, Memento(COPY, datetime(2024, 6, 17, tzinfo=UTC)), "2024-07-01T00:00:00Z")
    publish.refresh(site)
    return site


def believe(site: Site, state: str, link: int = 1) -> None:
    with site.catalogue.write() as connection:
        connection.execute("UPDATE beliefs SET state = ? WHERE link_id = ?", (state, link))


def seen(site: Site) -> dict[str, tuple[str, str, str]]:
    """Id, where the main link leads, and `updated` of each entry, by title; every format tells the same."""
    atom = feedparser.parse((site.feeds / "all" / "atom.xml").read_bytes())
    rss = feedparser.parse((site.feeds / "all" / "rss.xml").read_bytes())
    items = json.loads((site.feeds / "all" / "feed.json").read_bytes())["items"]
    assert [entry.link for entry in atom.entries] == [entry.link for entry in rss.entries]
    assert [entry.link for entry in atom.entries] == [item["external_url"] for item in items]
    return {entry.title: (entry.id, entry.link, entry.updated) for entry in atom.entries}


def page(site: Site, piece: int) -> str:
    slug: str = site.catalogue.connection.execute(
        "SELECT slug FROM pieces WHERE id = ?", (piece,)
    ).fetchone()[0]
    return (site.feeds / "pieces" / slug / "index.html").read_text(encoding="utf-8")


def changed_by(site: Site) -> Iterator[str]:
    before = tree(site.feeds)
    publish.refresh(site)
    after = tree(site.feeds)
    assert rebuilt(site) == after
    yield from (path for path in after if after[path] != before.get(path))


def test_a_broken_link_leads_to_its_copy_and_back_when_it_heals(site: Site) -> None:
    """The entry keeps its id and its `updated`; nothing else is written."""
    before, untouched = seen(site), page(site, 2)
    believe(site, "broken")
    assert any(changed_by(site))
    broken = seen(site)
    titles = sorted(before)
    assert broken[titles[1]] == before[titles[1]]
    (entry_id, link, updated), (old_id, old_link, old_updated) = broken[titles[0]], before[titles[0]]
    assert (entry_id, link, updated) == (old_id, COPY, old_updated)
    assert old_link != COPY
    assert "(archived copy)</a>" in page(site, 1)
    assert f'"archivedAt":"{COPY}"' in page(site, 1)
    assert page(site, 2) == untouched
    believe(site, "healthy")
    assert any(changed_by(site))
    assert seen(site) == before
    assert "archived copy" not in page(site, 1)


@pytest.mark.parametrize("state", ["unknown", "suspect", "blocked", "moved"])
def test_only_a_broken_link_is_given_up(site: Site, state: str) -> None:
    """A bad day, a bot wall or a move send nobody to the archive."""
    believe(site, state)
    assert list(changed_by(site)) == []


def test_without_a_copy_the_link_stays(site: Site) -> None:
    """The outlet's own page says more than nothing; a copy that is found later takes over."""
    believe(site, "broken", link=2)
    assert list(changed_by(site)) == []
    with site.catalogue.write() as connection:
        mementos.add(connection, 2, Memento(COPY, datetime(2024, 1, 1, tzinfo=UTC)), "2024-07-01T00:00:00Z")
    assert any(changed_by(site))


def test_a_further_placement_is_switched_too(site: Site) -> None:
    """Also at …: the same words say that it is a copy."""
    desk.place(site, 1, "https://reprints.example/1", outlet="Reprints", relation=Relation.REPUBLICATION)
    publish.refresh(site)
    with site.catalogue.write() as connection:
        link = connection.execute("SELECT id FROM links WHERE url GLOB '*reprints*'").fetchone()[0]
        mementos.add(
            connection, link, Memento(COPY, datetime(2024, 1, 1, tzinfo=UTC)), "2024-07-01T00:00:00Z"
        )
    believe(site, "broken", link=link)
    assert any(changed_by(site))
    assert f'href="{COPY}">Also at Reprints (archived copy)</a>' in page(site, 1)


@pytest.mark.parametrize("aim", ["link_id = 1", "host", "outlet_id"])
def test_a_persons_word_counts_until_its_day_is_over(site: Site, aim: str) -> None:
    """Assume dead: readers get the copy. The day after its last the word is over, without anybody's doing."""
    clock = site.clock
    assert isinstance(clock, StandingClock)
    host, outlet = site.catalogue.connection.execute(
        "SELECT host, outlet_id FROM beliefs JOIN placements USING (link_id) WHERE link_id = 1"
    ).fetchone()
    column, value = {
        "link_id = 1": ("link_id", 1),
        "host": ("host", host),
        "outlet_id": ("outlet_id", outlet),
    }[aim]
    before = tree(site.feeds)
    with site.catalogue.write() as connection:
        connection.execute(
            f"INSERT INTO overrides ({column}, override, until_on) VALUES (?, 'dead', date(?, '+3 days'))",
            (value, clock().date().isoformat()),
        )
    assert any(changed_by(site))
    assert COPY in page(site, 1)
    clock.advance(days=5)
    assert any(changed_by(site))
    assert tree(site.feeds) == before


def test_a_link_that_somebody_vouches_for_is_not_given_up(site: Site) -> None:
    """Assume alive, over a broken one."""
    believe(site, "broken")
    with site.catalogue.write() as connection:
        connection.execute(
            "INSERT INTO overrides (link_id, override, until_on) VALUES (1, 'alive', '9999-12-31')"
        )
    assert list(changed_by(site)) == []


@given(st.lists(MOMENTS, min_size=1), MOMENTS)
def test_the_copy_nearest_to_the_publication_is_shown(moments: list[datetime], published: datetime) -> None:
    found = [Memento(f"https://archive.example/{number}", at) for number, at in enumerate(moments)]
    chosen = nearest(found, published)
    least = as_published(chosen.at, published)
    assert all(least <= as_published(memento.at, published) for memento in found)
    assert nearest(reversed(found), published) == chosen
