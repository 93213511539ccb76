"""What tests of rounds start from: a little web, and a site that may visit it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.site import Site
from tests.builders import make_site
from tests.health.little_web import Web, little_web
from tests.health.rounds import CHECKING


@pytest.fixture
def web() -> Iterator[Web]:
    with little_web() as web:
        yield web


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, settings=CHECKING)
