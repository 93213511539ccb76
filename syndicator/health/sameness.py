"""Whether a page that a redirect ended at is the piece: what must be shown before a new address is proposed.

Knows addresses, titles and fingerprints; must not know HTTP or outcomes. Pure.
"""

from collections.abc import Sequence

from syndicator.health import fingerprint, soft_404
from syndicator.model.health import Target
from syndicator.webpages import redirects, titles


def is_the_same(target: Target, final: str, says: Sequence[str], seen: str) -> bool:
    """Whether anything shows that a page at another address is the piece: its name, its titles, or its text.

    Where nothing is known of the piece, there is nothing that the redirect could be doubted by.
    """
    known = [title for title in (*target.titles, target.title) if title]
    source = target.url.partition("#")[0]
    if not (known or target.fingerprint) or redirects.shape(source, final) in soft_404.AT_THE_PIECE:
        return True
    if fingerprint.likeness(target.fingerprint, seen) >= soft_404.QUARTER:
        return True
    if any(titles.likeness(one, known) >= titles.CLOSE for one in says):
        return True
    return redirects.is_named(final, known) or redirects.is_named(source, says)
