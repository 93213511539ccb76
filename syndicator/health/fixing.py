"""Links that moved for good: what could be taken over, and what certainly can. Planned here, done by the desk.

Knows beliefs and certainty; must not know how a link's URL is replaced.
"""

from collections.abc import Iterator
from typing import NamedTuple

from syndicator import urls
from syndicator.catalogue import links
from syndicator.errors import URLRefused
from syndicator.health import moves
from syndicator.model.health import Belief, State
from syndicator.site import Site


class Proposal(NamedTuple):
    """Another URL for a link; `certain` says that it may be taken over without asking."""

    link_id: int
    url: str
    new: str
    certain: bool
    belief: Belief


def proposals(site: Site) -> Iterator[Proposal]:
    """The new URLs of all links that are believed to have moved, as readers would get them."""
    for watched in links.watched(site.catalogue.connection, State.MOVED):
        proposal = proposal_for(watched.link.id, watched.link.url, watched.belief)
        if proposal is not None:
            yield proposal


def proposal_for(link_id: int, url: str, belief: Belief) -> Proposal | None:
    """The new URL of one link; None where it has not moved, or to nothing that can be recorded."""
    if belief.state is not State.MOVED or not belief.moved_to:
        return None
    try:
        new = urls.clean(belief.moved_to).url
    except URLRefused:
        return None
    if new == url:
        return None
    return Proposal(link_id, url, new, moves.certain(url, belief), belief)
