"""The soft-404 set: links of made-up outlets, living and dead, and what each is.

The words of the error pages were collected before the phrases of `syndicator.webpages.tongues` were tried on them, and
every second case is held out: weights and phrases are tuned on the other half only (`Case.held_out`).
"""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from syndicator.health import fingerprint
from syndicator.health.probe import probe
from syndicator.model.health import Finding, Target
from syndicator.net.exchange import Exchange
from syndicator.webpages import page
from tests.health.exchanges import Forgetful
from tests.health.outlets import (
    ERRORS,
    HEADLINES,
    OUTLETS,
    Piece,
    document,
    front,
    living,
    missing,
    piece,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What an outlet answers."""

    status: int = 200
    body: str | bytes = ""
    type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    def exchange(self, url: str) -> Exchange:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        return Exchange(url, AT, 10, self.status, (*self.headers, ("content-type", self.type)), body)


def to(location: str, status: int = 302) -> Answer:
    return Answer(status, "", headers=(("location", location),))


HONEST = Answer(404, "<html><head><title>404</title></head><body><h1>404</h1></body></html>")
Elsewhere = Answer | Callable[[str], Answer]


@dataclass(frozen=True)
class Case:
    """A link on an outlet: what its addresses answer, and whether the piece is there."""

    name: str
    dead: bool
    target: Target
    answers: dict[str, Answer]
    otherwise: Elsewhere = HONEST  # for nonsense
    held_out: bool = False

    def finding(self) -> Finding:
        """What the prober makes of it."""
        questions = probe(self.target, Forgetful())
        request = next(questions)
        while True:
            try:
                request = questions.send(self._answer(request.url).exchange(request.url))
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]

    def _answer(self, url: str) -> Answer:
        if url in self.answers:
            return self.answers[url]
        return self.otherwise if isinstance(self.otherwise, Answer) else self.otherwise(url)


def target(piece: Piece, *titles: str, visited: str | None = None) -> Target:
    """The link of a piece, with what was recorded; `visited` is the page of its first healthy visit."""
    recorded = titles or (piece.headline,)
    if visited is None:
        return Target(piece.url, recorded)
    body = visited.encode()
    return Target(piece.url, recorded, page.title(body), fingerprint.taken(body))


def dead() -> Iterator[Case]:
    yield from _error_pages()
    yield from _redirected_away()
    yield from _vacated()
    yield from _without_words()
    yield from _other_ways()


def _dead(
    name: str, made: Piece, answers: dict[str, Answer], otherwise: Elsewhere = HONEST, **known: str
) -> Case:
    return Case(name, True, target(made, **known), answers, otherwise)


def _error_pages() -> Iterator[Case]:
    for number, key in enumerate(OUTLETS):
        made = piece(key, ("/{slug}/", "/2024/06/{slug}", "/opinion/{slug}.html")[number % 3])
        errors = ERRORS[made.outlet.language]
        chosen = errors[number % len(errors) :][:1] if made.outlet.language == "en" else errors
        for variant, error in enumerate(chosen):
            shown = Answer(body=missing(made.outlet, error, noindex=(number + variant) % 3 == 0))
            honest = (number + variant) % 4 == 1  # only removed pieces answer 200 there
            yield _dead(f"error page, {key} {variant}", made, {made.url: shown}, HONEST if honest else shown)
    made = piece("wp")
    for number, error in enumerate(ERRORS["en"]):
        shown = Answer(body=missing(made.outlet, error))
        yield _dead(f"error page in English {number}", made, {made.url: shown}, shown)
    made = piece("ru")
    old = (
        missing(made.outlet, ERRORS["ru"][0])
        .replace('<meta charset="utf-8">', "")
        .encode("cp1251", "replace")
    )
    yield _dead(
        "error page in another encoding",
        made,
        {made.url: Answer(body=old, type="text/html; charset=windows-1251")},
    )
    made = piece("ja")
    shift = missing(made.outlet, ERRORS["ja"][1]).replace("utf-8", "Shift_JIS").encode("cp932", "replace")
    yield _dead("error page in Shift_JIS", made, {made.url: Answer(body=shift, type="text/html")})


def _redirected_away() -> Iterator[Case]:
    for number, (key, path, end) in enumerate((
        ("wp", "/2024/06/{slug}/", "/"), ("de", "/politik/ausland/{slug}-a-1234567.html", "/"), ("es",
            "/mundo/{slug}", "/es/"),
        ("drupal", "/blog/{slug}", "/en"), ("arc", "/opinion/2024/06/12/{slug}/", "/?ref=404"), ("fr",
            "/article/{slug}", "/accueil"),
        ("next", "/p/{slug}", "/index.html"), ("ko", "/article/{slug}", "/"), ("ru", "/news/{slug}", "/"), ("zh",
            "/a/{slug}.html", "/index.html"),
    )):  # fmt: skip
        made = piece(key, path)
        home = f"{made.outlet.root.rstrip('/')}{end}"
        answers = {made.url: to(end, (301, 302, 307, 308)[number % 4]), home: Answer(body=front(made.outlet))}
        yield _dead(f"redirect to the front page, {key}", made, answers, (to(end), HONEST)[number % 2])
    for key, path, end in (
        ("wp", "/2024/06/{slug}/", "/2024/06/"), ("arc", "/opinion/2024/06/12/{slug}/", "/opinion/"), ("pt",
            "/mundo/{slug}.shtml", "/mundo/"),
        ("pl", "/analizy/{slug}", "/analizy"), ("it", "/esteri/2024/{slug}/", "/category/esteri/"), ("drupal",
            "/publications/{slug}", "/publications"),
        ("substack", "/p/{slug}", "/archive"), ("nl", "/opinie/{slug}", "/opinie"),
    ):  # fmt: skip
        made = piece(key, path)
        section = front(
            made.outlet,
            {"substack": "Archive"}.get(key, end.strip("/").rpartition("/")[2].title() or "News"),
            canonical=False,
        )
        answers = {made.url: to(end, 301), f"https://{made.outlet.host}{end}": Answer(body=section)}
        yield _dead(f"redirect to a section, {key}", made, answers)
    for key, end, title in (
        ("wp", "/?s=the+case+for+a+smaller+navy", "You searched for the case for a smaller navy"), ("de",
            "/suche?q=warum-die-bundeswehr-neu-denken-muss", "Suche"),
        ("arc", "/search/?query=why%20washington", "Search results"), ("sv", "/404", "Sidan"), ("drupal",
            "/error-404", "Council"), ("wix", "/not-found", "Policy Lab"),
        ("static", "/errors/404.html", "Old Bulletin"), ("medium", "/expired", "Medium"),
    ):  # fmt: skip
        made = piece(key, "/articles/{slug}")
        there = document(made.outlet, title, f"<h1>{title}</h1><ul><li>Results</li></ul>")
        yield _dead(
            f"redirect to {end}",
            made,
            {made.url: to(end), f"https://{made.outlet.host}{end}": Answer(body=there)},
            to(end),
        )
    for key, end in (
        ("ghost", "https://www.bigmedia.example/"),
        ("squarespace", "https://holding.example/en/"),
        ("static", "https://university.example/"),
    ):
        made = piece(key)
        other = replace(made.outlet, name="Big Media Holding", host=end.split("/")[2])
        yield _dead(
            f"redirect to another's front page, {key}",
            made,
            {made.url: to(end, 301), end: Answer(body=front(other))},
            to(end, 301),
        )


def simple(title: str, body: str, head: str = "") -> str:
    """A page of a hoster or dealer."""
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def _vacated() -> Iterator[Case]:
    made = piece("squarespace")
    host = made.outlet.host
    sent = '<script>window.onload=function(){window.location.href="/lander"}</script>'
    lander = f"<!DOCTYPE html><html><head>{sent}</head></html>"
    pages = {
        "sedo": simple(
            f"{host}&nbsp;- Informationen zum Thema",
            host,
            '<script src="//img.sedoparking.com/arrows.js"></script>',
        ),
        "for sale": simple(
            f"{host} is for sale", f"<h1>{host} is for sale</h1><p>Buy this domain from 2,895 USD.</p>"
        ),
        "hugedomains": simple(
            "It is for sale | HugeDomains",
            "<h2>Get it now</h2>",
            '<link href="https://static.hugedomains.com/hdv3.css">',
        ),
        "godaddy": lander,
        "bodis": simple(
            host,
            '<div style="opacity:0"></div><img src="https://parking.bodiscdn.com/x.gif">',
            "<script>window.park=1</script>",
        ),
        "parkingcrew": simple(
            f"{host} - this domain may be for sale", '<iframe src="https://parkingcrew.net/x"></iframe>'
        ),
        "expired": simple(
            "Website Expired",
            "<h1>Website Expired</h1><p>If you are the site owner, click below to log in.</p>",
        ),
        "suspended": simple(
            "Account Suspended",
            "<h1>This Account has been suspended.</h1><p>Contact your hosting provider.</p>",
        ),
        "nginx": simple(
            "Welcome to nginx!",
            "<h1>Welcome to nginx!</h1><p>If you see this page, the server is installed.</p>",
        ),
        "German": simple(f"{host} steht zum Verkauf", "<h1>Diese Domain steht zum Verkauf!</h1>"),
        "registrar": simple(host, "<p>This domain is parked free, courtesy of Example Registrar.</p>"),
        "Chinese": simple("域名出售", "<h1>该域名正在出售</h1><p>联系QQ</p>"),
    }
    script = '<script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script>'
    for name, body in pages.items():
        shown = Answer(body=body)
        landed = Answer(body=simple("", '<div id="root"></div>', script))
        yield _dead(f"vacated, {name}", made, {made.url: shown, f"https://{host}/lander": landed}, shown)
    sale = f"https://www.hugedomains.com/domain_profile.cfm?d={host}"
    shop = Answer(body=simple("Buy it | HugeDomains", "<h1>Own it today</h1>"))
    yield _dead("redirect to a dealer", made, {made.url: to(sale), sale: shop}, to(sale))
    numbered = f"http://ww38.{host}{made.path}"
    machine = Answer(body=simple("", ""))
    yield _dead("redirect to a parking machine", made, {made.url: to(numbered), numbered: machine})


def _without_words() -> Iterator[Case]:
    made = piece("next", "/stories/{slug}")
    shell = (
        '<!doctype html><html><head><meta charset="utf-8"><title>Signal</title><script defer '
        'src="/static/js/main.8f1c.js"></script></head><body><noscript>You need to enable JavaScript to run this '
        'app.</noscript><div id="root"></div></body></html>'
    )
    yield _dead("a shell for everything", made, {made.url: Answer(body=shell)}, Answer(body=shell))
    yield _dead(
        "a shell where a page was",
        made,
        {made.url: Answer(body=shell)},
        Answer(body=shell),
        visited=living(made),
    )
    coded = shell.replace(
        "<title>Signal</title>", "<title>404: This page could not be found</title>"
    ).replace(
        '<div id="root">',
        '<div id="__next"><script id="__NEXT_DATA__" '
        'type="application/json">{"page":"/_error","props":{"statusCode":404}}</script>',
    )
    yield _dead("a shell that says so", made, {made.url: Answer(body=coded)}, Answer(body=coded))
    made = piece("wp", "/?p=48213")
    yield _dead(
        "the front page at every number",
        made,
        {made.url: Answer(body=front(made.outlet))},
        Answer(body=front(made.outlet)),
    )
    made = piece("drupal", "/node/4711")
    yield _dead(
        "the front page under the address",
        made,
        {made.url: Answer(body=front(made.outlet, canonical=False))},
        Answer(body=front(made.outlet, canonical=False)),
    )
    for key, heading in (
        ("fr", "Hemaña n’eo ket amañ"),
        ("static", "Fa’afetai mo lou asiasi mai"),
        ("wix", "Take a walk"),
        ("de", "Des gibt’s do ned"),
    ):
        made = piece(key)
        odd = Answer(
            body=document(
                made.outlet, "", f"<h1>{heading}</h1>", head='<meta name="robots" content="noindex">'
            )
        )
        yield _dead(f"words that nobody knows, {key}", made, {made.url: odd}, odd)
    for key in ("static", "it"):
        made = piece(key)
        yield _dead(f"nothing at all, {key}", made, {made.url: Answer(body="")}, Answer(body=""))
    made = piece("ghost")
    yield _dead("blanks", made, {made.url: Answer(body="\n\n  \n")}, HONEST, visited=living(made))


def _other_ways() -> Iterator[Case]:
    for key, notice in (("arc", "This article is no longer available."), ("wp", "This story has been removed."), (
        "de", "Dieser Artikel ist leider nicht mehr verfügbar."),
        ("es", "Este contenido ya no está disponible."), ("ja", "この記事は掲載期間が終了しました。")):  # fmt: skip
        made = piece(key, card=False)
        grave = document(made.outlet, made.headline, f"<h1>{html.escape(made.headline)}</h1><p>{notice}</p>")
        yield _dead(f"the title over a notice, {key}", made, {made.url: Answer(body=grave)})
    made = piece("static", "/1998/{slug}.html")
    home = Answer(body=front(made.outlet))
    refresh = '<meta http-equiv="refresh" content="0; url=/">'
    for name, body in (
        ("by refresh", simple("Moved", "Please wait", refresh)),
        ("by script", '<html><head><script>window.location.href = "/";</script></head><body></body></html>'),
    ):
        yield _dead(
            f"sent to the front page {name}",
            made,
            {made.url: Answer(body=body), made.outlet.root: home},
            Answer(body=body),
        )
    made = piece("drupal", "/sites/default/files/{slug}.pdf")
    error = Answer(body=missing(made.outlet, ERRORS["en"][0]))
    yield _dead("a file that is an error page", made, {made.url: error}, error)
    yield _dead(
        "a file that is the front page",
        made,
        {made.url: to("/"), made.outlet.root: Answer(body=front(made.outlet))},
    )
    made = piece("next", "/api/stories/{slug}")
    yield _dead(
        "an error told in JSON",
        made,
        {made.url: Answer(body='{"error":"Not Found","status":404}', type="application/json")},
    )
    made = piece("static", "/{slug}.php")
    yield _dead(
        "an error told in plain text", made, {made.url: Answer(body="File not found.\n", type="text/plain")}
    )
    for key, path, end in (
        ("wp", "/2019/05/{slug}/", "/2023/11/grain-ports-wait-for-ships/"),
        ("ghost", "/{slug}/", "/a-minister-explains-himself-again/"),
    ):
        made = piece(key, path)
        other = replace(
            made,
            headline="The grain ports wait for ships",
            path=end,
            text=tuple(f"Of something else: {line[::-1]}" for line in made.text),
        )
        yield _dead(
            f"redirect to another piece, {key}",
            made,
            {made.url: to(end, 301), other.url: Answer(body=living(other))},
            visited=living(made),
        )
    for key in ("arc", "medium", "tr"):
        made = piece(key)
        names = missing(
            made.outlet,
            (
                f"{made.headline} - {ERRORS[made.outlet.language][0][0]}",
                ERRORS[made.outlet.language][0][1],
                "",
            ),
            noindex=True,
        )
        yield _dead(f"the title beside the phrase, {key}", made, {made.url: Answer(body=names)}, HONEST)
    made = piece("substack", "/p/{slug}")
    yield _dead(
        "Substack's own",
        made,
        {
            made.url: Answer(
                body='<!DOCTYPE html><html lang="en"><head><title>Notes on Strategy | Substack</title></head><body>'
                "<div "
                'id="entry"><div class="error-page"><h2>Page not found</h2><a class="button" href="/">Go '
                "home</a></div></div></body></html>"
            )
        },
    )
    made = piece("medium")
    yield _dead(
        "Medium's own",
        made,
        {
            made.url: Answer(
                body="<!doctype html><html><head><title>Medium</title></head><body><div id='root'><h2>PAGE NOT "
                "FOUND</h2><p>404</p><h1>Out of nothing, something.</h1><p>You can find (just about) anything on "
                "Medium "
                "— apparently even a page that doesn’t exist.</p></div></body></html>"
            )
        },
    )
    yield _dead(
        "Medium's own for what its author deleted",
        made,
        {
            made.url: Answer(
                body="<!doctype html><html><head><title>Medium</title></head><body><div><h1>The author deleted this "
                "Medium "
                "story</h1></div></body></html>"
            )
        },
    )


def alive() -> Iterator[Case]:
    yield from _plain()
    yield from _edited()
    yield from _about_errors()
    yield from _short_or_closed()
    yield from _moved()
    yield from _careless()
    yield from _media()


def _alive(
    name: str,
    made: Piece,
    answers: dict[str, Answer],
    otherwise: Elsewhere = HONEST,
    *titles: str,
    visited: str | None = None,
) -> Case:
    return Case(name, False, target(made, *titles, visited=visited), answers, otherwise)


def _plain() -> Iterator[Case]:
    for number, key in enumerate(OUTLETS):
        made = piece(
            key, ("/{slug}/", "/2024/06/{slug}", "/opinion/{slug}.html")[number % 3], card=number % 2 == 0
        )
        soft = Answer(body=missing(made.outlet, ERRORS[made.outlet.language][0]))
        yield _alive(
            f"plain, {key}", made, {made.url: Answer(body=living(made))}, (HONEST, soft, to("/"))[number % 3]
        )
    made = piece("ru", card=False)
    yield _alive(
        "in another encoding",
        made,
        {
            made.url: Answer(
                body=living(made).encode("cp1251", "replace"), type="text/html; charset=windows-1251"
            )
        },
    )
    made = piece("fr", card=False)
    yield _alive(
        "wrongly declared", made, {made.url: Answer(body=living(made), type="text/html; charset=iso-8859-1")}
    )
    made = piece("zh", card=False)
    yield _alive(
        "in GBK, declared within",
        made,
        {made.url: Answer(body=living(made).replace("utf-8", "gb2312").encode("gb18030"), type="text/html")},
    )


def _edited() -> Iterator[Case]:
    for number, key in enumerate(OUTLETS):
        if number % 2 == 0:
            made = piece(key, card=number % 3 != 0)
            soft = Answer(body=missing(made.outlet, ERRORS[made.outlet.language][0]))
            yield _alive(
                f"another headline, {key}",
                made,
                {made.url: Answer(body=living(made, made.other_headline))},
                (HONEST, soft)[number % 4 // 2],
            )
    for key in ("wp", "de", "zh", "ar", "squarespace", "static"):
        made = piece(key, card=False)
        new = document(
            replace(made.outlet, name=f"{made.outlet.name} 2.0", system="ghost"),
            made.other_headline,
            f"<div class=new><h1>{made.other_headline}</h1>"
            + "".join(f'<p class="x" data-n="{n}">{line}</p>' for n, line in enumerate(made.text))
            + "</div>",
            latest=False,
        )
        yield _alive(
            f"a new design and headline over the old words, {key}",
            made,
            {made.url: Answer(body=new)},
            to("/"),
            visited=living(made),
        )
    for key in ("arc", "fr", "ko"):
        made = piece(key)
        corrected = tuple(
            line if number else f"Editors' note: {line}" for number, line in enumerate(made.text)
        )
        yield _alive(
            f"corrected, {key}",
            made,
            {made.url: Answer(body=living(made, f"{made.headline}: what we know", text=corrected))},
            visited=living(made),
        )
    made = piece("ghost")
    yield _alive(
        "recorded in another language",
        made,
        {made.url: Answer(body=living(made))},
        HONEST,
        "Was Zurückhaltung für Taiwan bedeutet",
    )
    made = piece("wp", card=False)
    yield _alive(
        "recorded by another name, on a plain page",
        made,
        {made.url: Answer(body=living(made))},
        HONEST,
        "Interview with our senior fellow",
    )
    made = piece("static", card=False)
    yield _alive("in capitals", made, {made.url: Answer(body=living(made, made.headline.upper()))})
    made = piece("arc", card=False)
    yield _alive("cut short", made, {made.url: Answer(body=living(made, made.headline[:28] + "…"))})


def _about_errors() -> Iterator[Case]:
    for number, (recorded, now) in enumerate((
        ("Page not found: the story of the lost web", "Page not found: the story of the lost web"),
        ("How the 404 Media newsroom was built", "How 404 Media built a newsroom without an owner"),
        ("Gone with the wind", "Gone with the wind"),
        ("Not Found: the missing billions", "Not Found: where the missing billions went"),
        ("404", "404"),
        ("Not found", "Not found"),
        ("The page that Congress tore out", "The missing page of the intelligence act"),
        ("Error 404: democracy not found", "Error 404: democracy not found"),
        ("This article is no longer available", "This article is no longer available"),
        ("Why links die", "This page has been removed: why links die"),
        ("Oops: how a typo moved markets", "Oops! How a typo moved the markets"),
        ("Missing", "Missing"),
        ("Removed from office, not from power", "Removed"),
        ("Lost in translation at the summit", "Lost"),
    )):  # fmt: skip
        made = replace(
            piece(("wp", "arc", "drupal", "ghost")[number % 4], f"/2024/{number}/some-piece-on-errors/"),
            headline=recorded,
        )
        yield _alive(f"about errors: {now}", made, {made.url: Answer(body=living(made, now))})
    made = replace(piece("de"), headline="Seite nicht gefunden: Das Netz vergisst")
    yield _alive("about errors in German", made, {made.url: Answer(body=living(made))})
    made = replace(piece("fr"), headline="Page introuvable, enquête sur les archives du Web")
    yield _alive("about errors in French", made, {made.url: Answer(body=living(made))})
    made = piece("wp")
    comments = (
        '<section id="comments"><h2>Comments</h2><p>Page not found.</p><p>The page you are looking for could not '
        "be found.</p></section>"
    )
    yield _alive("a comment that says so", made, {made.url: Answer(body=living(made, after=comments))})
    made = piece("arc")
    yield _alive(
        "a comment that says so, under another headline",
        made,
        {made.url: Answer(body=living(made, made.other_headline, after=comments))},
    )
    box = "<aside><h2>Video not available</h2></aside>"
    yield _alive(
        "a box that says so, under another headline",
        made,
        {made.url: Answer(body=living(made, made.other_headline, after=box))},
    )


def _short_or_closed() -> Iterator[Case]:
    for key in ("wp", "ja", "arc", "medium"):
        made = piece(key, card=False)
        brief = made.text[:1]
        yield _alive(
            f"brief, {key}",
            made,
            {
                made.url: Answer(
                    body=document(
                        made.outlet, made.headline, f"<h1>{html.escape(made.headline)}</h1><p>{brief[0]}</p>"
                    )
                )
            },
        )
        yield _alive(
            f"brief under another headline, {key}",
            made,
            {
                made.url: Answer(
                    body=document(
                        made.outlet, made.other_headline, f"<h1>{made.other_headline}</h1><p>{brief[0]}</p>"
                    )
                )
            },
        )
    for key, offer in (
        ("arc", "Subscribe to continue reading"),
        ("de", "Weiterlesen mit Tagesblick Plus"),
        ("fr", "Cet article est réservé aux abonnés"),
        ("substack", "This post is for paid subscribers"),
        ("pt", "Conteúdo exclusivo para assinantes"),
    ):
        made = piece(key)
        lead = living(
            made,
            text=made.text[:1],
            after=f'<div class="paywall"><h2>{offer}</h2><p>Already a member?</p><form><input type="email"><input '
            f'type="password"></form></div>',
        )
        yield _alive(f"a paywalled lead, {key}", made, {made.url: Answer(body=lead)})
        changed = living(
            made,
            made.other_headline,
            text=made.text[:1],
            after=f'<div class="paywall"><h2>{offer}</h2></div>',
        )
        yield _alive(
            f"a paywalled lead under another headline, {key}", made, {made.url: Answer(body=changed)}
        )
    made = piece("council" if "council" in OUTLETS else "drupal")
    yield _alive(
        "noindex on a living page",
        made,
        {made.url: Answer(body=living(made, head='<meta name="robots" content="noindex,nofollow">'))},
        to("/"),
    )
    yield _alive(
        "noindex under another headline",
        made,
        {
            made.url: Answer(
                body=living(made, made.other_headline, head='<meta name="robots" content="noindex">')
            )
        },
    )
    made = piece("wp")
    modal = (
        '<div class="modal" style="display:none"><h2>Log in</h2><form><input type="password"></form></div>'
    )
    yield _alive(
        "a hidden login", made, {made.url: Answer(body=living(made, made.other_headline, after=modal))}
    )


def _moved() -> Iterator[Case]:
    for number, (key, path, end) in enumerate((
        ("wp", "/?p=4711", "/2024/06/the-case-for-a-smaller-navy/"), ("arc", "/opinion/{slug}/",
            "/ideas/2024/06/{slug}/"), ("drupal", "/node/99", "/publications/{slug}"),
        ("ghost", "/blog/{slug}/", "https://www.restrainer-new.example/{slug}/"), ("wix", "/post/{slug}",
            "https://policylab.example/post/{slug}"),
        ("de", "/politik/{slug}-a-123456.html", "/politik/{slug}-a-123456-amp.html"), ("es",
            "/2024/06/{slug}/amp/", "/2024/06/{slug}/"), ("static", "/old/{slug}.htm", "/articles/{slug}"),
        ("ja", "/news/{slug}", "/articles/{slug}.html"), ("sv", "/a/Xy12/{slug}", "/a/Xy12"), ("fr",
            "/article/{slug}/123456", "/article/{slug}"),
    )):  # fmt: skip
        made = piece(key, path)
        ended = end.format(slug=HEADLINES[key][2])
        there = ended if ended.startswith("http") else f"https://{made.outlet.host}{ended}"
        yield _alive(
            f"moved, {key}",
            made,
            {made.url: to(ended, (301, 302, 308)[number % 3]), there: Answer(body=living(made))},
            to("/"),
        )
        if number % 2:
            yield _alive(
                f"moved under another headline, {key}",
                made,
                {made.url: to(ended, 301), there: Answer(body=living(made, made.other_headline))},
            )
    made = piece("static", "/1999/{slug}.html")
    sent = (
        f'<html><head><title>Moved</title><meta http-equiv="Refresh" content="3; '
        f'URL=/archive/{made.path.rpartition("/")[2]}"></head><body>This page has moved.</body></html>'
    )
    yield _alive(
        "sent on by a refresh",
        made,
        {
            made.url: Answer(body=sent),
            f"https://{made.outlet.host}/archive/{made.path.rpartition('/')[2]}": Answer(body=living(made)),
        },
    )
    made = replace(piece("ghost", "/"), headline="The Restrainer Podcast")
    yield _alive(
        "the front page itself",
        made,
        {made.url: to("/en/", 302), f"{made.outlet.root}en/": Answer(body=front(made.outlet))},
        to("/"),
    )
    made = replace(piece("arc", "/series/grain"), headline="Grain: a series")
    yield _alive(
        "a list that is the piece",
        made,
        {made.url: Answer(body=front(made.outlet, "Grain: a series", canonical=False))},
    )


def _careless() -> Iterator[Case]:
    made = piece("static", card=False)
    wrong = f'<link rel="canonical" href="{made.outlet.root}"><meta property="og:url" content="{made.outlet.root}">'
    yield _alive(
        "canonical set to the front page", made, {made.url: Answer(body=living(made, head=wrong))}, to("/")
    )
    made = piece("wix", card=False)
    generic = document(
        made.outlet, "", f"<h1>{made.headline}</h1>" + "".join(f"<p>{line}</p>" for line in made.text)
    )
    yield _alive(
        "the outlet's name for a title",
        made,
        {made.url: Answer(body=generic)},
        Answer(body=front(made.outlet, canonical=False)),
    )
    untitled = generic.replace(f"<title>{made.outlet.name}</title>", "<title></title>")
    yield _alive(
        "no title", made, {made.url: Answer(body=untitled)}, Answer(body=front(made.outlet, canonical=False))
    )
    made = piece("squarespace", card=False)
    yield _alive(
        "“Home” for a title",
        made,
        {
            made.url: Answer(
                body=document(made.outlet, "Home", f"<h2>{made.headline}</h2><p>{made.text[0]}</p>")
            )
        },
    )
    made = piece("next", "/stories/{slug}", card=False)
    carded = (
        f'<!doctype html><html><head><title>Signal</title><meta property="og:title" '
        f'content="{made.headline}"><script src="/m.js"></script></head><body><div id="root"></div></body></html>'
    )
    shell = Answer(
        body='<!doctype html><html><head><title>Signal</title><script src="/m.js"></script></head><body>'
        "<div "
        'id="root"></div></body></html>'
    )
    yield _alive("a shell with a card", made, {made.url: Answer(body=carded)}, shell)
    state = json.dumps({"props": {"story": {"title": made.headline}}})
    data = (
        '<!doctype html><html><head><title>Signal</title><script src="/m.js"></script></head><body>'
        f'<div id="root"></div><script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
    )
    yield _alive("a shell with data", made, {made.url: Answer(body=data)}, shell)
    yield _alive("the shell that it always was", made, {made.url: shell}, shell, visited=str(shell.body))
    made = piece("drupal", card=False)
    yield _alive(
        "headline in an h2",
        made,
        {
            made.url: Answer(
                body=document(
                    made.outlet, "", f"<h1>Analysis</h1><h2>{made.headline}</h2><p>{made.text[0]}</p>"
                )
            )
        },
        to("/"),
    )
    made = piece("vi", card=False)
    yield _alive(
        "entities in the title", made, {made.url: Answer(body=living(made).replace("ươ", "&#432;&#417;"))}
    )


def _media() -> Iterator[Case]:
    made = piece("drupal", "/files/{slug}.pdf")
    yield _alive(
        "a PDF",
        made,
        {made.url: Answer(body=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", type="application/pdf")},
        to("/"),
    )
    yield _alive("a PDF's landing page", made, {made.url: Answer(body=living(made))})
    made = piece("wp", "/audio/{slug}.mp3")
    yield _alive("a recording", made, {made.url: Answer(body=b"ID3\x04\x00" + bytes(200), type="audio/mpeg")})
    made = piece("static", "/{slug}.txt")
    yield _alive(
        "plain text", made, {made.url: Answer(body="\n\n".join(made.text), type="text/plain; charset=utf-8")}
    )
    for key in ("wp", "ko", "pt"):
        made = piece(key, "/video/{slug}")
        player = (
            '<div class="player"><video src="/v.mp4" poster="/p.jpg"></video></div>'
            f"<h1>{html.escape(made.headline)}</h1><p>12:31 · 4,102 views</p>"
        )
        yield _alive(
            f"a video, {key}", made, {made.url: Answer(body=document(made.outlet, made.headline, player))}
        )
        again = player.replace(html.escape(made.headline), made.other_headline)
        yield _alive(
            f"a video under another headline, {key}",
            made,
            {made.url: Answer(body=document(made.outlet, made.other_headline, again))},
        )


def cases() -> list[Case]:
    """All of the set; every second of each sort is held out."""
    return [
        replace(case, held_out=number % 2 == 1)
        for sort in (dead(), alive())
        for number, case in enumerate(sort)
    ]
