"""Links that turn from one state to another, as a round of checks would have stored it."""

from syndicator.catalogue import transitions
from syndicator.model.health import State
from syndicator.model.links import Mark
from syndicator.site import Site


def turn(
    site: Site,
    link_id: int,
    after: State,
    *,
    mark: Mark = Mark.NONE,
    reason: str = "It is not there (404).",
    moved_to: str = "",
) -> None:
    """The link is believed to be in a state from now on; a transition tells so."""
    with site.catalogue.write() as connection:
        (before,) = connection.execute("SELECT state FROM beliefs WHERE link_id = ?", (link_id,)).fetchone()
        connection.execute(
            "UPDATE beliefs SET state = ?, moved_to = ?, look = ? WHERE link_id = ?",
            (after.value, moved_to, int(mark is Mark.LOOK), link_id),
        )
        transitions.add(connection, [(link_id, site.clock(), State(before), after, reason, mark)])
