"""Every declared rule works, is well-formed, says why it is there, and leaves the laws of `urls` alone.

Knows the tables of `url_rules`; what they amount to for a reader is in `test_urls.py`.
"""

import re
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator import url_rules, urls
from syndicator.url_rules import Form, Parameters, Wrapper
from tests.test_urls import hold_the_laws

ALL_PARAMETERS = (*url_rules.TRACKING, *url_rules.INCIDENTAL)
ALL_FORMS = (*url_rules.AMP_FORMS, *url_rules.FORMS)
LIKELY_VALUES = ("x1", "rss", "1", "amp", "true", "12", "all", "us")


def hosts_of(rule: Parameters | Wrapper | Form) -> list[str]:
    return rule.hosts.replace("*", "com").split() or ["any.example"]


def names_of(pattern: str) -> st.SearchStrategy[str]:
    """What a declared pattern matches, without what `.` would let in of other rules."""
    return st.from_regex(pattern.replace(".*", "[a-z]{0,4}").replace(".+", "[a-z]{1,4}"), fullmatch=True)


def a_value(rule: Parameters) -> str:
    return next(value for value in LIKELY_VALUES if not rule.value or re.fullmatch(rule.value, value))


def cases(rules: tuple[Parameters, ...]) -> list[tuple[str, str, str]]:
    """A page, and a parameter that a rule takes off it, for each host and name of each rule."""
    return [
        (f"https://{host}{rule.path or '/story'}?storyid=5", f"{name}={a_value(rule)}", rule.rule)
        for rule in rules
        for host in hosts_of(rule)
        for name in rule.names.split()
    ]


def test_every_tracking_parameter_leaves_url_and_key() -> None:
    for page, piece, rule in cases(url_rules.TRACKING):
        name, _, value = piece.partition("=")
        for tracked in (f"{page}&{piece}", page.replace("?", f"?{piece}&"), f"{page}&{name.upper()}={value}"):
            assert urls.clean(tracked).url == page, (tracked, rule)
            assert urls.key(tracked) == urls.key(page), (tracked, rule)


def test_every_incidental_parameter_stays_for_readers_and_leaves_the_key() -> None:
    for page, piece, rule in cases(url_rules.INCIDENTAL):
        assert urls.key(f"{page}&{piece}") == urls.key(page), (page, piece, rule)
        assert urls.clean(f"{page}&{piece}").url == f"{page}&{piece}"


def test_a_name_that_is_certain_on_one_host_counts_nowhere_else() -> None:
    anywhere = [rule for rule in ALL_PARAMETERS if not rule.hosts]
    names = {name for rule in anywhere for name in rule.names.split()}
    patterns = "|".join(rule.pattern for rule in anywhere if rule.pattern)
    for rule in ALL_PARAMETERS:
        for name in rule.names.split():
            if rule.hosts and name not in names and not re.fullmatch(patterns, name):
                assert urls.clean(f"https://any.example/a?{name}=1").key.endswith("=1"), name


@given(st.data())
def test_every_pattern_of_names_works(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from([rule for rule in url_rules.TRACKING if rule.pattern]))
    name = data.draw(names_of(rule.pattern))
    page = f"https://{hosts_of(rule)[0]}/story"
    assert urls.clean(f"{page}?{name}=1&id=5").url == f"{page}?id=5"
    hold_the_laws(f"{page}?{name}=1#{name}=1")


@pytest.mark.parametrize("rule", url_rules.FRAGMENTS, ids=lambda rule: rule.why)
@given(data=st.data())
def test_every_tag_leaves_the_fragment(rule: Parameters, data: st.DataObject) -> None:
    tag = data.draw(names_of(rule.pattern))
    assert urls.clean(f"https://x.org/a#{tag}").url == "https://x.org/a"
    assert urls.clean(f"https://x.org/a#top&{tag}").url == "https://x.org/a#top"


TARGET = "https://www.x.org/a?id=1"
ESCAPED = "https%3A%2F%2Fwww.x.org%2Fa%3Fid%3D1"
ENCODED = urlsafe_b64encode(TARGET.encode()).decode()
NEWS = urlsafe_b64encode(b'\x08\x13"\x18' + TARGET.encode() + b"\xd2\x01\x00").decode().rstrip("=")
MAILED = urlsafe_b64encode(b'{"e":"' + TARGET.encode() + b'","p":1}').decode().rstrip("=")
SAFE = f"url={ESCAPED}&data=05%7C01%7Csomeone%40example.org&sdata=ab%3D&reserved=0"

WRAPPED: dict[str, tuple[str, ...]] = {
    "Google redirect": (
        f"https://www.google.com/url?q={ESCAPED}&sa=D&source=editors&ust=1",
        f"https://www.google.co.uk/url?sa=t&rct=j&url={ESCAPED}&usg=AOv",
        f"https://google.fr/url?q={TARGET}",
    ),
    "Google images": (f"https://www.google.com/imgres?imgurl=https://x.org/i.jpg&imgrefurl={ESCAPED}",),
    "Google AMP viewer": ("https://www.google.com.au/amp/s/www.x.org/a?id=1&usqp=mq331AQ",),
    "Google News": (f"https://news.google.com/rss/articles/{NEWS}?oc=5",),
    "AMP cache": (
        "https://www-x-org.cdn.ampproject.org/c/s/www.x.org/a?id=1",
        "https://x.ampproject.org/v/s/www.x.org/a?id=1&amp_js_v=0.1",
    ),
    "Bing redirect": (f"https://www.bing.com/ck/a?!&&p=ab&u=a1{ENCODED.rstrip('=')}&ntb=1",),
    "Bing link": (f"https://www.bing.com/alink/link?url={ESCAPED}&source=serp",),
    "Bing AMP viewer": ("https://www.bing.com/amp/s/www.x.org/a?id=1",),
    "Bing AMP cache": ("https://www-x-org.bing-amp.com/c/s/www.x.org/a?id=1",),
    "DuckDuckGo redirect": (f"https://duckduckgo.com/l/?uddg={ESCAPED}&rut=1",),
    "Yahoo redirect": (f"https://r.search.yahoo.com/_ylt=A;_ylu=Y/RV=2/RE=1/RO=10/RU={ESCAPED}/RK=2/RS=z-",),
    "Yandex redirect": (f"https://yandex.ru/clck/jsredir?from=yandex&url={ESCAPED}",),
    "Facebook redirect": (
        f"https://l.facebook.com/l.php?u={ESCAPED}%26fbclid%3DIwAR&h=AT0",
        f"https://lm.facebook.com/l.php?u={ESCAPED}",
        f"https://www.facebook.com/flx/warn/?u={ESCAPED}",
    ),
    "Facebook share": (f"https://www.facebook.com/sharer/sharer.php?u={ESCAPED}", f"https://facebook.com/share.php?u={ESCAPED}"),
    "Meta redirect": (f"https://l.instagram.com/?u={ESCAPED}&e=AT", f"https://l.messenger.com/l.php?u={ESCAPED}"),
    "X share": (f"https://twitter.com/intent/tweet?text=Read&url={ESCAPED}", f"https://x.com/share?url={ESCAPED}"),
    "LinkedIn redirect": (f"https://www.linkedin.com/redir/redirect?url={ESCAPED}&urlhash=a",),
    "LinkedIn share": (f"https://www.linkedin.com/sharing/share-offsite/?url={ESCAPED}",),
    "Reddit redirect": (f"https://out.reddit.com/t3_a?url={ESCAPED}&token=b",),
    "Reddit share": (f"https://www.reddit.com/submit?url={ESCAPED}&title=a",),
    "Tumblr redirect": (f"https://t.umblr.com/redirect?z={ESCAPED}&t=ab",),
    "YouTube redirect": (f"https://www.youtube.com/redirect?event=video_description&q={ESCAPED}&v=a",),
    "Slack redirect": (f"https://slack-redir.net/link?url={ESCAPED}",),
    "Steam redirect": (f"https://steamcommunity.com/linkfilter/?u={ESCAPED}",),
    "VK redirect": (f"https://vk.com/away.php?to={ESCAPED}&utf=1",),
    "Telegram": (f"https://t.me/iv?url={ESCAPED}&rhash=1",),
    "Medium redirect": (f"https://medium.com/r/?url={ESCAPED}",),
    "Pocket": (f"https://getpocket.com/redirect?url={ESCAPED}",),
    "Flipboard redirect": (f"https://flipboard.com/redirect?url={ESCAPED}",),
    "SoundCloud redirect": (f"https://gate.sc/?url={ESCAPED}&token=1",),
    "referrer remover": (f"https://href.li/?{TARGET}",),
    "Outlook SafeLinks": (
        f"https://nam02.safelinks.protection.outlook.com/?{SAFE}",
        f"https://eur03.safelinks.protection.outlook.com/ap/w-59584e83/?{SAFE.replace('&', '&amp;')}",
        f"https://gcc02.safelinks.protection.outlook.com/GetUrlReputation?{SAFE}",
    ),
    "Teams SafeLinks": (f"https://statics.teams.cdn.office.net/evergreen-assets/1/atp-safelinks.html?{SAFE}",),
    "Microsoft mail": (f"https://nam.safelink.emails.azure.net/redirect/?destination={ESCAPED}&p=a",),
    "Proofpoint v1": (f"https://urldefense.proofpoint.com/v1/url?u={ESCAPED}&k=a%3D%3D",),
    "Proofpoint v2": ("https://urldefense.proofpoint.com/v2/url?u=https-3A__www.x.org_a-3Fid-3D1&d=DwMFaQ&c=a&r=b",),
    "Proofpoint v3": (
        f"https://urldefense.com/v3/__{TARGET}__;!!AB12$",
        "https://urldefense.com/v3/__https:/www.x.org/a*id=1__;Pw!!AB12!c-d_e$",
        "https://urldefense.us/v3/__https://www.x.org/**Aid=1__;YT8!!AB12$",
        "https://urldefense.com/v3/__https%3A%2F%2Fwww.x.org%2Fa*id=1__;Pw!!AB12$",
    ),
    "Barracuda": (f"https://linkprotect.cudasvc.com/url?a={ESCAPED}&c=E,1,a&typo=1",),
    "Sophos": (f"https://eu-west-1.protection.sophos.com/?d=x.org&u={ENCODED}&i=a",),
    "Cisco": (f"https://secure-web.cisco.com/1aB_c-d/{ESCAPED}",),
    "FireEye": (f"https://protect2.fireeye.com/v1/url?k=a&q=1&e=b&u={ESCAPED}",),
    "Trend Micro": (f"https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={ESCAPED}&umid=a",),
    "Symantec, Trustwave, Libraesva or Vade": (
        f"https://clicktime.symantec.com/3abc?u={ESCAPED}",
        f"https://urlsand.esvalabs.com/?u={ESCAPED}&e=a",
    ),
    "Check Point": (f"https://protect.checkpoint.com/v2/___{TARGET}___.YzJlOmE6Yg",),
    "Amazon SES": (
        "https://abc.r.us-east-1.awstrack.me/L0/https:%2F%2Fwww.x.org%2Fa%3Fid=1/1/0100018/def=213",
        "https://click.redditmail.com/CL0/https:%2F%2Fwww.x.org%2Fa%3Fid=1/1/0100/ab=3",
    ),
    "GovDelivery": (f"https://lnks.gd.govdelivery.com/track?type=click&enid=a&&&101&&&{TARGET}",),
    "Substack mail": (f"https://substack.com/redirect/2/{MAILED}.s-ig?",),
}  # fmt: skip


@pytest.mark.parametrize("wrapper", url_rules.WRAPPERS, ids=lambda wrapper: wrapper.rule)
def test_every_wrapper_comes_off(wrapper: Wrapper) -> None:
    for url in WRAPPED[wrapper.rule]:
        cleaned = urls.clean(url)
        assert cleaned.url == TARGET, url
        assert cleaned.key == urls.key(TARGET)
        assert cleaned.steps[0].why.startswith(wrapper.rule) or cleaned.steps[0].rule == "paste"


def test_an_amp_viewer_says_by_a_letter_which_transport_its_page_has() -> None:
    assert urls.clean("https://www.google.com/amp/s/x.org/a").url == "https://x.org/a"
    assert urls.clean("https://www.google.com/amp/x.org/a").url == "http://x.org/a"


def test_a_hidden_character_that_proofpoint_encoded_is_restored() -> None:
    url = "https://urldefense.com/v3/__https://x.org/caf*_**B__;w6nDqMOpw6g!!AB$"
    assert urls.clean(url).url == urls.href("https://x.org/café_èéè")


@given(st.data())
def test_the_laws_hold_for_whatever_a_wrapper_holds(data: st.DataObject) -> None:
    wrapper = data.draw(st.sampled_from(url_rules.WRAPPERS))
    url = data.draw(st.sampled_from(WRAPPED[wrapper.rule]))
    start = data.draw(st.integers(min_value=url.index("/", 8), max_value=len(url)))
    end = data.draw(st.integers(min_value=start, max_value=len(url)))
    hold_the_laws(url[:start] + data.draw(st.text(alphabet="a/:?=&%2F*_-;!.#~+ \n", max_size=6)) + url[end:])


FORMS_OF_ONE_PAGE = (
    ("https://any.example/a.amp.html", "https://any.example/a.html"),
    ("https://any.example/blog/2024/1/name/amp", "https://any.example/blog/2024/1/name"),
    ("https://thehill.com/opinion/international/501/a/amp/", "https://thehill.com/opinion/international/501/a/"),
    ("https://www.theatlantic.com/amp/article/500591/", "https://www.theatlantic.com/article/500591/"),
    ("https://www.washingtonpost.com/amphtml/opinions/a/", "https://www.washingtonpost.com/opinions/a/"),
    ("https://www.bbc.com/news/amp/world-us-canada-1", "https://www.bbc.com/news/world-us-canada-1"),
    ("https://www.reuters.com/article/amp/idUSKBN1", "https://www.reuters.com/article/idUSKBN1"),
    ("https://www.vox.com/platform/amp/2020/1/1/2/a", "https://www.vox.com/2020/1/1/2/a"),
    ("https://www.foxnews.com/opinion/a.amp", "https://www.foxnews.com/opinion/a"),
    ("https://amp.cnn.com/cnn/2023/11/06/politics/a/index.html", "https://www.cnn.com/2023/11/06/politics/a/index.html"),
    ("https://www.bbc.co.uk/news/world-1", "https://www.bbc.com/news/world-1"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0&start=5", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/shorts/dQw4w9WgXcQ"),
    ("https://player.vimeo.com/video/123", "https://vimeo.com/123"),
    ("https://mobile.twitter.com/a/status/1/photo/1", "https://x.com/b/status/1"),
    ("https://open.substack.com/pub/name/p/post", "https://name.substack.com/p/post"),
    ("https://open.spotify.com/intl-de/embed/episode/4rOoJ6", "https://open.spotify.com/episode/4rOoJ6"),
    ("https://www.amazon.de/exec/obidos/asin/0300123456", "https://www.amazon.de/gp/product/0300123456"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FORMS_OF_ONE_PAGE)
def test_forms_of_one_page_have_one_key(one: str, other: str) -> None:
    assert urls.key(one) == urls.key(other)
    assert urls.clean(one).url.partition("?")[0] == one.partition("?")[0]


@pytest.mark.parametrize("form", ALL_FORMS, ids=lambda form: form.why)
def test_every_form_is_among_those(form: Form) -> None:
    whys = {step.why for pair in FORMS_OF_ONE_PAGE for url in pair for step in urls.clean(url).steps}
    assert form.why in whys


@given(st.data())
def test_the_laws_hold_for_forms_upon_forms(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(ALL_FORMS))
    pattern = form.path.replace(".*", "[a-z/.]*").replace(".+", "[a-z./]+")
    path = data.draw(st.from_regex(pattern, fullmatch=True))
    before = data.draw(st.sampled_from(["", "/amp", "/cnn"]))
    after = data.draw(st.sampled_from(["", "/amp", ".amp", "/"]))
    hold_the_laws(f"https://{hosts_of(form)[0]}{before}{path}{after}")


@pytest.mark.parametrize(("alias", "host"), url_rules.SAME_HOST.items())
def test_every_other_name_of_a_host_is_that_host(alias: str, host: str) -> None:
    for path in ("/", "/a/b?id=1"):
        assert urls.key(f"https://{alias}{path}") == urls.key(f"https://www.{host}{path}")


HOSTS = sorted(
    {host for rule in ALL_PARAMETERS for host in hosts_of(rule)}
    | {host for rule in url_rules.WRAPPERS for host in hosts_of(rule)}
    | {host for rule in ALL_FORMS for host in hosts_of(rule)}
    | set(url_rules.SAME_HOST)
)
NAMES = sorted({name for rule in ALL_PARAMETERS for name in rule.names.split()} | {"id", "q", "u", "url"})
SEGMENTS = (
    "amp",
    "news",
    "2024",
    "01",
    "a-b",
    "x.amp",
    "%61mp",
    "..",
    "",
    "status",
    "a%2Fb",
    "url",
    "%26amp;",
)
VALUES = ("", "1", "rss", "amp", ESCAPED, "http:", "a+b", "%26amp;", "%", "é")


@given(
    scheme=st.sampled_from(["http", "https"]),
    label=st.sampled_from(["", "www.", "m.", "www.www."]),
    host=st.sampled_from(HOSTS),
    end=st.sampled_from(["", ".", ":8080", ":80"]),
    path=st.lists(st.sampled_from(SEGMENTS), max_size=5).map("/".join),
    query=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)).map("=".join)).map("&".join),
    fragment=st.sampled_from(["", "#top", "#!/a", "#:~:text=a", "#a&utm_id=1"]),
)
def test_the_laws_hold_for_all_rules_together(
    scheme: str, label: str, host: str, end: str, path: str, query: str, fragment: str
) -> None:
    hold_the_laws(f"{scheme}://{label}{host}{end}/{path}?{query}{fragment}")


@pytest.mark.parametrize(
    "rule", [*ALL_PARAMETERS, *url_rules.KEPT, *url_rules.FRAGMENTS, *url_rules.WRAPPERS, *ALL_FORMS]
)
def test_declarations_are_well_formed(rule: Parameters | Wrapper | Form) -> None:
    assert rule.rule
    assert rule.hosts == rule.hosts.lower()
    assert not any(host.startswith("www.") for host in rule.hosts.split())
    if isinstance(rule, Parameters):
        assert rule.why
        assert rule.names or rule.pattern
        assert rule.names == rule.names.lower()
        assert len(rule.names.split()) == len(set(rule.names.split()))
    if isinstance(rule, Wrapper):
        assert bool(rule.query) != bool(rule.embedded)


@pytest.mark.parametrize("rule", [*url_rules.TRACKING, *url_rules.FRAGMENTS, *ALL_FORMS])
def test_every_rule_names_its_source(rule: Parameters | Form) -> None:
    assert re.search(r"ClearURLs|AdGuard|Brave|Firefox|uBO|Miniflux|courlan|Vendor|Seen", rule.why)


def test_no_name_is_declared_twice_for_everywhere() -> None:
    rules = [rule for rule in url_rules.TRACKING if not rule.hosts and not rule.value]
    names = [name for rule in rules for name in rule.names.split()]
    assert len(names) == len(set(names))
