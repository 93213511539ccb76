"""From the visit to the message: outlets, an archive and a webhook on loopback addresses, and weeks that pass."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syndicator.catalogue import mementos, transitions
from syndicator.health import patrol
from syndicator.health.acting import Acted, act
from syndicator.model.links import Mark
from syndicator.site import Site
from tests.builders import SETTINGS, make_site
from tests.cli.running import Shell
from tests.health import wayback_farm
from tests.health.little_web import Answer, Web, closed_port, little_web, page
from tests.health.receiver import Receiver, receiver
from tests.health.rounds import GONE, clock_of, record


@pytest.fixture
def web() -> Iterator[Web]:
    with little_web() as web:
        yield web


@pytest.fixture
def archive() -> Iterator[wayback_farm.Archive]:
    with wayback_farm.wayback_farm() as farm:
        yield farm


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, archive: wayback_farm.Archive, hook: Receiver) -> Site:
    return make_site(tmp_path, settings=settings(archive, hook))


def settings(archive: wayback_farm.Archive, hook: Receiver) -> str:
    return (
        f'{SETTINGS}[check]\nper_host_interval = 0\ntimeout = 5\n[network]\nallow = ["127.0.0.0/8"]\n'
        f'[archive]\nendpoint = "{archive.endpoint}"\n[alerts]\nwebhook = "{hook.url}"\n'
    )


def run(site: Site) -> Acted:
    patrol.patrol(site)
    return act(site, environment={})


def told(hook: Receiver) -> list[list[dict[str, Any]]]:
    return [document["changes"] for _, document in hook.posted]


def test_a_link_dies_and_comes_back(
    site: Site, web: Web, archive: wayback_farm.Archive, hook: Receiver
) -> None:
    url = web.url(1, "/a-piece")
    (link,) = record(site, url)
    archive.keep(url, "20240620000000", page("A Piece"))
    assert run(site) == Acted()

    web.answer(1, "/a-piece", GONE)
    clock_of(site).advance(days=61)
    assert run(site) == Acted(looked_up=1, found=1)
    for _ in range(2):
        assert told(hook) == []
        clock_of(site).advance(days=4)
        run(site)
    ((broken,),) = told(hook)
    copy = archive.replay(url, "20240620000000")
    assert (broken["change"], broken["url"], broken["copy"]) == ("broken", url, copy)
    assert [one.url for one in mementos.of(site.catalogue.connection, [link])[link]] == [copy]

    web.answers.clear()
    clock_of(site).advance(days=61)
    assert run(site) == Acted(told=1)
    assert told(hook)[1][0]["change"] == "healed"


def test_a_move_is_told_when_it_is_certain_and_once(site: Site, web: Web, hook: Receiver) -> None:
    (link,) = record(site, web.url(1, "/a-piece"))
    web.answer(1, "/a-piece", Answer(301, b"", {"Location": web.url(2, "/a-piece")}))
    run(site)
    assert told(hook) == []
    for _ in range(4):
        clock_of(site).advance(days=5)
        run(site)
    ((moved,),) = told(hook)
    assert (moved["change"], moved["moved_to"]) == ("moved", web.url(2, "/a-piece"))
    marks = [one.mark for one in transitions.latest(site.catalogue.connection) if one.link_id == link]
    assert marks == [Mark.CERTAIN]


def test_a_wall_that_stays_asks_for_a_look_once(site: Site, web: Web, hook: Receiver) -> None:
    record(site, web.url(1, "/a-piece"))
    run(site)
    web.answer(1, "/a-piece", Answer(403, b"<title>Access denied</title>"))
    for _ in range(12):
        clock_of(site).advance(days=20)
        run(site)
    ((look,),) = told(hook)
    assert look["change"] == "look"


class TestTheCommand:
    @pytest.fixture
    def shell(self, tmp_path: Path, archive: wayback_farm.Archive, hook: Receiver) -> Shell:
        (tmp_path / "shell" / "data").mkdir(parents=True)
        path = tmp_path / "shell" / "data" / "site.toml"
        path.write_text(settings(archive, hook), encoding="utf-8")
        return Shell(tmp_path / "shell")

    def add(self, shell: Shell, url: str) -> None:
        shell("add", url, "--no-fetch", "--title", "A Piece", "--outlet", "O", "--published", "2024-06-16")

    def test_json_says_what_was_done(self, shell: Shell, web: Web, archive: wayback_farm.Archive) -> None:
        self.add(shell, web.url(1, "/a-piece"))
        web.answer(1, "/a-piece", GONE)
        archive.moods["/"] = wayback_farm.Mood(429)
        document = shell("check", "--json").json
        assert document["checked"] == 1
        assert document["acted"] == {
            "looked_up": 0, "found": 0, "saved": 0, "told": 0, "notes": ["127.0.9.1 asked us to come later."],
        }  # fmt: skip

    def test_people_read_it(self, shell: Shell, web: Web, archive: wayback_farm.Archive) -> None:
        url = web.url(1, "/a-piece")
        self.add(shell, url)
        archive.keep(url, "20240620000000", page("A Piece"))
        web.answer(1, "/a-piece", GONE)
        assert "1 links looked up in the archive: copies of 1 found." in shell("check").stdout

    def test_an_archive_that_fails_is_a_note_and_no_failure(
        self, shell: Shell, web: Web, archive: wayback_farm.Archive
    ) -> None:
        self.add(shell, web.url(1, "/a-piece"))
        web.answer(1, "/a-piece", GONE)
        archive.moods["/"] = wayback_farm.Mood(500)
        done = shell("check", "--link", web.url(1, "/a-piece"), code=0)
        assert done.stderr == "Note: 127.0.9.1 answered 500 when asked for copies.\n"

    def test_nothing_is_done_when_we_are_offline(
        self, shell: Shell, archive: wayback_farm.Archive, hook: Receiver
    ) -> None:
        port = closed_port()
        for number in range(9):
            self.add(shell, f"http://127.0.1.{number + 1}:{port}/a")
        shell("check", code=1)
        assert archive.log == []
