"""The archive, over real sockets: which copy is taken, and how an archive is treated that cannot be relied upon."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from syndicator import allowed
from syndicator.catalogue.archiving import Wanted
from syndicator.health.archive import Archive, ArchiveFailed, ComeLater, NotCaptured, OutOfReach
from syndicator.model.health import Target
from syndicator.model.links import Memento
from syndicator.net.guard import Guard
from syndicator.net.services import Services
from tests.builders import NOON
from tests.health import wayback_farm
from tests.health.little_web import closed_port, page
from tests.health.wayback_farm import ADDRESS, Kept, Mood

URL = "https://outlet.example/how-the-grid-survived"
TITLE = "How the grid survived the coldest night"
WANTED = Wanted(1, Target(URL, (TITLE,)), "2024-06-16T04:00:00Z")
PIECE = page(TITLE)
LOST = b"<title>Page not found | The Outlet</title><h1>Page not found</h1>"


@pytest.fixture
def farm() -> Iterator[wayback_farm.Archive]:
    with wayback_farm.wayback_farm() as farm:
        yield farm


@pytest.fixture
def archive(farm: wayback_farm.Archive) -> Iterator[Archive]:
    with services() as opened:
        yield made(opened, farm.endpoint)


def services(seconds: float = 2.0) -> Services:
    return Services(Guard(allowed.read(["127.0.0.0/8"])), user_agent="Syndicator/0.1", deadline=seconds)


def made(opened: Services, endpoint: str, interval: float = 0.0) -> Archive:
    return Archive(endpoint, opened, opened, interval=interval, clock=lambda: NOON)


def copy(farm: wayback_farm.Archive, timestamp: str) -> Memento:
    at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return Memento(farm.replay(URL, timestamp), at, ADDRESS)


class TestWhichCopy:
    def test_the_nearest_from_the_publication_on(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        for timestamp in ("20200101000000", "20240620000000", "20240701000000", "20260101000000"):
            farm.keep(URL, timestamp, PIECE + timestamp.encode())
        assert archive.copy_of(WANTED) == copy(farm, "20240620000000")
        assert len(farm.log) == 2

    def test_that_was_answered_with_200(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.keep(URL, "20240620000000", PIECE, status=404)
        farm.keep(URL, "20240701000000", PIECE)
        assert archive.copy_of(WANTED) == copy(farm, "20240701000000")

    def test_and_shows_the_piece(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.keep(URL, "20240620000000", LOST)
        farm.keep(URL, "20240701000000", b"")
        farm.keep(URL, "20250101000000", PIECE)
        assert archive.copy_of(WANTED) == copy(farm, "20250101000000")

    def test_though_the_index_be_wrong(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.indexed_status = "200"
        farm.keep(URL, "20240620000000", PIECE, status=503)
        farm.keep(URL, "20240701000000", PIECE + b" ")
        assert archive.copy_of(WANTED) == copy(farm, "20240701000000")
        assert not archive.unwilling

    def test_none_is_better_than_a_wrong_one(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.keep(URL, "20240620000000", LOST)
        assert archive.copy_of(WANTED) is None

    def test_none_where_the_archive_has_none(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        assert archive.copy_of(WANTED) is None
        assert len(farm.log) == 2

    def test_only_a_few_are_looked_at(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        for day in range(10, 28):
            farm.keep(URL, f"202407{day}000000", LOST + str(day).encode())
        assert archive.copy_of(WANTED) is None
        assert len(farm.asked("/web/2024")) == 4

    def test_a_doubtful_one_is_better_than_none(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.keep(URL, "20240620000000", page("Letters to the editor"))
        assert archive.copy_of(WANTED) == copy(farm, "20240620000000")
        farm.keep(URL, "20250101000000", PIECE)
        assert archive.copy_of(WANTED) == copy(farm, "20250101000000")

    def test_an_archive_that_has_no_raw_form(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.raw = False
        farm.keep(URL, "20240620000000", PIECE)
        assert archive.copy_of(WANTED) == copy(farm, "20240620000000")

    def test_one_that_is_sent_on_to_is_the_copy(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        """Some captures are told of and were moved since."""
        farm.keep(URL, "20240620000000", PIECE)
        farm.moods["/cdx"] = Mood(200, f'[["timestamp","original"],["20240618000000","{URL}"]]'.encode())
        assert archive.copy_of(WANTED) == copy(farm, "20240620000000")


class TestSources:
    """Not every archive has all of them, and none of them always works."""

    @pytest.mark.parametrize(
        ("broken", "asked"),
        [
            ((), ["/cdx"]),
            (("/cdx",), ["/cdx", "/web/timemap"]),
            (("/cdx", "/web/timemap"), ["/cdx", "/web/timemap", "/wayback/available"]),
            (("/web/timemap", "/wayback"), ["/cdx"]),
        ],
    )
    @pytest.mark.parametrize("mood", [Mood(404), Mood(500), Mood(200, b"<html>Sorry"), Mood(403)])
    def test_what_one_does_not_tell_the_next_one_may(
        self,
        farm: wayback_farm.Archive,
        archive: Archive,
        broken: tuple[str, ...],
        asked: list[str],
        mood: Mood,
    ) -> None:
        farm.keep(URL, "20240620000000", PIECE)
        farm.moods = dict.fromkeys(broken, mood)
        assert archive.copy_of(WANTED) == copy(farm, "20240620000000")
        paths = [path for path in farm.asked() if not path.startswith("/web/2")]
        assert [path.startswith(beginning) for path, beginning in zip(paths, asked, strict=True)]

    def test_where_none_tells_anything_that_is_a_failure(
        self, farm: wayback_farm.Archive, archive: Archive
    ) -> None:
        farm.moods["/"] = Mood(500)
        with pytest.raises(ArchiveFailed, match=r"127\.0\.9\.1 answered 500 when asked for copies"):
            archive.copy_of(WANTED)

    def test_garbage_is_one_too(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.moods["/"] = Mood(200, b"\x00\xff{{{")
        with pytest.raises(ArchiveFailed, match="is not understood"):
            archive.copy_of(WANTED)

    def test_captures_that_cannot_be_seen_are_not_judged(
        self, farm: wayback_farm.Archive, archive: Archive
    ) -> None:
        farm.keep(URL, "20240620000000", PIECE)
        farm.moods["/web/2"] = Mood(200, PIECE, {"Content-Encoding": "gzip"})
        with pytest.raises(ArchiveFailed):
            archive.copy_of(WANTED)


class TestManners:
    def test_one_request_at_a_time_with_pauses(self, farm: wayback_farm.Archive) -> None:
        farm.keep(URL, "20240620000000", LOST)
        farm.keep(URL, "20240701000000", PIECE)
        with services() as opened:
            archive = made(opened, farm.endpoint, interval=0.1)
            archive.copy_of(WANTED)
            archive.copy_of(WANTED)
        starts = [(visit.path[:5], visit.start) for visit in farm.log]
        assert all(one.end <= other.start for one, other in pairwise(farm.log))
        for (one, earlier), (other, later) in pairwise(starts):
            least = 0.25 if "/cdx/" in (one, other) else 0.1
            assert later - earlier > least - 0.02

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("where", ["/cdx", "/web/2"])
    def test_who_asks_to_be_left_alone_is(
        self, farm: wayback_farm.Archive, archive: Archive, status: int, where: str
    ) -> None:
        farm.keep(URL, "20240620000000", PIECE)
        farm.moods[where] = Mood(status, headers={"Retry-After": "3600"})
        with pytest.raises(
            ComeLater, match="asked us to come later, not before 2026-06-01T13:00:00Z"
        ) as asked:
            archive.copy_of(WANTED)
        assert asked.value.until == NOON + timedelta(hours=1)
        assert archive.unwilling
        assert len(farm.asked(where)) == 1

    def test_until_when_need_not_be_said(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.moods["/"] = Mood(429)
        with pytest.raises(ComeLater) as asked:
            archive.copy_of(WANTED)
        assert asked.value.until is None

    def test_a_slow_one_is_not_waited_for(self, farm: wayback_farm.Archive) -> None:
        farm.moods["/"] = Mood(200, seconds=3.0)
        began = time.monotonic()
        with services(0.3) as opened, pytest.raises(OutOfReach, match="it took too long"):
            made(opened, farm.endpoint).copy_of(WANTED)
        assert time.monotonic() - began < 1.5

    def test_nor_one_that_is_down(self) -> None:
        with services() as opened, pytest.raises(OutOfReach, match="Connection refused"):
            made(opened, f"http://{ADDRESS}:{closed_port()}").copy_of(WANTED)

    def test_the_guard_holds_for_it(self, farm: wayback_farm.Archive) -> None:
        with (
            Services(Guard(), user_agent="Syndicator/0.1") as opened,
            pytest.raises(OutOfReach, match="is not public"),
        ):
            made(opened, farm.endpoint).copy_of(WANTED)
        assert farm.log == []


class TestSaving:
    @pytest.fixture(autouse=True)
    def _live(self, farm: wayback_farm.Archive) -> None:
        farm.live[URL] = Kept("20260601120000", PIECE)

    def test_the_copy_that_was_made(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        assert archive.save(WANTED) == copy(farm, "20260601120000")

    def test_where_a_header_names_it(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.kept[URL] = [farm.live[URL]]
        farm.saving = lambda url: (200, {"Content-Location": f"/web/20260601120000/{url}"}, b"<html>")
        assert archive.save(WANTED) == copy(farm, "20260601120000")

    def test_where_nothing_does_it_is_made_all_the_same(
        self, farm: wayback_farm.Archive, archive: Archive
    ) -> None:
        farm.saving = lambda _: (200, {}, b"<html>Saving page</html>")
        assert archive.save(WANTED) is None

    def test_where_the_archives_robot_met_a_wall_it_is_no_copy(
        self, farm: wayback_farm.Archive, archive: Archive
    ) -> None:
        farm.live[URL] = Kept("20260601120000", LOST)
        assert archive.save(WANTED) is None

    def test_what_may_not_be_captured(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        error = {"X-Archive-Wayback-Runtime-Error": "RobotAccessControlException: Blocked By Robots"}
        farm.saving = lambda _: (403, error, b"")
        with pytest.raises(
            NotCaptured, match=r"could not capture https://outlet.*RobotAccessControlException"
        ):
            archive.save(WANTED)

    def test_who_asks_to_be_left_alone_is(self, farm: wayback_farm.Archive, archive: Archive) -> None:
        farm.saving = lambda _: (429, {}, b"")
        with pytest.raises(ComeLater):
            archive.save(WANTED)
