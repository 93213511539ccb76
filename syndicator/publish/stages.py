"""The stages of a long publish, for whoever shows how far it is."""

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What a long publish is doing, for progress bars."""

    PAGES = "summary pages"
    FEEDS = "feeds"
    ARCHIVES = "archives"


Progress = Callable[[Stage, int, int], None]
