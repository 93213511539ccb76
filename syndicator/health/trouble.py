"""Trouble that a host has of its own, told with status 200: maintenance, a database that is down – declared.

Knows what such pages say; must not know what follows. A phrase must be the whole of a title's part or of a heading.
Sources: the messages of WordPress, PHP, ASP.NET, nginx, HAProxy, Heroku and Cloudflare; outlets' maintenance pages.
"""

import re
from functools import cache

from syndicator.health import fingerprint
from syndicator.health.soft_404 import SHORT, Suspect
from syndicator.webpages import titles
from syndicator.webpages.redirects import Shape

FIRST = 60  # characters of a page without title and heading, as programs print that failed before either
_TROUBLE = (
    r"(?:(?:we|were|our|the|this|site|website|page|server|system|is|are|currently|temporarily|down|now|sorry|but) )*"
    r"(?:under|undergoing|in|down for|offline for)(?: \w+){0,2} maintenance(?: .{0,40})?"
    r"|(?:site |scheduled )?maintenance(?: mode| in progress)?|well be (?:right )?back(?: .{0,30})?|be right back"
    r"|(?:back|returning) soon|error establishing a database connection|database (?:connection )?error"
    r"|(?:5\d\d )?internal server error(?: 5\d\d)?|(?:error )?50[0-4](?: error)?|(?:502 )?bad gateway"
    r"|(?:503 )?service (?:temporarily )?unavailable|(?:504 )?gateway time ?out|runtime error"
    r"|(?:fatal|application) error(?: .{0,60})?|(?:a|an) (?:unexpected |internal |server )?error (?:has )?occurred"
    r"|(?:sorry )?something went wrong(?: .{0,30})?"
    r"|(?:(?:we are |were )?experiencing )?technical (?:difficulties|problems).{0,30}"
    r"|there has been a critical error on this website(?: .{0,40})?|web server is down|origin is unreachable"
    r"|temporarily (?:unavailable|offline|down)(?: .{0,30})?|server error(?: in .{0,30})?"
    r"|wartungs(?:arbeiten|modus)|(?:en |site en )maintenance|(?:sitio )?en mantenimiento|em manutencao|in manutenzione"
    r"|in onderhoud|przerwa techniczna|(?:ведутся )?технические работы|технічні роботи|bakim(?:da|calismasi)?"
    r"|(?:ただいま)?メンテナンス中.{0,20}|系统维护中?|[网網]站[维維][护護]中|(?:서비스|시스템) 점검 ?중?.{0,10}"
)


def said_by(suspect: Suspect) -> str:
    """What a page says of its host's trouble, in the title or a heading, if it says little else; else nothing."""
    if suspect.page.length > SHORT or suspect.shape not in (Shape.NOWHERE, Shape.PIECE):
        return ""
    if len(fingerprint.paragraphs(suspect.body)) >= fingerprint.ENOUGH_PARAGRAPHS:
        return ""
    said = (*titles.segments(suspect.page.title), *suspect.page.headings[:2]) or (suspect.page.text[:FIRST],)
    return next((part.strip() for part in said if _trouble().fullmatch(titles.folded(part))), "")


@cache
def _trouble() -> re.Pattern[str]:
    return re.compile(titles.unaccented(_TROUBLE))
