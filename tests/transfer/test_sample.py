"""The sample catalogue that ships: real pieces, whole, loaded once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syndicator import config, transfer
from syndicator.errors import ImportRefused
from syndicator.model.records import Noun
from syndicator.site import Site
from syndicator.transfer import LineReport
from tests.builders import make_site
from tests.transfer.builders import names, outcomes, pieces

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Any) -> Iterator[Site]:
    site = make_site(tmp_path)
    yield site
    site.catalogue.close()


def load(site: Site) -> list[LineReport]:
    told: list[LineReport] = []
    transfer.load(site, on_line=told.append)
    return told


def test_the_sample_that_ships_is_taken_whole_and_only_once(site: Site) -> None:
    assert set(outcomes(load(site))) == {"added"}
    assert len(pieces(site)) == 17
    assert set(outcomes(load(site))) == {"unchanged"}


def test_its_people_have_their_roles_and_its_outlets_their_hosts(site: Site) -> None:
    load(site)
    roles = {author["name"]: author["role"] for author in names(site, Noun.AUTHORS)}
    assert roles["Brian Blankenship"] == "Non-Resident Fellow"
    assert {outlet["name"]: outlet["hosts"] for outlet in names(site, Noun.OUTLETS)}["Lawfare"] == [
        "lawfaremedia.org"
    ]


def test_its_files_hold_what_its_pieces_use(site: Site) -> None:
    """Topics, programs and outlets of the sample are listed; who has no role there is only met on a piece."""
    files = transfer.sample_files(None)
    listed = {
        noun: [json.loads(line)["name"] for line in file.read_text(encoding="utf-8").splitlines()]
        for noun, file in files.names
    }
    load(site)
    for noun in (Noun.TOPICS, Noun.PROGRAMS, Noun.OUTLETS):
        assert sorted(listed[noun]) == sorted(name["name"] for name in names(site, noun))
    without_role = [author["name"] for author in names(site, Noun.AUTHORS) if not author["role"]]
    assert not set(without_role) & set(listed[Noun.AUTHORS])


def test_a_sites_own_sample_goes_first(site: Site) -> None:
    folder = site.data / "sample"
    folder.mkdir()
    (folder / "pieces.jsonl").write_text('{"title": "no date"}\n', encoding="utf-8")
    assert outcomes(load(site)) == ["refused"]


def test_a_sample_without_pieces_is_refused_with_the_next_step(site: Site) -> None:
    (site.data / "sample").mkdir()
    with pytest.raises(ImportRefused, match=r"pieces\.jsonl is missing.*remove the folder"):
        load(site)


def test_the_settings_of_the_sample_site_can_be_read() -> None:
    settings = config.load(CHECKOUT / "data" / "site.toml")
    assert settings.site.title == "Defense Priorities"
    assert settings.site.id_authority == "example.org,2024"
