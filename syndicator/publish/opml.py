"""The list of all feeds as OPML 2.0, in groups, for readers that subscribe to many at once.

Knows the format's subscription lists (opml.org/spec2.opml); must not know what the groups mean.
"""

from collections.abc import Sequence
from typing import NamedTuple

from syndicator.publish.markup import attribute, escape, uri_attribute


class Outline(NamedTuple):
    """One feed of the list, and the page for people that goes with it."""

    title: str
    feed_url: str
    page_url: str


def document(title: str, groups: Sequence[tuple[str, Sequence[Outline]]]) -> bytes:
    """The whole list, without empty groups; without dates, so that the same feeds make the same bytes."""
    body = "".join([_group(name, outlines) for name, outlines in groups if outlines])
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<opml version="2.0"><head><title>{escape(title)}</title></head><body>{body}\n</body></opml>\n'
    ).encode()


def _group(name: str, outlines: Sequence[Outline]) -> str:
    feeds = "".join([_outline(outline) for outline in outlines])
    return f'\n<outline text="{attribute(name)}">{feeds}\n</outline>'


def _outline(outline: Outline) -> str:
    title = attribute(outline.title)
    return (
        f'\n<outline type="rss" text="{title}" title="{title}" '
        f'xmlUrl="{uri_attribute(outline.feed_url)}" htmlUrl="{uri_attribute(outline.page_url)}"/>'
    )
