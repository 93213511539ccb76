"""Marks that only a vendor's bot check bears: by them a page is one whatever status it came with – declared.

A robot is shown a challenge with 404, 410 or 429 as well, and what is behind it is not known then. Pages of these
statuses may mention captchas and firewalls, and load a vendor's scripts; so a word, a title or a script's host is not
enough here, as it is in `walls`. Must not know statuses or what follows.

Sources, besides those of `walls`: Cloudflare's challenge pages set `window._cf_chl_opt` (pages that were let through
have `__CF$cv$params`); docs.datadome.co, "Captcha page" (`var dd={…}` before captcha-delivery.com);
docs.humansecurity.com, "Block page" (an element `px-captcha` beside `window._pxAppId`); docs.aws.amazon.com/waf,
"CAPTCHA and Challenge" (`window.gokuProps`). The others were seen.
"""

from syndicator.webpages import walls
from syndicator.webpages.walls import REACH, Wall

# Name of the wall, and marks that must all be there.
_MARKS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("cloudflare", (b"_cf_chl_opt",)),
    ("datadome", (b"captcha-delivery.com", b"var dd=")),
    ("human", (b"px-captcha", b"_pxAppId")),
    ("aws", (b"window.gokuProps",)),
    ("imperva", (b"_Incapsula_Resource", b"Incapsula incident ID")),
    ("akamai", (b"sec-if-cpt-container",)),
    ("kasada", (b"KPSDK", b"/ips.js")),
    ("vercel", (b"/.well-known/vercel/security/",)),
    ("anubis", (b"anubis_challenge",)),
    ("siteground", (b"/.well-known/sgcaptcha/",)),
)


def shown(body: bytes) -> Wall | None:
    """The vendor whose bot check the page is, beyond doubt."""
    reach = body[:REACH]
    for name, marks in _MARKS:
        if all(mark in reach for mark in marks):
            return walls.named(name)
    return None
