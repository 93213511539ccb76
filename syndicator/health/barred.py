"""Whether a wall stands where a page should be: what is a wall of the table, and what only looks like one.

Knows pages, and the table of `walls`; must not know outcomes. Pure.
"""

from syndicator.health import fingerprint, soft_404
from syndicator.health.soft_404 import Suspect
from syndicator.net.exchange import Exchange
from syndicator.webpages import page, redirects, titles, walls
from syndicator.webpages.redirects import Shape


def before(suspect: Suspect, last: Exchange) -> walls.Wall | None:
    """The wall that stands before the page. A page with the piece's own title, or much to read, is none."""
    if found := walls.by_headers(last.headers):
        return found
    if soft_404.shows_the_piece(suspect):
        return _under_its_title(suspect)
    if suspect.shape is not Shape.NOWHERE and (found := walls.by_address(last.url)):
        return found
    if suspect.shape not in soft_404.AT_THE_PIECE and (found := walls.by_gate(last.url)):
        return found
    if suspect.page.length > soft_404.THIN or suspect.vacancy is not None:
        return None
    said = (suspect.page.title, *suspect.page.headings[:2])
    if any(walls.by_title(one) is walls.named("region") for one in said):  # which says "not available", too
        return walls.named("region")
    if suspect.says_gone:
        return None
    if found := walls.by_page(last.body, suspect.page.title, suspect.page.headings[:2]):
        return found
    if suspect.page.length > soft_404.SHORT:
        return None
    if suspect.page.password:
        return walls.named("login")
    again = page.refresh(last.body, last.header("refresh"))
    return walls.named("reload") if again and redirects.onward(last.url, again) == last.url else None


def _under_its_title(suspect: Suspect) -> walls.Wall | None:
    """The bot check that stands under the piece's title: it says so above its text, or has taken the text's place."""
    if suspect.page.length > soft_404.SHORT or suspect.says_gone:
        return None
    heading = next(iter(suspect.page.headings), "")
    if heading and not titles.same(heading, suspect.known):
        found = walls.by_title(heading)
        if found is not None and found.name not in walls.OF_THE_HOUSE:
            return found
    known, now = suspect.target.fingerprint, suspect.print
    replaced = bool(known) and fingerprint.likeness(known, now) < soft_404.HALF
    return walls.by_page(suspect.body, "") if replaced else None
