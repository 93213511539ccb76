"""What follows from the checks: archived copies are looked up, people are told, pages are saved.

Knows the order of the acts; how each is done is another file's. Nothing here fails a run: what does not succeed is a
sentence in the report, and stays to be done. Everything is claimed in the record before it is done: two runs at once
share the work, and after a kill the next one does what is left.
"""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from syndicator import visiting
from syndicator.errors import CatalogueBusy, StorageFailed
from syndicator.health import copying
from syndicator.health.archive import SAVING_SECONDS, Archive
from syndicator.net.services import Services
from syndicator.site import Site

ERRAND = "link archive and alerts"


@dataclass(slots=True)
class Acted:
    """What was done: links looked up in the archive, copies found there, captures asked for, changes told.

    `notes` are sentences on what did not succeed; there is no secret in them.
    """

    looked_up: int = 0
    found: int = 0
    saved: int = 0
    told: int = 0
    notes: list[str] = field(default_factory=list)


def act(site: Site, *, link: int | None = None, environment: Mapping[str, str] = os.environ) -> Acted:
    """Does what the checks so far have left to do; with `link`, no other one is looked up, and none is saved.

    Raises CertificatesUnreadable.
    """
    acted = Acted()
    with ExitStack() as stack:
        services = stack.enter_context(visiting.services(site, ERRAND, site.settings.check.timeout))
        archive = _archive(site, stack, services)
        try:
            # Copies first: then it can be told whether readers have one.
            if archive is not None:
                _look_up(site, acted, archive, link)
            _tell(site, acted, services, environment)
            if archive is None or not site.settings.archive.save:
                copying.save_nothing(site)
            elif link is None:
                _save(site, acted, archive)
        except (CatalogueBusy, StorageFailed) as refusal:
            acted.notes.append(str(refusal))
    return acted


def _look_up(site: Site, acted: Acted, archive: Archive, link: int | None) -> None:
    copied = copying.look_up(site, archive, link)
    acted.looked_up, acted.found = copied.asked, copied.found
    acted.notes += copied.notes


def _tell(site: Site, acted: Acted, services: Services, environment: Mapping[str, str]) -> None:
    if not (site.settings.alerts.webhook or site.settings.alerts.email_to):
        return
    from syndicator.health import telling  # Deferred: mail and its formats take a while to load.

    told = telling.tell(site, services, environment)
    acted.told = told.news
    acted.notes += told.notes


def _save(site: Site, acted: Acted, archive: Archive) -> None:
    copied = copying.save(site, archive)
    acted.saved = copied.asked
    acted.notes += copied.notes


def _archive(site: Site, stack: ExitStack, services: Services) -> Archive | None:
    endpoint = site.settings.archive.endpoint
    if not endpoint:
        return None
    patience = max(SAVING_SECONDS, site.settings.check.timeout)
    saving = stack.enter_context(visiting.services(site, ERRAND, patience))
    interval = site.settings.check.per_host_interval
    return Archive(endpoint, services, saving, interval=interval, clock=site.clock)
