"""Which links the archive is asked for, and when: over real sockets, and whatever becomes of us meanwhile."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicator import desk
from syndicator.catalogue import mementos
from syndicator.health import copying
from syndicator.health.acting import Acted, act
from syndicator.health.archive import Archive
from syndicator.model.health import Override, State
from syndicator.model.links import Aim
from syndicator.site import Site
from tests.builders import NOON, SETTINGS, make_site
from tests.health import wayback_farm
from tests.health.little_web import page
from tests.health.rounds import clock_of, record
from tests.health.turning import turn
from tests.health.wayback_farm import ADDRESS, Kept, Mood

A, B, C = (f"https://outlet.example/{name}" for name in ("first-piece", "second-piece", "third-piece"))


@pytest.fixture
def farm() -> Iterator[wayback_farm.Archive]:
    with wayback_farm.wayback_farm() as farm:
        for url in (A, B, C):
            farm.live[url] = Kept("20260601120000", piece(url))
        yield farm


@pytest.fixture
def site(tmp_path: Path, farm: wayback_farm.Archive) -> Site:
    return make_site(tmp_path, settings=settings(farm))


def settings(farm: wayback_farm.Archive, **archive: object) -> str:
    lines = "".join(f"{name} = {str(value).lower()}\n" for name, value in archive.items())
    return (
        f'{SETTINGS}[check]\nper_host_interval = 0\ntimeout = 2\n[network]\nallow = ["127.0.0.0/8"]\n'
        f'[archive]\nendpoint = "{farm.endpoint}"\n{lines}'
    )


def piece(url: str) -> bytes:
    return page(url.rpartition("/")[2].replace("-", " ").title())


def copies(site: Site) -> dict[int, list[str]]:
    rows = site.catalogue.connection.execute("SELECT link_id FROM mementos")
    found = mementos.of(site.catalogue.connection, [row[0] for row in rows])
    return {link_id: [copy.url for copy in copies] for link_id, copies in found.items()}


def acted(site: Site, **options: Any) -> Acted:
    return act(site, environment={}, **options)


class TestLookUps:
    @pytest.mark.parametrize("state", [State.SUSPECT, State.BROKEN])
    def test_a_link_that_falls_is_looked_up_once(
        self, site: Site, farm: wayback_farm.Archive, state: State
    ) -> None:
        fallen, _ = record(site, A, B)
        farm.keep(A, "20240620000000", piece(A))
        turn(site, fallen, state)
        done = acted(site)
        assert (done.looked_up, done.found, done.notes) == (1, 1, [])
        assert copies(site) == {fallen: [farm.replay(A, "20240620000000")]}
        (stored,) = mementos.of(site.catalogue.connection, [fallen])[fallen]
        assert stored.source == ADDRESS
        asked = len(farm.log)
        assert acted(site).looked_up == 0
        assert len(farm.log) == asked

    @pytest.mark.parametrize("state", [State.HEALTHY, State.MOVED, State.BLOCKED])
    def test_others_are_not(self, site: Site, farm: wayback_farm.Archive, state: State) -> None:
        (link,) = record(site, A)
        turn(site, link, state)
        assert acted(site).looked_up == 0
        assert farm.log == []

    def test_nor_is_one_that_has_healed_by_then(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        turn(site, link, State.SUSPECT)
        turn(site, link, State.HEALTHY)
        assert acted(site).looked_up == 0

    def test_nor_one_that_has_a_copy(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        farm.keep(A, "20240620000000", piece(A))
        turn(site, link, State.SUSPECT)
        acted(site)
        turn(site, link, State.BROKEN)
        assert acted(site).looked_up == 0

    def test_one_without_is_looked_up_again_after_a_month_while_it_needs_one(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        (link,) = record(site, A)
        turn(site, link, State.BROKEN)
        assert acted(site).found == 0
        clock_of(site).advance(days=29)
        assert acted(site).looked_up == 0
        clock_of(site).advance(days=2)
        assert (acted(site).looked_up, copies(site)) == (1, {})
        farm.keep(A, "20240620000000", piece(A))
        clock_of(site).advance(days=31)
        assert acted(site).found == 1
        clock_of(site).advance(days=31)
        assert acted(site).looked_up == 0

    def test_one_that_a_person_calls_dead_too(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        farm.keep(A, "20240620000000", piece(A))
        desk.override(site, Aim(host="outlet.example"), Override.DEAD, date(2026, 12, 31).isoformat(), "")
        assert acted(site).found == 1
        assert set(copies(site)) == {link}

    def test_a_copy_is_stored_with_the_publication_in_mind(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        (link,) = record(site, A)  # Published on 2024-06-16.
        for timestamp in ("20230101000000", "20240617000000", "20251231000000"):
            farm.keep(A, timestamp, piece(A) + timestamp.encode())
        turn(site, link, State.SUSPECT)
        acted(site)
        assert copies(site) == {link: [farm.replay(A, "20240617000000")]}

    def test_only_so_many_in_a_run(
        self, site: Site, farm: wayback_farm.Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copying._LookUps, "most", 2)
        for link in record(site, A, B, C):
            turn(site, link, State.SUSPECT)
        assert [acted(site).looked_up for _ in range(3)] == [2, 1, 0]

    def test_and_for_so_long(
        self, site: Site, farm: wayback_farm.Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copying, "SECONDS", 0.05)
        farm.moods["/cdx"] = Mood(200, b"[]", seconds=0.1)
        for link in record(site, A, B, C):
            turn(site, link, State.SUSPECT)
        done = acted(site)
        assert done.notes == [f"{ADDRESS} took too long; what is left is asked for by the next run."]
        assert (done.looked_up, len(farm.log)) == (0, 1)
        farm.moods.clear()
        monkeypatch.setattr(copying, "SECONDS", 60.0)
        assert acted(site).looked_up == 2  # One that takes all the time does not block the others.
        clock_of(site).advance(days=1, seconds=1)
        assert acted(site).looked_up == 1

    def test_the_one_that_is_checked_alone_is_looked_up_alone(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        first, second = record(site, A, B)
        turn(site, first, State.SUSPECT)
        turn(site, second, State.SUSPECT)
        assert acted(site, link=second).looked_up == 1
        assert farm.asked("/cdx")[0].startswith("/cdx/search/cdx?url=https%3A%2F%2Foutlet.example%2Fsecond")
        assert acted(site).looked_up == 1

    def test_without_an_endpoint_nobody_is_asked(self, tmp_path: Path, farm: wayback_farm.Archive) -> None:
        site = make_site(tmp_path / "off", settings=settings(farm).replace(farm.endpoint, ""))
        turn(site, record(site, A)[0], State.BROKEN)
        assert acted(site) == Acted()

    def test_and_is_once_there_is_one(self, tmp_path: Path, farm: wayback_farm.Archive) -> None:
        farm.keep(A, "20240620000000", piece(A))
        site = make_site(tmp_path / "off", settings=settings(farm).replace(farm.endpoint, ""))
        turn(site, record(site, A)[0], State.BROKEN)
        acted(site)
        (tmp_path / "off" / "data" / "site.toml").write_text(settings(farm), encoding="utf-8")
        assert acted(make_site(tmp_path / "off")).found == 1

    def test_a_link_that_becomes_another_page_meanwhile_gets_no_copy_of_the_old_one(
        self, site: Site, farm: wayback_farm.Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (link,) = record(site, A)
        farm.keep(A, "20240620000000", piece(A))
        turn(site, link, State.BROKEN)
        looked_up = Archive.copy_of

        def slowly(archive: Archive, wanted: Any) -> Any:
            desk.move_link(site, link, B)
            return looked_up(archive, wanted)

        monkeypatch.setattr(Archive, "copy_of", slowly)
        assert acted(site).found == 0
        assert copies(site) == {}


class TestBadDays:
    """An archive that fails is a sentence in the report; the links it failed at come again."""

    def test_an_archive_that_is_down_is_asked_once(self, site: Site, farm: wayback_farm.Archive) -> None:
        for link in record(site, A, B, C):
            turn(site, link, State.SUSPECT)
        farm.moods["/"] = Mood(200, seconds=5.0)
        done = acted(site)
        assert (done.looked_up, done.found) == (0, 0)
        assert done.notes == [
            f"{farm.endpoint.removeprefix('http://')} did not do as asked: it took too long."
        ]
        assert len(farm.log) == 1

    @pytest.mark.parametrize("mood", [Mood(500), Mood(200, b"<html>"), Mood(404)])
    def test_one_that_answers_nonsense_is_given_up_soon(
        self, site: Site, farm: wayback_farm.Archive, mood: Mood
    ) -> None:
        for link in record(site, A, B, C):
            turn(site, link, State.SUSPECT)
        farm.moods = {"/cdx": mood, "/web/timemap": Mood(500), "/wayback": mood}
        done = acted(site)
        assert (done.looked_up, len(done.notes), len(farm.asked("/cdx"))) == (0, 1, 2)
        farm.moods.clear()
        farm.keep(A, "20240620000000", piece(A))
        assert acted(site).looked_up == 1  # The third; one link that it cannot cope with does not block all.
        clock_of(site).advance(days=1, seconds=1)
        assert (acted(site).looked_up, len(copies(site))) == (2, 1)

    def test_one_that_asks_us_to_come_later_is_left_alone_until_then(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        for link in record(site, A, B):
            turn(site, link, State.SUSPECT)
        farm.moods["/cdx"] = Mood(429, headers={"Retry-After": "7200"})
        sentence = f"{ADDRESS} asked us to come later, not before 2026-06-01T14:00:00Z."
        assert acted(site).notes == [sentence]
        farm.moods.clear()
        assert acted(site) == Acted(notes=[sentence])
        assert len(farm.log) == 1
        clock_of(site).advance(hours=2, seconds=1)
        assert acted(site).looked_up == 2

    def test_if_it_does_not_say_when_it_is_asked_by_the_next_run(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        turn(site, record(site, A)[0], State.SUSPECT)
        farm.moods["/cdx"] = Mood(429)
        assert acted(site).notes == [f"{ADDRESS} asked us to come later."]
        farm.moods.clear()
        assert acted(site).looked_up == 1

    def test_a_kill_in_the_midst_loses_nothing(
        self, site: Site, farm: wayback_farm.Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (link,) = record(site, A)
        farm.keep(A, "20240620000000", piece(A))
        turn(site, link, State.SUSPECT)

        def killed(*_: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(Archive, "copy_of", killed)
            with suppress(SystemExit):
                acted(site)
        assert acted(site).looked_up == 0  # As far as this run knows, the other one is still at it.
        clock_of(site).now = NOON + timedelta(minutes=16)
        assert acted(site).found == 1

    def test_a_record_that_is_locked_is_a_sentence_too(self, site: Site, farm: wayback_farm.Archive) -> None:
        turn(site, record(site, A)[0], State.SUSPECT)
        other = make_site(site.folder)
        site.catalogue.connection.execute("PRAGMA busy_timeout = 10")
        with other.catalogue.write():
            (note,) = acted(site).notes
        assert "is locked by another program" in note
        assert acted(site).looked_up == 1


class TestSaving:
    @pytest.fixture
    def site(self, tmp_path: Path, farm: wayback_farm.Archive) -> Site:
        return make_site(tmp_path / "saving", settings=settings(farm, save=True))

    def test_what_is_recorded_is_captured_once(self, site: Site, farm: wayback_farm.Archive) -> None:
        first, second = record(site, A, B)
        done = acted(site)
        assert (done.saved, done.notes) == (2, [])
        assert set(copies(site)) == {first, second}
        assert acted(site).saved == 0
        assert farm.asked("/save/") == [f"/save/{A}", f"/save/{B}"]

    def test_also_the_page_that_a_link_moves_to(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        acted(site)
        desk.move_link(site, link, B)
        assert acted(site).saved == 1
        assert farm.asked("/save/") == [f"/save/{A}", f"/save/{B}"]

    def test_not_what_is_dead(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        turn(site, link, State.SUSPECT)
        assert acted(site).saved == 0
        turn(site, link, State.HEALTHY)
        assert acted(site).saved == 1

    def test_it_is_off_by_default_and_the_past_stays_as_it_is(
        self, tmp_path: Path, farm: wayback_farm.Archive
    ) -> None:
        site = make_site(tmp_path / "off", settings=settings(farm))
        record(site, A)
        assert acted(site).saved == 0
        (tmp_path / "off" / "data" / "site.toml").write_text(settings(farm, save=True), encoding="utf-8")
        on = make_site(tmp_path / "off")
        record(on, B)
        assert acted(on).saved == 1
        assert farm.asked("/save/") == [f"/save/{B}"]

    def test_only_so_many_in_a_run(
        self, site: Site, farm: wayback_farm.Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copying._Saves, "most", 2)
        record(site, A, B, C)
        assert [acted(site).saved for _ in range(3)] == [2, 1, 0]

    def test_what_cannot_be_captured_is_tried_three_times_on_three_days(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        record(site, A, B)
        captured = farm.saving
        farm.saving = lambda url: (520, {}, b"") if url == A else captured(url)
        done = acted(site)
        assert (done.saved, len(done.notes)) == (1, 1)
        assert "could not capture" in done.notes[0]
        for _ in range(4):
            assert acted(site).saved == 0
            clock_of(site).advance(days=1, seconds=1)
            acted(site)
        assert farm.asked("/save/").count(f"/save/{A}") == 3

    def test_who_asks_us_to_come_later_is_not_asked_for_more(
        self, site: Site, farm: wayback_farm.Archive
    ) -> None:
        record(site, A, B)
        captured = farm.saving
        farm.saving = lambda _: (429, {"Retry-After": "600"}, b"")
        assert len(acted(site).notes) == 1
        farm.saving = captured
        assert acted(site).saved == 0
        clock_of(site).advance(minutes=11)
        assert acted(site).saved == 2
        assert len(farm.asked("/save/")) == 3

    def test_checking_one_link_saves_none(self, site: Site, farm: wayback_farm.Archive) -> None:
        (link,) = record(site, A)
        assert acted(site, link=link).saved == 0
        assert acted(site).saved == 1
