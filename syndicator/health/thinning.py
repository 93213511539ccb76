"""Old checks go: the whole last quarter stays, and of what is older all that tells something.

Knows how often and how old; which of them say nothing new is the catalogue's (`catalogue.checks.thin`).
"""

from datetime import timedelta

from syndicator import times
from syndicator.catalogue import checks, lease
from syndicator.site import Site

KEPT_WHOLE = timedelta(days=90)
THIN_EVERY = timedelta(days=7)


def thin(site: Site) -> int:
    """Takes away old checks that say nothing new, once a week; how many. Raises CatalogueBusy, StorageFailed."""
    connection = site.catalogue.connection
    now = site.clock()
    last = lease.thinned_at(connection)
    if last is not None and times.stamp(now - THIN_EVERY) < last <= times.stamp(now):
        return 0
    gone = 0
    for links in checks.slices(connection):
        with site.catalogue.write():
            gone += checks.thin(connection, links, now - KEPT_WHOLE)
    with site.catalogue.write():
        lease.mark_thinned(connection, times.stamp(now))
    return gone
