"""One farm for all tests of the room: it starts in milliseconds, but its certificates do not."""

from collections.abc import Iterator

import pytest

from tests.farm.server import Farm
from tests.farm.visiting import open_farm


@pytest.fixture(scope="session")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with open_farm(tmp_path_factory.mktemp("farm")) as farm:
        yield farm
