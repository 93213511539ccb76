"""Domains that nobody lives at any more: parked, for sale, expired, suspended, or an empty machine – declared.

Data and look-up; must not know links or weights. The piece is not there, whatever status is given.

Sources. Parking services and their scripts: Vissers et al., "Parking Sensors" (NDSS 2015); Zirngibl et al., "Domain
Parking: Largely Present, Rarely Considered!" (TMA 2022), list of 82 services; intrigue-ident, checks/http. Hosters'
and servers' placeholder pages: their own templates. Seen: pages met.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from syndicator.webpages.redirects import place
from syndicator.webpages.titles import folded, segments, unaccented

REACH = 65_536  # bytes of a page that are looked at


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One kind of vacated place, and what gives it away. `says` completes "The domain …"."""

    name: str
    says: str
    source: str
    marks: tuple[bytes, ...] = ()  # any of these in the page
    sentences: str = ""  # pattern of a folded part of the title, a heading or a sentence
    hosts: tuple[str, ...] = ()  # where a redirect to it ends, or below
    path: str = ""  # pattern of the whole path where a redirect to it ends


# Set by hand.
# fmt: off
_DOMAIN = (
    r"(?:(?:the|this|your|our) )?(?:premium )?(?:domain(?: name)?|website|web address"
    r"|[\w-]+(?: [\w-]+){0,3} (?:com|org|net|info|biz|co|io|eu|de|fr|us|uk|tv|news|blog|me|ch|at|nl|it|es|pl"
        r"|ru|ca|au|in))"
    r"(?: [\w-]+ [a-z]{2,6})?"
)
VACANCIES: tuple[Vacancy, ...] = (
    Vacancy("sedo", "is parked at Sedo", "NDSS 2015; intrigue-ident", marks=(b"sedoparking.com", b"sedoParkingUrl",
        b"sedo.com/search/details", b"img.sedoparking"), hosts=("sedo.com", "sedoparking.com")),
    Vacancy("bodis", "is parked at Bodis", "TMA 2022", marks=(b"bodis.com", b"bodiscdn.com", b"parking.bodiscdn"),
        hosts=("bodis.com",)),
    Vacancy("parkingcrew", "is parked at ParkingCrew", "TMA 2022", marks=(b"parkingcrew.net",
        b"d38psrni17bvxu.cloudfront.net", b"dsparking.com", b"pcrew_"), hosts=("parkingcrew.net",
        "parkingcrew.com", "parklogic.com")),
    Vacancy("afternic", "is for sale at Afternic", "TMA 2022", marks=(b"afternic.com/forsale",
        b"afternic.com/domain", b"www.afternic.com"), hosts=("afternic.com",)),
    Vacancy("dan", "is for sale at Dan.com", "TMA 2022", marks=(b"dan.com/buy-domain", b"cdn1.dan.com",
        b"cdn0.dan.com", b"undeveloped.com/"), hosts=("dan.com", "undeveloped.com")),
    Vacancy("hugedomains", "is for sale at HugeDomains", "Seen", marks=(b"hugedomains.com/domain_profile",
        b"hugedomains.com/payment", b"static.hugedomains.com"), hosts=("hugedomains.com",)),
    Vacancy("godaddy", "is parked at GoDaddy", "Seen", marks=(b"parking-lander", b"img1.wsimg.com/parking",
        b"window.LANDER_SYSTEM", b"window.location.href=\"/lander\"", b"godaddy.com/forsale",
        b"is parked free, courtesy of GoDaddy", b"www.godaddy.com/domainsearch"), path="/lander"),
    Vacancy("above", "is parked at Above.com", "TMA 2022", marks=(b"above.com/marketplace", b"parking.above.com",
        b"smartname.com")),
    Vacancy("namecheap", "is parked at Namecheap", "Seen", marks=(b"parkingpage.namecheap.com",
        b"namecheap.com/domains/registration/results"), hosts=("parkingpage.namecheap.com",)),
    Vacancy("services", "is parked", "TMA 2022", marks=(
        b"cashparking.com", b"domainsponsor.com", b"rookdns.com", b"rookmedia.net", b"trafficz.com",
            b"internettraffic.com", b"namedrive.com",
        b"ztomy.com", b"domainmarket.com", b"brandbucket.com", b"uniregistry.com", b"domainnamesales.com",
            b"buydomains.com", b"squadhelp.com",
        b"porkbun.com/parking", b"dynadot.com/forsale", b"epik.com/domain", b"sav.com/domains",
            b"name.com/domain/for-sale", b"dnspod.cn/promo", b"mi.aliyun.com", b"juming.com",
        b"reg.ru/domain/shop", b"parking.reg.ru", b"parking.nic.ru", b"domainparking.ru", b"domaine-parking",
            b"kickthisass", b"searchtmp.com", b"/px.js?ch=", b"adsense/domains/caf", b"data-adblockkey=",
            b"parkpage.foundationapi.com", b"sedoparking", b"/park.js", b"giantpanda.com", b"spaceship.com/domain",
            b"domaineasy.com", b"domainlore.uk", b"nicsell.com", b"catchtiger.com", b"dropcatch.com",
            b"snapnames.com", b"expireddomains.com"),
        hosts=("domainmarket.com", "brandbucket.com", "buydomains.com", "squadhelp.com", "atom.com", "sav.com",
            "epik.com", "dynadot.com", "uniregistry.com", "domainnamesales.com", "above.com", "giantpanda.com",
            "park.io", "porkbun.com", "namesilo.com", "domains.squarespace.com", "name.com", "nicsell.com",
            "domainlore.uk", "dropcatch.com", "snapnames.com", "mi.aliyun.com", "4.cn", "ename.com", "juming.com",
            "perfectdomain.com", "spaceship.com", "domaineasy.com")),
    Vacancy("for sale", "is for sale", "Seen", sentences=
        rf"{_DOMAIN} (?:is|may be|might be|could be) (?:now |currently |available )*for (?:sale|lease"
            rf"|purchase)(?: .{{0,60}})?|(?:buy|purchase|acquire|get|own|lease) (?:this"
            rf"|the) domain(?: name)?(?: .{{0,60}})?|(?:premium )?domain(?: name)?s? for sale(?: .{{0,40}})?"
            rf"|(?:interested in|inquire about|make an offer (?:on|for)|want to buy) (?:buying )?(?:this"
            rf"|the) domain(?: .{{0,40}})?"
        r"|(?:the owner of )?(?:[\w-]+ ){1,4}is offering it for sale(?: .{0,60})?|this domain (?:has been"
            r"|was) (?:listed|put up) for sale(?: .{0,40})?|(?:the |this )?domain(?: name)? .{0,40}(?:is"
            r"|for) (?:available|sale)(?: .{0,40})?|make an offer on this domain(?: .{0,30})?"
        r"|(?:diese|die) domain(?: .{0,40})? (?:steht zum verkauf|ist zu verkaufen|kann (?:gekauft"
            r"|erworben) werden|konnen sie kaufen)(?: .{0,40})?|domain (?:zu verkaufen|kaufen)|(?:ce"
            r"|le) (?:nom de )?domaine(?: .{0,40})? est (?:a vendre|en vente)(?: .{0,40})?|(?:este"
            r"|el) dominio(?: .{0,40})? esta (?:a la venta|en venta)(?: .{0,40})?|(?:questo"
            r"|il) dominio(?: .{0,40})? e in vendita(?: .{0,40})?|(?:este"
            r"|o) dominio(?: .{0,40})? esta a venda(?: .{0,40})?|(?:deze|de) domeinnaam(?: .{0,40})? (?:is te koop"
            r"|staat te koop)(?: .{0,40})?|(?:ta |ten )?domena(?: .{0,40})? (?:jest )?na sprzedaz(?: .{0,40})?"
            r"|(?:этот )?домен(?: .{0,40})? (?:продается|выставлен на продажу)(?: .{0,40})?|(?:该|此"
            r"|本)?域名(?:正在)?(?:出售|转让|待售).{0,20}|(?:該|此|本)?網域(?:正在)?(?:出售|轉讓).{0,20}"
            r"|(?:この)?ドメイン(?:は|名は)?.{0,12}(?:販売|売りに出).{0,20}|bu alan adı satılıktır.{0,30}"
            r"|satılık alan adı"),
    Vacancy("parked", "is parked", "Seen", sentences=
        rf"{_DOMAIN} (?:is|has been|was) (?:currently |now )?parked(?: .{{0,60}})?|(?:parked"
            rf"|parking)(?: domain(?: name)?| page| website)?(?: (?:on|at|by) .{{0,40}})?|domain parking"
            rf"|parked at .{{0,40}}|future home of something quite cool|this domain (?:is"
            rf"|has been) (?:recently )?(?:registered|reserved)(?: .{{0,60}})?|(?:this|the) (?:web ?site|domain"
            rf"|web page) (?:is|was) (?:recently )?registered (?:at|by|with|through) .{{0,40}}"
            rf"|resources and information(?: .{{0,30}})?|[\w-]+(?: [\w-]+)? (?:com|net|org"
            rf"|info) (?:is )?(?:registered|parked) (?:at|with|by) .{{0,30}}"
        r"|(?:diese|die) domain(?: .{0,40})? (?:wurde|ist) (?:geparkt|registriert"
            r"|erfolgreich registriert)(?: .{0,40})?|hier entsteht eine neue (?:internetprasenz|webseite|homepage"
            r"|website)|ce domaine(?: .{0,40})? (?:est|a ete) (?:parque|enregistre|reserve)(?: .{0,40})?"
            r"|este dominio(?: .{0,40})? esta (?:aparcado|estacionado)|dominio registrado|домен (?:припаркован"
            r"|зарегистрирован)(?: .{0,40})?|domena (?:zaparkowana|zarejestrowana).{0,40}|お名前ドットコム.{0,40}"
            r"|このドメインは.{0,30}(?:取得|登録)されています.{0,20}"),
    Vacancy("expired", "has expired", "Seen", sentences=
        rf"{_DOMAIN} (?:has |is |have )?(?:recently |been )?expired(?: .{{0,60}})?|(?:this )?(?:website|web ?site"
            rf"|site|account|domain(?: name)?|plan|hosting) (?:has |is )?(?:currently |been )?(?:expired"
            rf"|lapsed)(?: .{{0,40}})?|domain expired|website expired|expired domain|(?:this"
            rf"|the) domain(?: name)? (?:is )?(?:pending|in) (?:renewal|deletion|redemption"
            rf"|pending delete)(?: .{{0,40}})?|renew (?:now|your domain)(?: .{{0,30}})?"
        r"|(?:diese|die) domain ist abgelaufen|ce nom de domaine a expire|(?:este|el) dominio ha (?:expirado"
            r"|caducado)|срок регистрации домена .{0,40}истек.{0,20}|域名(?:已|已经)?(?:过期|到期).{0,20}", marks=
            (b"expired-domain", b"domain_expired", b"expireddomain")),
    Vacancy("suspended", "belongs to a site that was suspended or removed",
        "cPanel, WordPress.com, Blogger, Shopify, Squarespace, Wix, Tumblr, Ghost(Pro)", marks=(
        b"/cgi-sys/suspendedpage.cgi", b"suspendedpage"), path=
        "/cgi-sys/suspendedpage.cgi|/suspended(?:page)?(?:\\.html?)?", sentences=
        r"(?:this )?(?:account|site|website|web ?site|user|blog|domain|store|shop"
            r"|hosting)(?: account)? (?:has been |is |was |have been )?(?:currently |temporarily )?(?:suspended"
            r"|deactivated|disabled|terminated)(?: .{0,60})?|[\w-]+ wordpress com is no longer available"
            r"|the authors have deleted this site(?: .{0,40})?|(?:this )?blog (?:has been removed|not found"
            r"|does not exist)|sorry the blog at .{0,60}|(?:sorry )?this (?:shop|store) is (?:currently "
            r"|no longer )?(?:unavailable|available|closed)|this (?:site|website) (?:is no longer|isnt) (?:available"
            r"|active|in use|online)(?: .{0,40})?|(?:this )?(?:site|website) (?:is )?(?:not published|unpublished"
            r"|closed|not connected|not available)(?: .{0,30})?"
            r"|looks like this domain isnt connected to a website yet|there is no website configured at this address"
            r"|no such app|there isnt a github pages site here|site not (?:found|installed|configured"
            r"|published)(?: .{0,30})?|(?:we have |weve )?(?:closed|shut) ?down(?: .{0,30})?|(?:diese )?(?:website"
            r"|webseite) (?:wurde|ist) (?:gesperrt|deaktiviert|abgeschaltet)|(?:ce|le) site (?:a ete|est) (?:suspendu"
            r"|ferme|desactive)|(?:este|el) sitio (?:ha sido|esta) (?:suspendido|desactivado)"
            r"|(?:этот )?сайт (?:заблокирован|отключен|закрыт)(?: .{0,40})?|(?:该|此)?(?:网站|站点)(?:已)?(?:关闭"
            r"|停用|暂停|到期).{0,20}"),
    Vacancy("empty machine", "leads to a machine without a site",
        "nginx, Apache, IIS, cPanel, Plesk, Debian, Ubuntu, CentOS",
        marks=(b"/cgi-sys/defaultwebpage.cgi", b"Apache2 Ubuntu Default Page", b"Apache2 Debian Default Page",
            b"<title>Welcome to nginx!</title>", b"plesk-stat/", b"iisstart.png",
            b"If you are the website administrator, you may now add content to"),
        path="/cgi-sys/defaultwebpage.cgi", sentences=
        r"welcome to (?:nginx|caddy|openresty|tengine|centos|apache tomcat.{0,20}|plesk.{0,20}|your new (?:site"
            r"|website)|xampp|lighttpd)(?: .{0,30})?|apache2? (?:\w+ )?default page(?: .{0,20})?"
            r"|test page for the (?:apache|nginx|http).{0,60}|(?:apache )?http server test page.{0,30}|it works"
            r"|iis ?windows(?: server)?|iis\d?|web server s? ?default page|default (?:web ?site|parallels plesk"
            r"|plesk) page|domain default page|default web (?:site|page)|hello world|congratulations your (?:site"
            r"|server) is .{0,40}|(?:site|website|page) (?:is )?(?:under construction|coming soon)|coming soon"
            r"|under construction|bientot disponible|proximamente|in costruzione|in arbeit|baustelle"
            r"|сайт в разработке|网站建设中|準備中"),
)
# fmt: on

# A parking service that answers for the domain itself sends its visitors to ww1.example.com and the like.
_NUMBERED = re.compile(r"ww\d{1,3}\.")


def by_address(url: str, source: str = "") -> Vacancy | None:
    """The vacancy that a redirect from `source` ended at, by its address."""
    at = place(url)
    path = "/" + "/".join(at.segments)
    for vacancy in VACANCIES:
        if any(f".{at.host}".endswith(f".{host}") for host in vacancy.hosts):
            return vacancy
        if vacancy.path and re.fullmatch(vacancy.path, path):
            return vacancy
    if _NUMBERED.match(at.host) and not _NUMBERED.match(place(source).host):
        return next(vacancy for vacancy in VACANCIES if vacancy.name == "services")
    return None


def by_page(
    body: bytes, title: str, headings: Sequence[str] = (), sentences: Sequence[str] = (), host: str = ""
) -> Vacancy | None:
    """The vacancy that a page is: by marks in it, its title, a heading or one of its first sentences as a whole.

    Where they speak of `host` they speak of the domain.
    """
    reach = body[:REACH]
    for vacancy in VACANCIES:
        if any(mark in reach for mark in vacancy.marks):
            return vacancy
    parts = {folded(part) for part in (title, *segments(title), *headings, *sentences[:12])}
    if host and (named := folded(host.removeprefix("www."))):
        parts = {part.replace(named, "this domain") for part in parts}
    for vacancy, pattern in _sentences():
        if any(pattern.fullmatch(part) for part in parts if part):
            return vacancy
    return None


@cache
def _sentences() -> list[tuple[Vacancy, re.Pattern[str]]]:
    return [
        (vacancy, re.compile(unaccented(vacancy.sentences))) for vacancy in VACANCIES if vacancy.sentences
    ]
