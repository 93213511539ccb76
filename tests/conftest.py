"""What holds for every test."""

from collections.abc import Iterator

import pytest

from tests.builders import close_sites


@pytest.fixture(autouse=True)
def _sites_are_closed() -> Iterator[None]:
    """From Python 3.13 on, a database that is left open is a warning, and warnings are errors here."""
    yield
    close_sites()
