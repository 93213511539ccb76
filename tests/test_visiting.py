"""How we go out for a site: both ways say who comes, why, and whom to write to, and ask the site's guard."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator import __version__, visiting
from syndicator.net.exchange import Fault
from syndicator.net.services import ServiceFailed
from syndicator.site import Site
from tests.builders import SETTINGS, make_site
from tests.farm.server import ADDRESSES, NETWORKS, Farm
from tests.farm.visiting import AT_ONCE, Pile, once, open_farm, visit_all

CONTACT = "https://institute.example/feeds/; web@institute.example"


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with open_farm(tmp_path_factory.mktemp("farm")) as farm:
        yield farm


@pytest.fixture
def site(tmp_path: Path, farm: Farm) -> Site:
    network = f'[network]\nallow = {json.dumps(NETWORKS)}\nca_file = "{farm.authority}"\n'
    return make_site(tmp_path, settings=SETTINGS + network)


def at(farm: Farm, host: str, path: str) -> str:
    return f"http://{host}:{farm.ports['plain']}/{path}"


def test_links_are_visited_in_the_sites_name(site: Site, farm: Farm) -> None:
    allowed, other = at(farm, ADDRESSES[0], "echo"), at(farm, "127.0.0.1", "echo")
    pile = Pile([allowed, other], once)
    visit_all(pile, visiting.client(site, "link check"), AT_ONCE)
    told = json.loads(pile.found[allowed].body)
    assert told["headers"]["user-agent"] == f"Syndicator/{__version__} (link check; +{CONTACT})"
    assert pile.found[other].fault is Fault.NOT_ALLOWED


def test_so_are_services(site: Site, farm: Farm) -> None:
    with visiting.services(site, "link archive and alerts", 5.0) as services:
        told = json.loads(services.get(at(farm, ADDRESSES[0], "echo")).body)
        agent = f"Syndicator/{__version__} (link archive and alerts; +{CONTACT})"
        assert told["headers"]["user-agent"] == agent
        with pytest.raises(ServiceFailed, match="is not public"):
            services.get(at(farm, "127.0.0.1", "echo"))
        with pytest.raises(ServiceFailed, match="mismatch"):  # Of the name: the authority is trusted.
            services.get(f"https://{ADDRESSES[0]}:{farm.ports['good']}/page")
