"""Opening a site: its folder, settings and record, and who is at work."""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicator.errors import CatalogueRefused, SettingsRefused, SiteNotFound, StorageFailed
from syndicator.site import Site, open_site
from tests.builders import SETTINGS, StandingClock, make_site


@contextmanager
def site_in(folder: Path, who: str | None = None) -> Iterator[Site]:
    """A site as commands open it."""
    make_site(folder)
    site = open_site(folder, who=who)
    yield site
    site.catalogue.close()


def test_a_site_opens_with_its_database_made(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert (tmp_path / "data" / "syndicator.db").is_file()
    assert (site.feeds, site.data) == (tmp_path / "feeds", tmp_path / "data")
    assert site.settings.site.title == "Institute of Examples"


def test_the_clock_shows_aware_utc(tmp_path: Path) -> None:
    with site_in(tmp_path) as site:
        now = site.clock()
    assert now.tzinfo is UTC
    assert abs((datetime.now(UTC) - now).total_seconds()) < 60


def test_today_is_the_day_in_its_zone(tmp_path: Path) -> None:
    """Half past eleven in the evening in UTC is another day in Tokyo."""
    clock = StandingClock(datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
    assert make_site(tmp_path / "utc", clock=clock).today == "2026-06-01"
    zone = SETTINGS + 'timezone = "Asia/Tokyo"\n'
    assert make_site(tmp_path / "tokyo", clock=clock, settings=zone).today == "2026-06-02"


@pytest.mark.parametrize("folder", ["", "nowhere", "data/site.toml"])
def test_a_folder_without_a_site_is_refused_with_the_next_step(tmp_path: Path, folder: str) -> None:
    with pytest.raises(
        SiteNotFound, match="Make one with `syndicator init`, or name another folder with --site"
    ):
        open_site(tmp_path / folder)
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_refused_before_a_database_is_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="title is missing"):
        make_site(tmp_path, settings="[site]\nurl = 'https://a.example/'\n")
    assert not (tmp_path / "data" / "syndicator.db").exists()


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "site.toml").write_text(SETTINGS)
    (tmp_path / "data" / "syndicator.db").write_text(
        "This is a text file, not a database, and stays as it is.\n"
    )
    with pytest.raises(CatalogueRefused, match="is not an SQLite database"):
        open_site(tmp_path)


def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    make_site(tmp_path).catalogue.close()
    monkeypatch.setattr(Path, "read_text", fail)
    with pytest.raises(StorageFailed, match=r"site.toml cannot be read: Permission denied\."):
        open_site(tmp_path)


@pytest.mark.parametrize(
    ("environment", "who"),
    [
        ({"SYNDICATOR_USER": "Jo Doe", "USER": "jo", "LOGNAME": "jd"}, "Jo Doe"),
        ({"USER": "jo", "LOGNAME": "jd"}, "jo"),
        ({"SYNDICATOR_USER": " ", "LOGNAME": "jd"}, "jd"),
        ({"SYNDICATOR_USER": "jo\x1b[31m\udcff\n"}, "jo[31m"),
        ({}, pwd.getpwuid(os.getuid()).pw_name),
    ],
)
def test_who_is_at_work_is_read_off_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], who: str
) -> None:
    for variable in ("SYNDICATOR_USER", "USER", "LOGNAME"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    with site_in(tmp_path) as site:
        assert site.who == who


def test_who_is_said_wins(tmp_path: Path) -> None:
    with site_in(tmp_path, who="tester") as site:
        assert site.who == "tester"
