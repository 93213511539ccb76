"""When a permanent redirect is certain enough to be taken over without asking.

Knows beliefs and the spelling of URLs; must not know how a redirect was followed or what takes the new URL over.
"""

from datetime import timedelta

from syndicator.model.health import Belief, State

# A redirect meant for good still stands after a weekend; one left by a botched move does not.
TIMES = 2
SPAN = timedelta(days=3)


def certain(url: str, belief: Belief) -> bool:
    """Whether the link at `url` may be given its new URL at once.

    `moved` is believed from the first sight on, for the piece was seen at its new place. Certain it is once the same
    target was seen twice, over three days, or when only `http` became `https` (RFC 6797, 8.3, does the same unasked).
    """
    if belief.state is not State.MOVED or belief.since is None or belief.checked_at is None:
        return False
    if _upgraded(url, belief.moved_to):
        return True
    return belief.moved_times >= TIMES and belief.checked_at - belief.since >= SPAN


def _upgraded(url: str, target: str) -> bool:
    return url.startswith("http://") and target == "https://" + url.removeprefix("http://")
