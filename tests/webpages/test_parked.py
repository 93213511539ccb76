"""Vacated domains: every row of the table is recognised, and pieces on the subject are not taken for one."""

import pytest

from syndicator.model.health import Outcome
from syndicator.webpages import parked
from syndicator.webpages.parked import VACANCIES, Vacancy
from tests.health.exchanges import URL, exchange, found, page, redirect

SAID = {
    "for sale": ["outlet.example.com is for sale", "This domain may be for sale!", "Buy this domain",
        "Diese Domain steht zum Verkauf",
        "Ce domaine est à vendre", "Este dominio está en venta", "Questo dominio è in vendita",
            "Deze domeinnaam is te koop",
        "Ta domena jest na sprzedaż", "Домен продаётся", "该域名正在出售", "The domain name outlet.com is for sale"],
    "parked": ["This domain is parked free, courtesy of Example Registrar", "Future home of something quite cool",
        "This domain has been registered", "Hier entsteht eine neue Internetpräsenz", "Domain parking",
            "Домен припаркован"],
    "expired": ["Website Expired", "This domain has expired", "This domain name expired on 2024-06-12", "域名已过期",
        "Срок регистрации домена outlet.ru истёк"],
    "suspended": ["Account Suspended", "This Account has been suspended.",
        "outlet.wordpress.com is no longer available.",
        "Blog has been removed", "Sorry, this shop is currently unavailable", "Site not found",
            "Looks like this domain isn't connected to a website yet"],
    "empty machine": ["Welcome to nginx!", "Apache2 Ubuntu Default Page", "It works!", "IIS Windows Server",
        "Domain Default page", "Coming soon"],
}  # fmt: skip


def pairs(what: str) -> list[tuple[Vacancy, object]]:
    return [(vacancy, one) for vacancy in VACANCIES for one in getattr(vacancy, what)]


def name(value: object) -> str:
    return value.name if isinstance(value, Vacancy) else str(value)


@pytest.mark.parametrize("vacancy", VACANCIES, ids=name)
def test_every_row_says_what_it_is_and_how_we_know(vacancy: Vacancy) -> None:
    assert vacancy.says
    assert vacancy.source
    assert vacancy.marks or vacancy.sentences or vacancy.hosts


@pytest.mark.parametrize(("vacancy", "mark"), pairs("marks"), ids=name)
def test_marks_in_the_page(vacancy: Vacancy, mark: bytes) -> None:
    body = b"<html><head><title>outlet.example</title></head><body>" + mark + b"</body></html>"
    assert parked.by_page(body, "outlet.example") is not None
    assert found(exchange(URL, 200, body), otherwise=exchange(URL, 200, body)).outcome is Outcome.SOFT_404


@pytest.mark.parametrize(("vacancy", "host"), pairs("hosts"), ids=name)
def test_redirects_to_their_hosts(vacancy: Vacancy, host: str) -> None:
    to = f"https://www.{host}/offer?d=outlet"
    seen = found((redirect(URL, to, 302), exchange(to, 200, page("Own it today", text=()))))
    assert seen.outcome is Outcome.SOFT_404
    assert "parked=100" in seen.evidence


@pytest.mark.parametrize(
    ("kind", "said"), [(kind, said) for kind, all_said in SAID.items() for said in all_said]
)
def test_what_they_say(kind: str, said: str) -> None:
    in_title = parked.by_page(b"", said)
    assert in_title is not None
    assert (
        found(exchange(URL, 200, page("outlet.example", text=(), main=f"<h1>{said}</h1>"))).outcome
        is Outcome.SOFT_404
    )


def test_every_row_of_sentences_has_an_example() -> None:
    assert {vacancy.name for vacancy in VACANCIES if vacancy.sentences} == set(SAID)


def test_numbered_machines_of_parking_services() -> None:
    assert parked.by_address("http://ww38.outlet.example/x", URL) is not None
    assert parked.by_address("http://ww2.outlet.example/x", "http://ww2.outlet.example/y") is None


@pytest.mark.parametrize(
    "title",
    [
        "Greenland is for sale",
        "Why the domain of war is expanding",
        "Welcome to the new arms race",
        "Coming soon to a coast near you",
    ],
)
def test_headlines_on_the_subject(title: str) -> None:
    assert parked.by_page(b"", title) is None
    assert found(exchange(URL, 200, page(title, main=f"<h1>{title}</h1>"))).outcome is Outcome.OK
