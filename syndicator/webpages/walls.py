"""Walls between us and a page: bot checks, logins, paywalls, consent pages, closed countries – declared.

A wall says that *we could not see*, never that a piece is dead. Data and look-up; must not know links or weights.

Sources. Cloudflare: developers.cloudflare.com, "Detect a Challenge Page response" (`cf-mitigated: challenge`, with any
status). DataDome: docs.datadome.co, "Validate request" (401/403 with a page that loads captcha-delivery.com). HUMAN:
docs.humansecurity.com (`px-captcha`, formerly PerimeterX). Imperva: docs.imperva.com ("Incapsula incident ID"). Akamai:
techdocs.akamai.com ("Reference #", edgesuite.net; `sec-if-cpt-container`). AWS: docs.aws.amazon.com/waf, "CAPTCHA and
Challenge" (202 and 405 with `x-amzn-waf-action`). wafw00f: EnableSecurity/wafw00f, plugins. Seen: pages of outlets.

Not every trace of a vendor is a wall: Cloudflare's `/cdn-cgi/challenge-platform/`, Imperva's
`/_Incapsula_Resource?SWJIYLWA`, HUMAN's `_pxAppId` and DataDome's `js.datadome.co` are scripts in pages that were
let through, and `x-datadome: protected` or `server: cloudflare` stand on all answers. They are not in the table.

A robot is shown a challenge with 404, 410 or 429 as well, and what is behind it is not known then. Pages of these
statuses may mention captchas and firewalls, and load a vendor's scripts: only a `proof` counts there. Challenges of
Cloudflare set `window._cf_chl_opt` (pages that were let through have `__CF$cv$params`), those of DataDome `var dd={…}`,
of AWS `window.gokuProps`; HUMAN's have an element `px-captcha` beside `window._pxAppId`. The others were seen.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from syndicator.webpages.redirects import place
from syndicator.webpages.titles import folded, segments, unaccented

REACH = 65_536  # bytes of a page that are looked at


@dataclass(frozen=True, slots=True)
class Wall:
    """One kind of wall, and what gives it away. `says` completes "It answered with …"."""

    name: str
    says: str
    source: str
    headers: tuple[tuple[str, str], ...] = ()  # a header (lower case) that holds this text; "" is any value
    marks: tuple[bytes, ...] = ()  # any of these in the page,
    beside: bytes = b""  # and this
    proof: tuple[bytes, ...] = ()  # all of these: no other page has them, whatever its status
    titles: str = ""  # pattern of a folded part of the title, or of a heading
    hosts: tuple[str, ...] = ()  # where a redirect to it ends, or below
    path: str = ""  # pattern found in the path and query where a redirect to it ends
    gate: str = ""  # pattern of a segment that only it has, whatever follows


# Set by hand.
# fmt: off
WALLS: tuple[Wall, ...] = (
    Wall("cloudflare", "a bot check of Cloudflare", "Vendor; Seen",
        headers=(("cf-mitigated", "challenge"), ("cf-mitigated", "block")),
        proof=(b"_cf_chl_opt",),
        marks=(b"_cf_chl_opt", b"cf-browser-verification", b"cf_chl_prog", b"cf-challenge-running", b"jschl-answer",
            b"Attention Required! | Cloudflare", b"cf-captcha-container", b"id=\"challenge-error-text\""),
        titles="just a moment|attention required|checking your browser(?: before accessing .*)?"
            "|ddos protection by cloudflare|(?:nur )?einen moment(?: bitte)?|un instant|un momento|um momento"
            "|een ogenblik|bir dakika|bitte warten|один момент|しばらくお待ちください|请稍候"),
    Wall("akamai", "a bot check of Akamai", "Vendor; Seen",
        proof=(b"sec-if-cpt-container",),
        marks=(b"sec-if-cpt-container", b"sec-cpt-if", b"/_sec/cp_challenge/", b"bm-verify=", b"akamai-challenge"),
        path=r"/_sec/(?:cp_challenge|verify)"),
    # Its errors of other kinds carry a reference, too.
    Wall("akamai denial", "a refusal of Akamai", "Vendor; Seen", marks=(b"errors.edgesuite.net",
        b"Reference&#32;&#35;", b"Reference #"), beside=b"Access Denied"),
    Wall("datadome", "a bot check of DataDome", "Vendor",
        headers=(("x-dd-b", ""),),
        proof=(b"captcha-delivery.com", b"var dd="),
        marks=(b"captcha-delivery.com",), hosts=("captcha-delivery.com",)),
    Wall("human", "a bot check of HUMAN (PerimeterX)", "Vendor; wafw00f",
        proof=(b"px-captcha", b"_pxAppId"),
        marks=(b"px-captcha", b"captcha.px-cdn.net", b"captcha.px-cloud.net", b"captcha.perimeterx.net",
            b"px-captcha-container",
            b"_pxBlockedUrl", b"_pxVid=\"\";window._pxUuid", b"pxBlockScript", b"/captcha/captcha.js?a=c&"),
        titles="access to this page has been denied(?: because .*)?|human verification"
            "|please verify you are (?:a )?human|press hold to confirm you are a human(?: and not a bot)?"),
    Wall("imperva", "a bot check of Imperva", "Vendor; wafw00f",
        proof=(b"_Incapsula_Resource", b"Incapsula incident ID"),
        marks=(b"Incapsula incident ID", b"Incapsula_Resource?CWUDNSAI", b"_Incapsula_Resource?incident_id",
            b"Request unsuccessful. Incapsula",
            b"incapsula.com/why", b"Powered By Imperva", b"Powered by Incapsula",
                b"id=\"main-iframe\" src=\"/_Incapsula_Resource"),
        titles="pardon our interruption"),
    Wall("aws", "a bot check of AWS WAF", "Vendor",
        headers=(("x-amzn-waf-action", ""),),
        proof=(b"window.gokuProps",),
        marks=(b"awsWafCookieDomainList", b"AwsWafIntegration.", b"window.gokuProps", b".awswaf.com/",
            b"aws-waf-captcha"),
        titles="human verification"),
    Wall("sucuri", "the Sucuri firewall", "wafw00f; Vendor",
        headers=(("x-sucuri-block", ""),),
        marks=(b"sucuri.net/privacy-policy", b"Sucuri Website Firewall", b"sucuri_cloudproxy_js",
            b"cloudproxy@sucuri.net")),
    Wall("vercel", "a bot check of Vercel", "vercel.com/docs, Attack Challenge Mode",
        headers=(("x-vercel-mitigated", ""),),
        proof=(b"/.well-known/vercel/security/",),
        marks=(b"/.well-known/vercel/security/",), titles=
            "vercel security checkpoint"),
    Wall("fastly", "a bot check of Fastly", "Seen", marks=(b"/_fs-ch-",), titles="client challenge"),
    Wall("kasada", "a bot check of Kasada", "Seen", proof=(b"KPSDK", b"/ips.js"), marks=(b"KPSDK.scriptStart",
        b"/149e9513-01fa-4fb0-aad4-566afd725d1b/")),
    Wall("radware", "a bot check of Radware", "Seen", marks=(b"validate.perfdrive.com", b"shieldsquare",
        b"Radware Bot Manager", b"rdwr_captcha"), hosts=("perfdrive.com",), titles=
        "radware (?:bot manager )?captcha(?: page)?"),
    Wall("f5", "a firewall of F5", "wafw00f", marks=(b"Your support ID is",
        b"The requested URL was rejected. Please consult with your administrator", b"/TSPD/08", b"bobcmn"), titles
        ="request rejected"),
    Wall("ddos-guard", "a bot check of DDoS-Guard", "Seen", marks=(b"/.well-known/ddos-guard/", b"ddos-guard.net/"),
        titles="ddos guard"),
    Wall("qrator", "a bot check of Qrator", "Seen", marks=(b"/__qrator/",)),
    Wall("anubis", "a bot check (Anubis)", "github.com/TecharoHQ/anubis",
        proof=(b"anubis_challenge",),
        marks=(b"anubis_challenge",
        b"/.within.website/x/cmd/anubis", b"id=\"anubis_version\""), titles="making sure youre not a bot(?: .*)?"),
    Wall("go-away", "a bot check (go-away, Cerberus, haphash)", "Seen", marks=(
        b"/.well-known/.git.gammaspectra.live/git/go-away/", b"sjaakberend-challenge", b"cerberus-challenge"),
        titles="checking you are not a bot"),
    Wall("siteground", "a bot check of SiteGround", "Seen", headers=(("sg-captcha", "challenge"),),
        proof=(b"/.well-known/sgcaptcha/",),
        marks=(
        b"/.well-known/sgcaptcha/", b"sgcaptcha"), path=r"/\.well-known/(?:sg)?captcha(?:/|$)", titles=
        "robot challenge screen"),
    Wall("imunify", "a bot check of Imunify360", "Seen", marks=(b"Imunify360", b"wsidchk", b"imunify-alert"),
        titles="one moment please|bot verification"),
    Wall("wordfence", "the Wordfence firewall", "Seen", marks=(b"Generated by Wordfence",
        b"Your access to this site has been limited", b"wfwaf-",
        b"A potentially unsafe operation has been detected in your request to this site")),
    Wall("azure", "a firewall of Azure", "learn.microsoft.com, Azure WAF", marks=(b"azure-waf-", b"/.azwaf/",
        b"The request is blocked.</h2>", b"Azure WAF JS Challenge")),
    Wall("google", "a bot check of Google", "support.google.com/websearch/answer/86640", marks=(
        b"detected unusual traffic from your computer network", b"/sorry/image"), hosts=("ipv4.google.com",
        "ipv6.google.com"), path=r"^/sorry/(?:index|image)"),
    Wall("amazon", "a bot check of Amazon", "Seen", marks=(b"/errors/validateCaptcha",
        b"api-services-support@amazon.com"), titles="robot check|bot check"),
    Wall("alibaba", "a bot check of Alibaba", "Seen", marks=(b"acw_sc__v2", b"aliyun_waf_", b"/_____tmd_____/",
        b"punish-component", b"x5secdata"), path=r"/_____tmd_____/punish"),
    Wall("baidu", "a bot check of Baidu", "Seen", marks=(b"wappass.baidu.com/static/captcha",), hosts=(
        "wappass.baidu.com",), titles="百度安全验证"),
    Wall("wechat", "a bot check of WeChat", "Seen", marks=(b"secitptpage/verify", b"/mp/wappoc_appmsgcaptcha"),
        path=r"/mp/wappoc_appmsgcaptcha"),
    Wall("weibo", "the visitor system of Sina", "Seen", hosts=("passport.weibo.com", "passport.weibo.cn"), titles=
        "sina visitor system"),
    Wall("edgeone", "a bot check of Tencent", "Seen", marks=(b"/.eo-captcha", b"TencentCaptcha("), titles=
        "tencent cloud edgeone"),
    Wall("yandex", "a bot check of Yandex", "yandex.com/support/smart-captcha", marks=(b"smartcaptcha.yandexcloud",
        b"checkcaptcha?key="), path=r"^/showcaptcha", titles="are you not a robot|вы не робот"),
    Wall("blazingfast", "a bot check", "wafw00f", marks=(b"bf_jschallenge", b"xhr.open(\"GET\", \"/_bfjs",
        b"slowAES.decrypt(", b"document.cookie=\"__test=\"+toHex")),
    Wall("closed door", "a bot check or a closed door", "google.com/recaptcha, hcaptcha.com, Turnstile", path=
        r"/(?:captcha|recaptcha|hcaptcha|challenge|bot-?check|human-?verification|verify-?human"
        r"|are-?you-?(?:a-?)?human|robot-?check|blocked|bot-?detection|access-?denied|denied|forbidden)(?:[/?.]"
        r"|$)",
        titles=
            "(?:please )?(?:verify|confirm|prove)(?: that)? (?:you are|youre|you re)(?: a)? (?:human|not a robot"
            "|not a bot)|are you (?:a )?(?:human|robot|bot)|i am not a robot|im not a robot|captcha|security (?:check"
            "|verification|challenge)|bot (?:check|detection|protection|verification)|verifying (?:you are human"
            "|your browser|your connection|your request)|checking (?:if the site connection is secure|your browser.*"
            "|your connection)|verification required|human check|robot or human|you have been blocked"
            "|youve been blocked|sorry you have been blocked|access (?:to this (?:page|site|website"
            "|resource) )?(?:has been |is |was )?(?:denied|blocked|restricted)|(?:your )?(?:request|access"
            "|ip(?: address)?) (?:has been|was|is) (?:blocked|denied|rejected)|(?:403 )?forbidden|403 error"
            "|unauthorized|suspicious activity(?: detected)?|too many requests|rate limit(?:ed| exceeded)"
            "|unusual (?:traffic|activity)(?: .*)?|please wait|please enable (?:js|javascript"
            "|cookies)(?: and (?:cookies|javascript|disable any ad blocker))?"
            "|enable javascript and cookies to continue"
            "|acces (?:refuse|interdit)|verification (?:de securite|en cours)|etes vous un robot"
                "|zugriff (?:verweigert|gesperrt|blockiert)|sicherheits(?:uber)?prufung|sind sie ein (?:mensch|roboter)"
                "|acceso (?:denegado|restringido)|verificacion de seguridad|eres humano|accesso negato|acesso negado"
                "|verificacao de seguranca|доступ (?:запрещен|ограничен|закрыт)|проверка (?:безопасности|браузера)"
                "|я не робот|доступ заборонено|odmowa dostepu|toegang geweigerd|erisim engellendi"
                "|guvenlik (?:dogrulamasi|kontrolu)|访问被拒绝|安全验证|安全驗證|人机验证"
                "|環境異常|环境异常|访问验证"
                "|アクセスが拒否されました|アクセス拒否|セキュリティ(?:チェック|確認)"
                "|접근이 (?:거부|차단)되었습니다|보안 확인|تم رفض الوصول"
                "|دسترسی غیر مجاز|הגישה נדחתה"),
    Wall("login", "a login page", "Seen",
        hosts=("accounts.google.com", "login.microsoftonline.com", "login.yahoo.com", "appleid.apple.com", "idp.",
            "login.", "signin.", "sso.", "auth.", "accounts.", "account.", "oauth.", "authwall.", "okta.com",
            "auth0.com", "onelogin.com", "shibboleth.", "openathens.net"),
        path=
            r"(?:^|/)(?:log-?in|log-?on|log_in|sign-?in|sign_in|signon|sign-?up|auth|authenticate|authorize|oauth2?"
            r"|sso|saml2?|idp|authwall|register|registration|wp-login\.php|login\.(?:php|aspx?|jsp|html?|do)"
            r"|account/login|users/sign_in|session/new|sessions/new|member-?login|anmeld(?:en|ung)|einloggen"
            r"|connexion|se-connecter|identifier|iniciar-sesion|ingresar|acceder|acceso|accedi|entrar|inloggen"
            r"|logowanie|zaloguj|giris|vhod|autorizacao|logga-in|log-ind|logg-inn|prihlaseni|belepes)/?(?:[?#]|$)",
        gate="log-?in|log-?on|log_in|sign-?in|sign_in|signon|sign-?up|authenticate|authorize|oauth2?|sso|saml2?|authwall"
            "|wp-login\\.php|member-?login|se-connecter|einloggen|iniciar-sesion|inloggen|zaloguj",
        titles="(?:please )?(?:log ?in|sign ?in|log on|sign on)(?: or (?:sign ?up|register|create (?:an )?account"
            "|subscribe))?|(?:please )?(?:log ?in|sign ?in) to (?:continue|your account|read|view"
            "|access)(?: .{0,40})?|member (?:log ?in|sign ?in)|(?:user|subscriber|account) log ?in|create (?:an"
            "|your) account|register(?: to (?:continue|read))?|login required|authentication required"
            "|you must (?:be logged in|log in|sign in)(?: .{0,40})?"
            "|anmelden|anmeldung|einloggen|login|melden sie sich an|(?:se )?connexion|connectez vous|se connecter"
                "|identifiez vous|iniciar sesion|inicia sesion|ingresar|accede|accedi|accesso|area riservata|entrar"
                "|iniciar sessao|inloggen|log in of registreer|zaloguj(?: sie)?|logowanie|вход|войти|авторизация|увійти"
                "|вхід|giris(?: yap)?|oturum ac|masuk|dang nhap|logga in|log ind|logg inn|kirjaudu(?: sisaan)?"
                "|prihlaseni|prihlasit se|bejelentkezes|autentificare|συνδεση|ログイン|登录|登入|登錄|用户登录"
                "|로그인|تسجيل الدخول|ورود|התחברות|כניסה|लॉग इन(?: करें)?|เข้าสู่ระบบ"),
    Wall("paywall", "a paywall", "Seen",
        hosts=("subscribe.", "subscription.", "subscriptions.", "abo.", "piano.io"),
        path=
            r"(?:^|/)(?:subscribe|subscription|subscriptions|paywall|pay-?wall|barrier|meter|premium|membership|abo"
            r"|abonnement|abonnements|abonnez-vous|suscripcion|suscribete|suscripciones|assine|assinatura|abbonamenti"
            r"|abbonati|plus-abo|checkout|registration-wall|regwall|access-check)/?(?:[?#]|$)",
        gate="subscribe|subscriptions?|paywall|pay-?wall|barrier|checkout|abonnements?|abonnez-vous|suscripcion(?:es)?"
            "|suscribete|assine|assinaturas?|abbonamenti|registration-wall|regwall",
        titles=
            "subscribe(?: now)? to (?:continue(?: reading)?|read(?: .{0,30})?|keep reading|unlock .*|access .*)"
            "|(?:this (?:article|story|content) is )?(?:for|available to|reserved for|exclusive to"
            "|only for) (?:our )?subscribers(?: only)?|subscriber(?:s)? (?:only|exclusive)(?: content)?"
            "|subscription required|to continue reading .{0,60}|to read this (?:article|story) .{0,40}"
            "|you have reached your (?:limit|article limit) .{0,40}|youve reached your (?:free )?(?:article )?limit.*"
            "|continue reading with .{0,40}|members only|subscription plans|payment required"
            "|(?:cet |l)?article (?:est )?reserve aux abonnes|reserve aux abonnes"
                "|(?:dieser artikel ist )?nur fur abonnenten|weiterlesen mit .{0,30}"
                "|contenido exclusivo para suscriptores|suscribete para (?:seguir leyendo|continuar)"
                "|conteudo exclusivo para assinantes|contenuto riservato agli abbonati|alleen voor abonnees"),
    Wall("consent", "a consent page", "Seen",
        hosts=("consent.google.com", "consent.youtube.com", "consent.yahoo.com", "guce.yahoo.com", "guce.",
            "consent.", "cmp.", "myprivacy.dpgmedia.nl", "myprivacy.dpgmedia.be", "privacy-mgmt.com",
            "choice.npr.org", "privacygate.", "privacy-gate.", "cookiewall."),
        path=r"(?:^|/)(?:consent|privacy-?gate|cookie-?wall|cookie-?consent|gdpr|privacywall|age-?gate"
            r"|age-?verification|agecheck|collectconsent)/?(?:[?#]|$)",
        titles="before you continue(?: to .{0,40})?|bevor (?:sie|du) (?:zu .{0,30} )?(?:fortfahren|weitergeh\\w+"
            "|weiterm\\w+).{0,30}|avant d(?: )?acceder a .{0,30}|avant de continuer(?: .{0,40})?"
            "|antes de (?:continuar|ir a)(?: .{0,40})?|prima di continuare(?: .{0,40})?|voordat (?:je"
            "|u) verdergaat(?: .{0,40})?|(?:your|manage) (?:privacy|cookie|consent) (?:choices|settings|preferences)"
            "|we value your privacy|your privacy (?:is important to us|choices|matters)|cookie (?:consent|wall)"
            "|age (?:verification|check|gate)|privacy gate|myprivacy|yahoo (?:ist teil der|is part of the) .{0,40}"),
    Wall("region", "that it is closed to our country", "Seen",
        path=r"(?:^|/)(?:geo-?block(?:ed)?|geo-?restrict(?:ed|ion)|region-?block(?:ed)?"
            r"|unavailable-in-(?:your-)?(?:region|country|location)|not-available-in-your-(?:country|region)"
            r"|gdpr-?(?:blocked|unavailable)|451)(?:[/?.]|$)",
        titles=".{0,60}(?:not|isnt|isn t|un) ?(?:currently )?available (?:in|from|to) (?:\\w+ )?(?:your|this|most"
            "|the) (?:country|region|location|area|territory|european .{0,30}|eu|eea)(?: .{0,60})?"
            "|(?:our )?european (?:visitors|users) are important to us.{0,60}|(?:unavailable|451)(?: for"
            "| due to) legal reasons|451 .{0,40}|access (?:from|in) your (?:country|region|location) .{0,60}"
            "|.{0,40}(?:nicht in (?:ihrem|deinem) land|in (?:ihrem|deinem) land nicht) .{0,40}|.{0,40}(?:pas"
            "|in)disponible dans votre (?:pays|region).{0,20}|.{0,40}no (?:esta )?disponible en (?:su|tu) (?:pais"
            "|region).{0,20}|.{0,40}недоступ\\w+ в вашем (?:регионе|стране).{0,20}|.{0,30}お住まいの(?:国"
            "|地域).{0,40}"),
    Wall("reload", "a page that only asks to be loaded again, as bot checks do", "Seen"),  # told by where it leads
    Wall("waiting room", "a waiting room", "developers.cloudflare.com/waiting-room; queue-it.com", hosts=(
        "queue-it.net",), marks=(b"cf-waitingroom", b"queue-it.net"), titles=
        "waiting room|you are (?:now )?in (?:line|the queue)|virtual waiting room"),
)
# fmt: on

# What outlets ask of readers, and may ask under the title of a piece that is there.
OF_THE_HOUSE = frozenset(("login", "paywall", "consent", "region"))

# Statuses that refuse us and say nothing of the piece, with what they mean (RFC 9110, 15.5, where no other is named).
REFUSALS: dict[int, str] = {
    400: "it would not take our request as it was (400), which may be meant for us alone",
    401: "it asks for a login (401)",
    402: "it asks for payment (402)",
    403: "it refuses us (403), as bot walls and paywalls do",
    405: "it does not let us read pages (405), as bot walls do",
    406: "it has nothing for us (406), as bot walls do",
    407: "a proxy asks for a login (407)",
    409: "it cannot answer in this state (409)",
    411: "it would not take our request as it was (411)",
    412: "it refuses the conditions of our request (412), as some bot walls do",
    414: "the address is too long for it (414)",
    415: "it would not take our request as it was (415)",
    416: "it would not take our request as it was (416)",
    417: "it would not take our request as it was (417)",
    418: "it refuses us (418), as some bot walls do",
    421: "it says that another host is responsible (421)",
    422: "it would not take our request as it was (422)",
    423: "the page is locked (423)",
    425: "it does not want to answer yet (425, RFC 8470)",
    426: "it asks for another protocol (426)",
    428: "it would not take our request as it was (428, RFC 6585)",
    431: "our request is too large for it (431, RFC 6585)",
    444: "it closed the connection on us (444, nginx)",
    451: "it is not allowed to show the page to us (451, RFC 7725)",
    463: "it would not take our request as it was (463, AWS)",
    498: "it asks for a token (498)",
    499: "it closed the connection on us (499, nginx)",
    511: "the network between asks for a login (511, RFC 6585)",
    999: "it refuses us (999), as LinkedIn and Yahoo do with programs",
}


def by_headers(headers: Iterable[tuple[str, str]]) -> Wall | None:
    """The wall that an answer's headers name."""
    found = _header_marks()
    for name, value in headers:
        for text, wall in found.get(name, ()):
            if text in value.lower():
                return wall
    return None


def by_address(url: str) -> Wall | None:
    """The wall that a redirect ended at, by its address."""
    at = place(url)
    address = "/" + "/".join(at.segments)
    for wall, path in _paths():
        # "login." is a host of any domain that begins so, "okta.com" that host and all below it.
        for host in wall.hosts:
            if at.host.startswith(host) if host.endswith(".") else f".{at.host}".endswith(f".{host}"):
                return wall
        if path and path.search(address):
            return wall
    return None


def by_gate(url: str) -> Wall | None:
    """The login or paywall whose name a redirect's end has anywhere in its path."""
    segments = place(url).segments
    return next(
        (wall for wall, gate in _gates() if any(gate.fullmatch(segment) for segment in segments)), None
    )


def named(name: str) -> Wall:
    """A row of the table."""
    return next(wall for wall in WALLS if wall.name == name)


def by_page(body: bytes, title: str, headings: Sequence[str] = ()) -> Wall | None:
    """The wall that a page is, by marks in it or by a part of its title or a heading as a whole."""
    reach = body[:REACH]
    for wall in WALLS:
        if wall.beside in reach and any(mark in reach for mark in wall.marks):
            return wall
    return next((found for said in (title, *headings) if (found := by_title(said)) is not None), None)


def by_proof(body: bytes) -> Wall | None:
    """The vendor whose bot check the page is, beyond doubt."""
    reach = body[:REACH]
    return next((wall for wall in WALLS if wall.proof and all(mark in reach for mark in wall.proof)), None)


def by_title(title: str) -> Wall | None:
    """The wall that a title, or a part of it between bars, stands for."""
    words = {folded(title), *map(folded, segments(title))}
    for wall, pattern in _titles():
        if any(pattern.fullmatch(part) for part in words):
            return wall
    return None


@cache
def _header_marks() -> dict[str, list[tuple[str, Wall]]]:
    found: dict[str, list[tuple[str, Wall]]] = {}
    for wall in WALLS:
        for name, text in wall.headers:
            found.setdefault(name, []).append((text, wall))
    return found


@cache
def _titles() -> list[tuple[Wall, re.Pattern[str]]]:
    return [(wall, re.compile(unaccented(wall.titles))) for wall in WALLS if wall.titles]


@cache
def _gates() -> list[tuple[Wall, re.Pattern[str]]]:
    return [(wall, re.compile(wall.gate)) for wall in WALLS if wall.gate]


@cache
def _paths() -> list[tuple[Wall, re.Pattern[str] | None]]:
    return [(wall, re.compile(wall.path) if wall.path else None) for wall in WALLS if wall.hosts or wall.path]
