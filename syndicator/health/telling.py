"""The news of a run, told once on every way that is turned on: a webhook, an e-mail. One message a run.

Knows what is claimed for which way; must not know how a message reads. A kill between claim and done lets the same
message come once more, later, and loses none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from syndicator import times
from syndicator.catalogue import news as stored
from syndicator.catalogue import transitions
from syndicator.health import alerts
from syndicator.model.news import News
from syndicator.net import mail
from syndicator.net.mail import MailFailed
from syndicator.net.services import ServiceFailed, Services
from syndicator.site import Site

PASSWORD = "SYNDICATOR_SMTP_PASSWORD"  # noqa: S105 - where it is found
# What was claimed by a run that died is claimed again after a while; what nobody could be told for so long is no news.
STALE, FRESH = timedelta(minutes=15), timedelta(days=7)
MOST = 20_000


@dataclass(slots=True)
class Told:
    """What came of it: how many changes were told, and sentences on what did not succeed, without any secret."""

    news: int = 0
    notes: list[str] = field(default_factory=list)


class _Way(Protocol):
    """A way to tell people. `act` is what it is claimed as."""

    act: str

    def send(self, site: Site, news: list[News]) -> None:
        """Sends one message. Raises ServiceFailed, MailFailed."""


def tell(site: Site, services: Services, environment: Mapping[str, str]) -> Told:
    """Tells what has not been told yet. Raises CatalogueBusy, StorageFailed."""
    told = Told()
    for way in _ways(site, services, environment):
        claimed, news = _claim(site, way.act)
        try:
            if news:
                way.send(site, news)
        except (ServiceFailed, MailFailed) as failed:
            told.notes.append(f"What changed was not told by {way.act}: {failed.message}")
            with site.catalogue.write() as connection:
                transitions.release(connection, way.act, claimed)
            continue
        if claimed:
            with site.catalogue.write() as connection:
                transitions.done(connection, way.act, claimed, times.stamp(site.clock()))
        told.news = max(told.news, len(news))
    return told


def _claim(site: Site, act: str) -> tuple[list[int], list[News]]:
    """Transitions that nobody was told of yet on a way, and the news among them."""
    now = site.clock()
    with site.catalogue.write() as connection:
        claimed = transitions.claim(
            connection,
            act,
            by=site.who,
            now=times.stamp(now),
            stale=times.stamp(now - STALE),
            since=times.stamp(now - FRESH),
            most=MOST,
        )
        return [one.id for one in claimed], stored.of(connection, claimed, site.today)


def _ways(site: Site, services: Services, environment: Mapping[str, str]) -> Iterator[_Way]:
    settings = site.settings.alerts
    if settings.webhook:
        yield _Webhook(services)
    if settings.email_to:
        yield _Email(environment.get(PASSWORD, ""))


class _Webhook:
    act = "webhook"

    def __init__(self, services: Services) -> None:
        self._services = services

    def send(self, site: Site, news: list[News]) -> None:
        url = site.settings.alerts.webhook
        reply = self._services.post(url, alerts.document(site.settings.site.title, news))
        if not 200 <= reply.status < 300:
            raise ServiceFailed(url, f"it answered {reply.status}.", status=reply.status)


class _Email:
    act = "email"

    def __init__(self, password: str) -> None:
        self._password = password

    def send(self, site: Site, news: list[News]) -> None:
        settings, about = site.settings.alerts, site.settings.site
        if settings.smtp_user and not self._password:
            raise MailFailed(settings.smtp, f"set ${PASSWORD} to the password of {settings.smtp_user}.")
        message = alerts.mail(
            about.title,
            news,
            sender=settings.email_from or f"syndicator@{urlsplit(about.url).hostname}",
            recipients=[address.strip() for address in settings.email_to.split(",")],
            now=site.clock(),
        )
        mail.send(
            message,
            settings.smtp,
            user=settings.smtp_user,
            password=self._password,
            ca_file=site.ca_file,
        )
