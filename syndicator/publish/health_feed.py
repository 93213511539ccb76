"""The feed for staff: what has become of links, as Atom. It says nothing that the record does not show to everybody.

Knows Atom (RFC 4287) and what is told of a change; must not know which changes are news.
"""

import html
from collections.abc import Sequence
from datetime import datetime

from syndicator import text
from syndicator.model.news import Change, News
from syndicator.publish.markup import attribute, escape, rfc3339, uri_attribute

PATH = "health/atom.xml"
MOST = 50


def document(
    news: Sequence[News], *, institution: str, base_url: str, feed_id: str, language: str, floor: datetime
) -> bytes:
    """The feed. `news` come newest first; `floor` is the instant that it is at least `updated`."""
    updated = max([floor, *(one.transition.at for one in news)])
    name = escape(text.one_line(institution))
    own = uri_attribute(base_url + PATH)
    head = (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{attribute(language)}"><id>{escape(feed_id)}</id>'
        f"<title>{name}: links</title><updated>{rfc3339(updated)}</updated>"
        f'<author><name>{name}</name></author><link href="{own}" rel="self" type="application/atom+xml"/>'
        f'<link href="{uri_attribute(base_url)}" rel="alternate" type="text/html"/>'
    )
    return (head + "".join(_entry(one, feed_id) for one in news) + "</feed>").encode()


def _entry(one: News, feed_id: str) -> str:
    at = rfc3339(one.transition.at)
    titles = ", ".join(dict.fromkeys(f"“{placed.title}”" for placed in one.placed))
    outlets = ", ".join(dict.fromkeys(placed.outlet for placed in one.placed))
    title = text.one_line(f"{one.change.label.capitalize()}: {titles} at {outlets}")
    return (
        f"<entry><id>{escape(feed_id)}/{one.transition.id}</id><title>{escape(title)}</title>"
        f"<updated>{at}</updated><published>{at}</published>"
        f'<content type="html">{escape("".join(_paragraphs(one)))}</content>'
        f'<link href="{uri_attribute(one.transition.url)}" rel="alternate" type="text/html"/></entry>'
    )


def _paragraphs(one: News) -> list[str]:
    transition = one.transition
    told = [f"<p>{_words(transition.reason)}</p>"] if transition.reason else []
    if transition.before is not transition.after:
        told.append(f"<p>It was {transition.before.value}, and is {transition.after.value}.</p>")
    if one.change is Change.MOVED and one.moved_to:
        told.append(f"<p>It is now at {_link(one.moved_to)}.</p>")
    if one.change is Change.BROKEN:
        told.append(
            f"<p>Archived copy: {_link(one.copy)}</p>" if one.copy else "<p>No archived copy is known.</p>"
        )
    if one.change is Change.LOOK:
        told.append("<p>A wall hides the page from us: please open it in a browser.</p>")
    return told


def _words(given: str) -> str:
    return html.escape(text.one_line(given), quote=False)


def _link(url: str) -> str:
    return f'<a href="{html.escape(url)}">{html.escape(url, quote=False)}</a>'
