"""How we go out for a site: under which name, past which guard, trusting whom.

Knows the site's settings; must not know what is visited, nor why.
"""

from syndicator import __version__, allowed
from syndicator.net.client import Client
from syndicator.net.guard import Guard
from syndicator.net.services import Services
from syndicator.site import Site


def client(site: Site, errand: str) -> Client:
    """Visits pages that anybody gave us; `errand` says why ("link check"). Raises CertificatesUnreadable."""
    check = site.settings.check
    return Client(
        _guard(site),
        user_agent=_user_agent(site, errand),
        timeout=check.timeout,
        max_body=check.max_body,
        ca_file=site.ca_file,
    )


def services(site: Site, errand: str, deadline: float) -> Services:
    """Calls what the operator configured. Raises CertificatesUnreadable."""
    return Services(
        _guard(site),
        user_agent=_user_agent(site, errand),
        deadline=deadline,
        ca_file=site.ca_file,
    )


def _guard(site: Site) -> Guard:
    return Guard(allowed.read(site.settings.network.allow))


def _user_agent(site: Site, errand: str) -> str:
    """Who visits and why, and whom to write to (RFC 9110, 10.1.5)."""
    contact = "; ".join(filter(None, (site.settings.base_url, site.settings.site.contact)))
    return f"Syndicator/{__version__} ({errand}; +{contact})"
