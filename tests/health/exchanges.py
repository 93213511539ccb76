"""Exchanges for tests, and conversations with the prober without a network."""

from collections.abc import Callable
from datetime import UTC, datetime

from syndicator.health.probe import Memory, probe
from syndicator.health.soft_404 import Nonsense
from syndicator.model.health import Finding, Target
from syndicator.net.exchange import Exchange, Fault, Request

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://outlet.example/2024/06/the-case-for-a-smaller-navy"
TITLE = "The Case for a Smaller Navy"
TEXT = (
    "The alliance has rested for decades on an assumption that nobody in the capital wanted to test in public.",
    "Officials who were asked about the plan spoke of costs that would rise before any benefit could be seen.",
    "What follows from this is less a doctrine than a habit of mind, and habits are hard to give up in a crisis.",
    "A more modest aim would be to hold what is held now and to leave the rest to those who live next door.",
)


def page(title: str = TITLE, *, text: tuple[str, ...] = TEXT, head: str = "", main: str = "") -> str:
    """A page of an outlet."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><main>{main}{paragraphs}</main></body></html>"
    )


def exchange(
    url: str = URL,
    status: int = 200,
    body: str | bytes = "",
    *,
    fault: Fault | None = None,
    type: str = "text/html; charset=utf-8",
    detail: str = "",
    **headers: str,
) -> Exchange:
    """An exchange; headers by their names with underscores."""
    given = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    content = body.encode() if isinstance(body, str) else body
    return Exchange(
        url, AT, 10, status, (*given, ("content-type", type)), content, fault=fault, detail=detail
    )


def redirect(url: str, location: str, status: int = 301) -> Exchange:
    """A redirect."""
    return exchange(url, status, location=location)


def target(url: str = URL, *titles: str) -> Target:
    """A link to check, of a piece with a title."""
    return Target(url, titles or (TITLE,))


class Remembers:
    """A memory in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, Nonsense] = {}

    def recall(self, host: str) -> Nonsense | None:
        return self.kept.get(host)

    def remember(self, host: str, nonsense: Nonsense) -> None:
        self.kept[host] = nonsense


class Forgetful:
    """A memory that keeps nothing."""

    def recall(self, host: str) -> Nonsense | None:
        return None

    def remember(self, host: str, nonsense: Nonsense) -> None:
        pass


class Talk:
    """A conversation with the prober: what it asked, and what it found."""

    def __init__(
        self, target: Target, answer: Callable[[Request], Exchange], memory: Memory | None = None
    ) -> None:
        self.requests: list[Request] = []
        questions = probe(target, memory or Forgetful())
        request = next(questions)
        while True:
            self.requests.append(request)
            assert len(self.requests) < 40, "it asks without end"
            try:
                request = questions.send(answer(request))
            except StopIteration as end:
                self.finding: Finding = end.value
                return

    @property
    def asked(self) -> list[str]:
        """The URLs, in order."""
        return [request.url for request in self.requests]


def answers(*known: Exchange, otherwise: Exchange | None = None) -> Callable[[Request], Exchange]:
    """Answers by URL; anything else is honestly not there, or what `otherwise` says."""
    table = {exchange.url: exchange for exchange in known}

    def answer(request: Request) -> Exchange:
        if request.url in table:
            return table[request.url]
        return (otherwise or exchange(status=404))._replace(url=request.url)

    return answer


def found(
    known: Exchange | tuple[Exchange, ...], made: Target | None = None, otherwise: Exchange | None = None
) -> Finding:
    """The finding of a link that answers so."""
    table = (known,) if isinstance(known, Exchange) else known
    return Talk(made or target(table[0].url), answers(*table, otherwise=otherwise)).finding
