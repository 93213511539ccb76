"""Walls: every row of the table is recognised, none is death, and traces on pages let through are no walls."""

import re

import pytest

from syndicator.model.health import Outcome
from syndicator.webpages import walls
from syndicator.webpages.walls import WALLS, Wall
from tests.health.exchanges import TEXT, TITLE, URL, exchange, found, page, redirect

# What walls of each kind say in a title or heading.
SAID = {
    "cloudflare": ["Just a moment...", "Attention Required! | Cloudflare", "Einen Moment bitte",
        "しばらくお待ちください..."],
    "human": ["Access to this page has been denied", "Human verification"],
    "imperva": ["Pardon Our Interruption"],
    "aws": ["Human Verification"],
    "vercel": ["Vercel Security Checkpoint"],
    "fastly": ["Client Challenge"],
    "radware": ["Radware Captcha Page"],
    "f5": ["Request Rejected"],
    "ddos-guard": ["DDoS-Guard"],
    "anubis": ["Making sure you're not a bot!"],
    "go-away": ["Checking you are not a bot"],
    "siteground": ["Robot Challenge Screen"],
    "imunify": ["One moment, please..."],
    "amazon": ["Robot Check"],
    "baidu": ["百度安全验证"],
    "weibo": ["Sina Visitor System"],
    "edgeone": ["Tencent Cloud EdgeOne"],
    "yandex": ["Вы не робот?", "Are you not a robot?"],
    "closed door": ["Access Denied", "403 Forbidden", "Verify you are human", "Security check", "Zugriff verweigert",
        "Доступ запрещён", "访问被拒绝", "アクセスが拒否されました", "Enable JavaScript and cookies to continue"],
    "login": ["Log in", "Sign in to continue", "Anmelden", "Connexion", "Iniciar sesión", "Вход", "ログイン",
        "登录", "로그인"],
    "paywall": ["Subscribe to continue reading", "This article is for subscribers only", "Nur für Abonnenten",
        "Article réservé aux abonnés", "You have reached your limit of free articles"],
    "consent": ["Before you continue to Example", "Bevor Sie zu Beispiel weitergehen", "Your privacy choices"],
    "region": ["This content is not available in your country", "Unavailable for legal reasons", "451 Unavailable",
        "Dieses Video ist in deinem Land nicht verfügbar", "Our European visitors are important to us"],
    "waiting room": ["Waiting Room", "You are now in line"],
}  # fmt: skip


def pairs(what: str) -> list[tuple[Wall, object]]:
    return [(wall, one) for wall in WALLS for one in getattr(wall, what)]


def name(value: object) -> str:
    return value.name if isinstance(value, Wall) else str(value)


@pytest.mark.parametrize("wall", WALLS, ids=name)
def test_every_row_says_what_it_is_and_how_we_know(wall: Wall) -> None:
    assert wall.says
    assert wall.source
    assert wall.headers or wall.marks or wall.titles or wall.hosts or wall.path or wall.name == "reload"
    re.compile(wall.path)


@pytest.mark.parametrize(("wall", "header"), pairs("headers"), ids=name)
@pytest.mark.parametrize("status", [200, 202, 403, 405, 429, 503])
def test_headers(wall: Wall, header: tuple[str, str], status: int) -> None:
    answer = exchange(URL, status, page("Example"))
    seen = found(answer._replace(headers=(*answer.headers, (header[0], header[1] or "x"))))
    assert seen.outcome is Outcome.BLOCKED
    assert wall.says in seen.reason


@pytest.mark.parametrize(("wall", "mark"), pairs("marks"), ids=name)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_marks_in_the_page(wall: Wall, mark: bytes, status: int) -> None:
    body = (
        b"<html><head><title>outlet.example</title></head><body><script>"
        + mark
        + b"</script>"
        + wall.beside
        + b"</body></html>"
    )
    assert found(exchange(URL, status, body)).outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in SAID.items() for title in titles]
)
def test_titles(kind: str, title: str) -> None:
    assert walls.by_title(title) is not None
    assert found(exchange(URL, 200, page(title, text=()))).outcome is Outcome.BLOCKED
    assert found(exchange(URL, 200, page("", text=(), main=f"<h1>{title}</h1>"))).outcome is Outcome.BLOCKED


def test_every_pattern_of_titles_has_an_example() -> None:
    assert {wall.name for wall in WALLS if wall.titles} == set(SAID)


@pytest.mark.parametrize(("wall", "host"), pairs("hosts"), ids=name)
def test_redirects_to_their_hosts(wall: Wall, host: str) -> None:
    to = f"https://{host}example.com/x" if host.endswith(".") else f"https://{host}/x"
    seen = found((redirect(URL, to, 302), exchange(to, 200, page("Example", text=()))))
    assert seen.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "path",
    [
        "/login", "/login?next=/x", "/account/login/", "/users/sign_in", "/wp-login.php?redirect_to=x",
            "/en/signin", "/sso",
        "/authwall?trk=x", "/anmelden", "/connexion", "/iniciar-sesion", "/subscribe", "/subscription/",
            "/paywall?id=1",
        "/abonnement", "/consent?return=x", "/age-gate", "/_sec/cp_challenge?x", "/.well-known/sgcaptcha/?r=x",
            "/captcha/",
        "/showcaptcha", "/not-available-in-your-region", "/access-denied", "/_____tmd_____/punish", "/sorry/index",
        "/mp/wappoc_appmsgcaptcha",
    ],
)  # fmt: skip
def test_redirects_to_their_addresses(path: str) -> None:
    to = f"https://outlet.example{path}"
    seen = found((redirect(URL, path, 302), exchange(to, 200, page("Example", text=()))))
    assert seen.outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    "path",
    ["/customer/account/login/referer/abc", "/login/index.php", "/subscribe/offers/spring", "/paywall/x/2"],
)
@pytest.mark.parametrize("text", [(), TEXT * 6])
def test_redirects_to_what_lies_behind_their_gates(path: str, text: tuple[str, ...]) -> None:
    to = f"https://outlet.example{path}"
    seen = found((redirect(URL, path, 302), exchange(to, 200, page("Choose your plan", text=text))))
    assert seen.outcome is Outcome.BLOCKED
    shown = found((redirect(URL, path, 302), exchange(to, 200, page(text=text))))
    assert shown.outcome is Outcome.OK


def test_a_gate_that_the_piece_lies_behind_is_none() -> None:
    to = f"https://outlet.example/subscribe/{URL.rpartition('/')[2]}"
    other = page("Fewer Ships Would Make a Better Fleet", text=TEXT * 6)
    assert found((redirect(URL, to), exchange(to, 200, other))).outcome is Outcome.MOVED


def test_a_login_at_the_address_itself() -> None:
    form = '<form><input name="u"><input type="password"></form>'
    assert found(exchange(URL, 200, page("Welcome", text=(), main=form))).outcome is Outcome.BLOCKED


def test_a_page_that_only_asks_to_be_loaded_again() -> None:
    body = page("One second", text=(), head=f'<meta http-equiv="refresh" content="2; url={URL}">')
    assert found(exchange(URL, 200, body)).outcome is Outcome.BLOCKED


@pytest.mark.parametrize("status", sorted(walls.REFUSALS))
def test_statuses_that_refuse_us(status: int) -> None:
    seen = found(exchange(URL, status, "<h1>no</h1>"))
    assert seen.outcome is Outcome.BLOCKED
    assert seen.reason.endswith("we could not see the page.")
    assert seen.status == status


@pytest.mark.parametrize("status", [401, 402, 403, 405, 406, 407, 451, 999])
def test_the_statuses_of_walls_and_paywalls_are_among_them(status: int) -> None:
    assert status in walls.REFUSALS


class TestNoWalls:
    @pytest.mark.parametrize(
        "trace",
        [
            '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
            '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>',
            "<script>window._pxAppId = 'PXabc';</script>",
            '<script src="https://js.datadome.co/tags.js"></script>',
            '<script src="https://www.google.com/recaptcha/api.js"></script>',
        ],
    )
    @pytest.mark.parametrize("text", [TEXT, TEXT[:1]])
    def test_what_vendors_leave_on_pages_that_they_let_through(
        self, trace: str, text: tuple[str, ...]
    ) -> None:
        for title in (TITLE, "Fewer Ships Would Make a Better Fleet"):
            seen = found(
                exchange(
                    URL, 200, page(title, text=text, head=trace), server="cloudflare", x_datadome="protected"
                )
            )
            assert seen.outcome is Outcome.OK

    def test_the_piece_itself_with_a_login_in_a_corner(self) -> None:
        form = '<h2>Log in</h2><form><input type="password"></form>'
        assert found(exchange(URL, 200, page(text=TEXT[:1], main=form))).outcome is Outcome.OK

    @pytest.mark.parametrize(
        "path", ["/2024/login-security-explained", "/subscribe-to-a-theory-of-war", "/blog/captcha-kings"]
    )
    def test_addresses_that_only_begin_so(self, path: str) -> None:
        assert walls.by_address(f"https://outlet.example{path}") is None

    @pytest.mark.parametrize(
        "title",
        ["Login security is broken", "Just a moment in history", "The paywall debate", "Denied: a life"],
    )
    def test_headlines_that_only_begin_so(self, title: str) -> None:
        assert walls.by_title(title) is None

    @pytest.mark.parametrize(
        ("status", "outcome"), [(404, Outcome.GONE), (410, Outcome.GONE), (429, Outcome.RATE_LIMITED)]
    )
    def test_error_pages_of_those_that_use_them(self, status: int, outcome: Outcome) -> None:
        assert (
            found(
                exchange(URL, status, page("Not found", main="<p>px-captcha, captcha-delivery.com</p>"))
            ).outcome
            is outcome
        )

    @pytest.mark.parametrize("status", [500, 502, 520, 522, 530])
    def test_trouble_behind_cloudflare(self, status: int) -> None:
        body = page(
            f"outlet.example | {status}: Web server is down", main='<div id="cf-error-details"></div>'
        )
        assert found(exchange(URL, status, body, server="cloudflare")).outcome is Outcome.SERVER_ERROR


PROVED = {
    "cloudflare": "<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'};</script>",
    "datadome": "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>",
    "human": "<script>window._pxAppId='PX1';</script><div id='px-captcha'></div>",
    "aws": "<script>window.awsWafCookieDomainList=[];window.gokuProps={key:'k'};</script>",
    "imperva": "<iframe src='/_Incapsula_Resource?CWUDNSAI=1'>Request unsuccessful. Incapsula incident ID: 1</iframe>",
    "akamai": "<div id='sec-if-cpt-container'></div>",
    "kasada": "<script>window.KPSDK={}</script><script src='/149e9513/2d206a39/ips.js?x=1'></script>",
    "vercel": "<script src='/.well-known/vercel/security/static/challenge.v2.min.js'></script>",
    "anubis": "<script id='anubis_challenge' type='application/json'>{}</script>",
    "siteground": "<meta http-equiv='refresh' content='0;/.well-known/sgcaptcha/?r=%2F'>",
}


@pytest.mark.parametrize("vendor", PROVED)
def test_a_vendors_check_is_proved(vendor: str) -> None:
    found = walls.by_proof(f"<html>{PROVED[vendor]}</html>".encode())
    assert found is not None
    assert found.name == vendor


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<title>Just a moment</title><p>Checking your browser. Cloudflare.</p>",
        "<script>(function(){window['__CF$cv$params']={r:'1'};})()</script><h1>Page not found</h1>",
        "<link rel='preconnect' href='https://geo.captcha-delivery.com'><h1>Not found</h1>",
        "<script>window._pxAppId='PX1'</script><h1>Not found</h1>",
        "<script src='https://x.token.awswaf.com/x/challenge.js'></script><h1>Not found</h1>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=1'></script><h1>Not found</h1>",
        "<div class='h-captcha'></div><div class='g-recaptcha'></div><h1>Not found</h1>",
    ],
)
def test_a_vendors_script_or_words_prove_nothing(page: str) -> None:
    assert walls.by_proof(page.encode()) is None
