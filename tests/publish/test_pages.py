"""The pages for people: what stands on each, that it is safe, and that links hold wherever it is served."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
from hypothesis import given, settings

from syndicator import text
from syndicator.model.kinds import Kind
from syndicator.model.scopes import FEED_FORMATS, Format, ScopeKind
from syndicator.publish import pages as published_pages
from syndicator.publish.entry import Archive, Entry, Feed, Person
from syndicator.publish.pages import Pages, Parent, ScopeLink
from tests.publish.builders import BASE_URL, HOSTILE, NEW_YORK, elsewhere, entries, entry, feed, label, person

INSTITUTION = "Example Institute"
PAGES = Pages(INSTITUTION, BASE_URL, "en", "web@example.org")
GROUPS = [
    ("Everything", [ScopeLink("All pieces", "all/")]),
    ("Topics", [ScopeLink("Asia", "topics/asia/"), ScopeLink("China", "topics/china/", 1)]),
]


def china(**changes: Any) -> Feed:
    return feed(title=f"China – {INSTITUTION}", folder="topics/china/", **changes)


def scope_page(scope: Feed | None = None, shown: Iterable[Entry] = (), **details: Any) -> bytes:
    return PAGES.scope(scope or china(), map(PAGES.item, shown), **{"archives": (), **details})


def archive_page(period: str = "2024", older: str = "", shown: Iterable[Entry] = (entry(),)) -> bytes:
    scope = china(archive=Archive(period), older=Archive(older) if older else None)
    return PAGES.archive(scope, map(PAGES.item, shown))


def every_sort_of_page() -> dict[str, bytes]:
    """One page of each sort and depth, by its path below feeds/."""
    busy = entry(
        featured=(person("Rajan Menon")._replace(url="https://example.org/people/rajan"),),
        also=(elsewhere("UnHerd"), elsewhere("Le Monde", relation="translation")),
    )
    everything = feed(kind=ScopeKind.ALL, title=INSTITUTION, folder="all/")
    return {
        "index.html": PAGES.directory(GROUPS),
        "all/index.html": scope_page(everything, [busy], archives=[Archive("2023"), Archive("2024-06")]),
        "all/archive/2024.html": PAGES.archive(
            everything._replace(archive=Archive("2024")), [PAGES.item(busy)]
        ),
        "topics/china/index.html": scope_page(
            shown=[busy],
            parents=[Parent("Asia", "topics/asia/")],
            children=[ScopeLink("Taiwan", "topics/taiwan/")],
        ),
        "topics/china/archive/2024.html": archive_page(older="2023-12", shown=[busy]),
        f"{busy.path}index.html": PAGES.piece(busy),
    }


SORTS = every_sort_of_page()


def tree(page: bytes) -> Any:
    return lxml.html.document_fromstring(page.decode())


def words(page: bytes, path: str) -> list[str]:
    return [text.one_line(element.text_content()) for element in tree(page).xpath(path)]


def by_class(page: Any, name: str) -> list[Any]:
    return list(page.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def linked_data(page: bytes) -> dict[str, Any]:
    (script,) = tree(page).xpath('//script[@type="application/ld+json"]')
    read: dict[str, Any] = json.loads(script.text)
    return read


def autodiscovered(page: bytes) -> list[tuple[str, str, str]]:
    links = tree(page).xpath('//link[@rel="alternate"]')
    return [(link.get("type"), link.get("title"), link.get("href")) for link in links]


def test_a_summary_page_reads_like_the_institutions_own() -> None:
    """Breadcrumb, topics, date, title, By, summary, the way to the outlet, author box: in this order."""
    page = PAGES.piece(entry(authors=(person("Brian Blankenship")._replace(role="Non-Resident Fellow"),)))
    seen = text.one_line(" ".join(tree(page).find("body").itertext()))
    assert seen.endswith(
        "Home Burden sharing The Burden-Sharing Dilemma, Part 1 "
        "Burden sharing , Grand strategy June 16, 2024 Op-ed The Burden-Sharing Dilemma, Part 1 "
        "By Brian Blankenship Asking allies to pay more has a price. Read at Lawfare "
        "Author Brian Blankenship Non-Resident Fellow Example Institute "
        "Program Grand Strategy Program More from Lawfare "
        "What people of Example Institute publish elsewhere, and where to read it. Contact: web@example.org"
    )


@pytest.mark.parametrize(
    ("kind", "call"),
    [(Kind.OP_ED, "Read at Lawfare"), (Kind.VIDEO, "Watch at Lawfare"), (Kind.PODCAST, "Listen at Lawfare")],
)
def test_the_link_to_the_outlet_is_one_text_node(kind: Kind, call: str) -> None:
    piece = entry(kind=kind)
    for page in (PAGES.piece(piece), scope_page(shown=[piece])):
        (link,) = tree(page).xpath(f'//a[@href="{piece.external_url}"]')
        assert link.xpath("node()") == [call]


def test_further_placements_say_what_they_are() -> None:
    page = PAGES.piece(
        entry(
            also=(
                elsewhere("UnHerd"),
                elsewhere("Le Monde", relation="translation"),
                elsewhere("X", relation="cross-post"),
            )
        )
    )
    assert words(page, '//p[@class="also"]') == [
        "Also at UnHerd (republished)",
        "Also at Le Monde (in translation)",
        "Also at X (cross-posted)",
    ]


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["Ann"], "By Ann"),
        (["Ann", "Ben"], "By Ann and Ben"),
        (["Ann", "Ben", "Cleo"], "By Ann, Ben and Cleo"),
    ],
)
def test_authors_are_named_in_order_in_lists_and_on_the_summary_page(names: list[str], line: str) -> None:
    piece = entry(authors=tuple(map(person, names)))
    assert words(PAGES.piece(piece), '//p[@class="by"]') == [line]
    assert words(scope_page(shown=[piece]), '//p[@class="by"]') == [line]


def test_who_is_interviewed_is_featured() -> None:
    page = PAGES.piece(entry(authors=(), featured=(person("Rajan Menon"),)))
    assert words(page, '//p[@class="by"]') == ["Featuring Rajan Menon"]
    assert words(page, '//section[@class="people"]/h2') == ["Featured"]


def test_the_author_box_names_role_and_institution_only_of_people_who_have_a_role() -> None:
    guest = Person("Natalie Armbruster", "authors/natalie-armbruster/", "", "https://natalie.example/")
    page = PAGES.piece(entry(authors=(person("Brian Blankenship"), guest)))
    assert words(page, '//section[@class="people"]//li') == [
        "Brian Blankenship FellowExample Institute",
        "Natalie Armbruster Profile",
    ]
    assert words(page, '//section[@class="people"]/h2') == ["Authors"]


@pytest.mark.parametrize(
    ("published", "has_time", "value", "shown"),
    [
        (datetime(2024, 6, 16, tzinfo=NEW_YORK), False, "2024-06-16", "June 16, 2024"),
        (datetime(2024, 1, 2, 9, 30, tzinfo=NEW_YORK), True, "2024-01-02T09:30:00-05:00", "January 2, 2024"),
        (
            datetime(1850, 12, 1, 9, 30, tzinfo=NEW_YORK),
            True,
            "1850-12-01T14:26:02+00:00",
            "December 1, 1850",
        ),
    ],
)
def test_dates_are_in_words_and_exact_for_machines(
    published: datetime, has_time: bool, value: str, shown: str
) -> None:
    """A time is only given where it is known, and always as HTML can hold it."""
    piece = entry(published=published, has_time=has_time)
    for page in (PAGES.piece(piece), scope_page(shown=[piece])):
        (time,) = tree(page).xpath("//time")
        assert (time.get("datetime"), time.text) == (value, shown)
    assert linked_data(PAGES.piece(piece))["datePublished"] == value


def test_a_bare_piece_leaves_nothing_empty_behind() -> None:
    page = PAGES.piece(entry(summary="", authors=(), topics=(), programs=()))
    assert words(page, '//nav[@class="breadcrumb"]//li') == ["Home", "The Burden-Sharing Dilemma, Part 1"]
    assert not tree(page).xpath(
        '//p[not(normalize-space())] | //section | //div[contains(@class, "summary")]'
    )
    assert tree(page).xpath('//meta[@name="description"]/@content') == ["Read at Lawfare"]


def test_a_summary_page_describes_itself_to_social_networks() -> None:
    page = tree(PAGES.piece(entry(title="Allies & “burdens”")))
    graph = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert graph == {
        "og:type": "article",
        "og:site_name": INSTITUTION,
        "og:title": "Allies & “burdens”",
        "og:description": "Asking allies to pay more has a price.",
        "og:url": f"{BASE_URL}pieces/burden-sharing-1/",
        "article:published_time": "2024-06-16",
    }


def test_the_summary_is_html_and_a_long_one_is_cut_where_it_describes() -> None:
    page = PAGES.piece(entry(summary=f"<p>{'word ' * 100}<em>end</em></p>"))
    assert words(page, "//em") == ["end"]
    (description,) = tree(page).xpath('//meta[@name="description"]/@content')
    assert len(description) <= 180
    assert description.endswith("word…")


def test_a_scope_page_offers_its_feeds_to_copy_in_full() -> None:
    page = tree(scope_page())
    fields = {
        label.text: page.get_element_by_id(label.get("for"))
        for label in page.xpath('//section[@class="subscribe"]//label')
    }
    assert {name: field.get("value") for name, field in fields.items()} == {
        "Atom": f"{BASE_URL}topics/china/atom.xml",
        "RSS": f"{BASE_URL}topics/china/rss.xml",
        "JSON Feed": f"{BASE_URL}topics/china/feed.json",
    }
    assert all("readonly" in field.attrib for field in fields.values())


def test_a_scope_is_called_by_its_own_name_on_its_page() -> None:
    """Feed readers need the institution in a feed's title; under the institution's banner it is left out."""
    assert words(scope_page(), "//h1") == ["China"]
    assert words(scope_page(), "//title") == ["China – Example Institute"]
    everything = feed(kind=ScopeKind.ALL, title=INSTITUTION, folder="all/")
    assert words(scope_page(everything), "//h1") == ["Everything"]


def test_the_fragment_of_a_piece_is_the_same_in_every_page_and_in_the_order_given() -> None:
    items = [PAGES.item(entry(2)), PAGES.item(entry(1))]
    run = b"".join(items)
    assert run in PAGES.scope(china(), items, archives=())
    assert run in PAGES.archive(china(archive=Archive("2024")), items)


def test_a_list_shows_what_is_needed_to_choose() -> None:
    page = scope_page(shown=[entry(kind=Kind.BRIEF)])
    (shown,) = words(page, '//ol[@class="items"]/li')
    assert shown == (
        "June 16, 2024 Brief The Burden-Sharing Dilemma, Part 1 By Brian Blankenship "
        "Asking allies to pay more has a price. Read at Lawfare"
    )


def test_an_empty_scope_says_so() -> None:
    assert words(scope_page(), '//ol[@class="items"]/li') == ["Nothing has been published here yet."]


def test_every_archive_is_linked_newest_first_months_under_their_year() -> None:
    periods = [Archive(period) for period in ("2021", "2022-11", "2022-12", "2023")]
    page = scope_page(archives=periods)
    assert words(page, '//nav[@class="archives"]//li') == ["2023", "2022 December November", "2021"]
    assert tree(page).xpath('//nav[@class="archives"]//a/@href') == [
        f"topics/china/archive/{period}.html" for period in ("2023", "2022-12", "2022-11", "2021")
    ]


def test_an_authors_page_tells_who_they_are() -> None:
    scope = feed(kind=ScopeKind.AUTHORS, title=f"Rajan Menon – {INSTITUTION}", folder="authors/rajan-menon/")
    page = scope_page(scope, role="Director", url="https://example.org/people/rajan")
    assert words(page, '//p[@class="role"]') == ["Director, Example Institute"]
    assert tree(page).xpath('//a[text()="Profile"]/@href') == ["https://example.org/people/rajan"]
    assert linked_data(page)["mainEntity"]["name"] == "Rajan Menon"


def test_an_outlets_page_leads_to_its_website() -> None:
    page = scope_page(
        feed(kind=ScopeKind.OUTLETS, folder="outlets/lawfare/"), url="https://www.lawfaremedia.org/"
    )
    assert tree(page).xpath('//a[text()="Website"]/@href') == ["https://www.lawfaremedia.org/"]


def test_nested_topics_lead_up_and_down() -> None:
    page = scope_page(
        parents=[Parent("Regions", "topics/regions/"), Parent("Asia", "topics/asia/")],
        children=[ScopeLink("Taiwan", "topics/taiwan/"), ScopeLink("Strait", "topics/strait/", 1)],
    )
    assert words(page, '//nav[@class="breadcrumb"]//li') == ["Home", "Regions", "Asia", "China"]
    assert tree(page).xpath('//nav[@class="children"]//a/@href') == [
        "topics/taiwan/index.html",
        "topics/strait/index.html",
    ]


def test_an_archive_page_leads_to_the_older_one_and_to_the_newest() -> None:
    page = archive_page("2024-06", older="2024-05")
    assert words(page, "//h2") == ["June 2024"]
    links = tree(page).xpath('//nav[@class="pager"]/a')
    assert [(link.text, link.get("href"), link.get("rel")) for link in links] == [
        ("Latest", "topics/china/index.html", None),
        ("Older: May 2024", "topics/china/archive/2024-05.html", "prev-archive"),
    ]
    assert "Older" not in archive_page("2020").decode()


def test_the_directory_links_every_scope_and_each_of_its_feeds() -> None:
    page = tree(PAGES.directory(GROUPS))
    (row,) = page.xpath('//li[a="China"]')
    assert row.get("class") == "depth-1"
    assert [(link.text, link.get("href")) for link in row.xpath("a")] == [
        ("China", "topics/china/index.html"),
        ("Atom", "topics/china/atom.xml"),
        ("RSS", "topics/china/rss.xml"),
        ("JSON Feed", "topics/china/feed.json"),
    ]
    assert page.xpath('//a[@href="opml.xml"]')


def test_long_groups_are_folded_and_empty_ones_left_out() -> None:
    people = [ScopeLink(f"Person {number}", f"authors/person-{number}/") for number in range(100)]
    page = tree(PAGES.directory([*GROUPS, ("People", people), ("Outlets", [])]))
    assert {group.findtext("summary/h2"): "open" in group.attrib for group in page.xpath("//details")} == {
        "Everything": True,
        "Topics": True,
        "People": False,
    }


def test_what_needs_the_script_is_hidden_without_it() -> None:
    (form,) = tree(PAGES.directory(GROUPS)).xpath("//form")
    assert "hidden" in form.attrib


@pytest.mark.parametrize("path", SORTS)
def test_the_base_of_a_page_leads_back_to_feeds_wherever_it_is_served(path: str) -> None:
    (base,) = tree(SORTS[path]).xpath("//base/@href")
    for root in ("https://example.org/feeds/", "http://localhost:8080/", "file:///srv/www/feeds/"):
        assert urljoin(root + path, base) == root


@pytest.mark.parametrize("path", SORTS)
def test_links_are_relative_and_name_a_file(path: str) -> None:
    """So they hold on a disk too: no folder stands for its index, only the canonical address is absolute."""
    page = tree(SORTS[path])
    assert page.xpath('//link[@rel="canonical"]/@href') == [BASE_URL + path.removesuffix("index.html")]
    foreign = {"www.lawfaremedia.org", "reprints.example", "example.org", "web@example.org"}
    for address in page.xpath('//a/@href | //link[not(@rel="canonical")]/@href | //script/@src'):
        if re.match(r"https?://|mailto:", address):
            assert re.split(r"[/:]+", address)[1] in foreign
        else:
            assert re.fullmatch(r"([a-z0-9-]+/)*[a-z0-9-]+\.(html|xml|json|css|js)(#main)?", address)


@pytest.mark.parametrize("path", SORTS)
def test_the_skip_link_stays_on_its_page(path: str) -> None:
    page = tree(SORTS[path])
    assert page.xpath('//a[@class="skip"]/@href') == [f"{path}#main"]
    assert page.get_element_by_id("main").tag == "main"


@pytest.mark.parametrize("path", SORTS)
def test_a_page_has_one_heading_its_language_and_labelled_landmarks(path: str) -> None:
    page = tree(SORTS[path])
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main")) == 1
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.xpath("//nav"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {pointed for name in page.xpath("//@aria-labelledby | //@for") for pointed in name.split()} <= set(
        ids
    )
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("path", SORTS)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(path: str) -> None:
    page = tree(SORTS[path])
    loaded = page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src | //iframe/@src")
    assert set(loaded) <= {published_pages.STYLESHEET_PATH, published_pages.SCRIPT_PATH}
    assert page.xpath("//script[not(@src)]/@type") == ["application/ld+json"]
    assert not page.xpath('//@style | //style | //@*[starts-with(name(), "on")]')


@pytest.mark.parametrize("path", SORTS)
def test_a_page_says_what_it_is_in_json_ld(path: str) -> None:
    assert linked_data(SORTS[path])["@context"] == "https://schema.org"


@pytest.mark.parametrize("path", SORTS)
def test_the_same_input_gives_the_same_clean_bytes(path: str) -> None:
    other = Pages(INSTITUTION, BASE_URL, "en", "web@example.org")
    assert other.piece(entry()) == PAGES.piece(entry())
    assert SORTS[path] == every_sort_of_page()[path]
    assert b"\r" not in SORTS[path]
    assert not re.search(rb"[ \t]\n|\n\n", SORTS[path])
    assert SORTS[path].endswith(b"</html>\n")


def test_scope_and_archive_pages_announce_their_three_feeds() -> None:
    expected = [
        (shape.media_type, "China", f"{BASE_URL}topics/china/{shape.filename}") for shape in FEED_FORMATS
    ]
    assert autodiscovered(scope_page()) == expected
    assert autodiscovered(archive_page()) == expected


def test_a_summary_page_announces_the_feeds_the_piece_is_in() -> None:
    page = PAGES.piece(entry(topics=(label("topics", "China"),), featured=(person("Rajan Menon"),)))
    assert autodiscovered(page) == [
        (Format.ATOM.media_type, title, f"{BASE_URL}{folder}/atom.xml")
        for title, folder in [
            (INSTITUTION, "all"),
            ("China", "topics/china"),
            ("Grand Strategy Program", "programs/grand-strategy-program"),
            ("Brian Blankenship", "authors/brian-blankenship"),
            ("Rajan Menon", "authors/rajan-menon"),
        ]
    ]


def test_a_summary_page_is_an_h_entry() -> None:
    piece = entry(featured=(person("Rajan Menon"),), also=(elsewhere("UnHerd", "https://unherd.example/a"),))
    (h_entry,) = by_class(tree(PAGES.piece(piece)), "h-entry")
    expected = {
        "p-name": [piece.title],
        "dt-published": ["2024-06-16"],
        "p-author": ["authors/brian-blankenship/index.html"],
        "p-category": ["topics/burden-sharing/index.html", "topics/grand-strategy/index.html"],
        "u-category": ["authors/rajan-menon/index.html"],
        "u-syndication": [piece.external_url, "https://unherd.example/a"],
        "u-url": [piece.url],
        "u-uid": [piece.id],
    }
    values = "string(@value | @datetime | @href | self::*[not(@value | @datetime | @href)])"
    assert {name: [found.xpath(values) for found in by_class(h_entry, name)] for name in expected} == expected
    (content,) = by_class(h_entry, "e-content")
    assert "p-summary" in content.get("class")


def test_the_lists_of_scopes_and_archives_are_h_feeds() -> None:
    for page in (scope_page(shown=[entry(1), entry(2)]), archive_page(shown=[entry(1), entry(2)])):
        (h_feed,) = by_class(tree(page), "h-feed")
        assert len(h_feed.xpath('.//li[@class="h-entry"]')) == 2
        assert h_feed.xpath('.//a[@class="u-url"]/@href')[0] == "pieces/burden-sharing-1/index.html"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("web@example.org", ["mailto:web@example.org"]),
        ("https://example.org/contact", ["https://example.org/contact"]),
        ("the web team, room 12", []),
    ],
)
def test_the_contact_is_a_link_where_it_can_be(contact: str, address: list[str]) -> None:
    page = Pages(INSTITUTION, BASE_URL, "en", contact).directory(GROUPS)
    assert tree(page).xpath("//footer//a/@href") == address
    assert words(page, "//footer/p[2]") == [f"Contact: {contact}"]


@pytest.mark.parametrize(
    "hostile", [*HOSTILE, "<!--title--><!--main--><!--entries-->", '" onmouseover="alert(1)']
)
def test_hostile_text_is_shown_as_it_is_and_nothing_else(hostile: str) -> None:
    hostile = text.one_line(hostile)
    piece = entry(
        title=hostile,
        summary=text.summary_html(hostile),
        authors=(Person(hostile, "authors/someone/", hostile, "https://example.org/?a='\"<>&b"),),
        topics=(label("topics", hostile, "topic"),),
        outlet=label("outlets", hostile, "outlet"),
        also=(elsewhere(hostile),),
    )
    scope = feed(title=hostile, description=hostile)
    pages = [
        PAGES.piece(piece),
        scope_page(scope, [piece], role=hostile),
        PAGES.directory([(hostile, [ScopeLink(hostile, "a/")])]),
    ]
    for page in pages:
        parsed = tree(page)
        assert len(parsed.xpath("//script")) <= 2
        assert not parsed.xpath('//b | //@*[starts-with(name(), "on")] | //comment()')
        assert parsed.xpath("//footer")
    assert words(pages[0], "//h1") == words(pages[1], "//h1") == [hostile]
    assert words(pages[1], "//h3") == words(pages[2], "//li/a[1]") == [hostile]
    assert linked_data(pages[0])["headline"] == hostile


def test_text_from_right_to_left_is_shown_so() -> None:
    page = tree(PAGES.piece(entry(title="عنوان", summary="<p>ملخص</p>")))
    assert page.xpath("//h1/@dir") == ["auto"]
    assert page.xpath('//div[contains(@class, "summary")]/@dir') == ["auto"]
    assert "unicode-bidi: isolate" in published_pages.stylesheet().decode()


@settings(max_examples=40, deadline=None)
@given(entries)
def test_any_piece_has_a_page_and_a_fragment_that_say_the_same(piece: Entry) -> None:
    page, fragment = tree(PAGES.piece(piece)), lxml.html.fromstring(PAGES.item(piece).decode())
    for seen in (page.xpath("//h1")[0], fragment.xpath("//h3")[0]):
        assert text.one_line(seen.text_content()) == piece.title
    for links in (page.xpath("//article//@href"), fragment.xpath(".//@href")):
        assert piece.external_url in links
    assert len(page.xpath("//article")) == len(page.xpath("//footer")) == 1


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_stand_out_in_light_and_dark(scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text (1.4.3), 3 to 1 for the edges of fields (1.4.11)."""
    light, dark = re.findall(r":root \{(.*?)\}", published_pages.stylesheet().decode(), re.DOTALL)[:2]
    scheme_colours = colours(light if scheme == "light" else dark)
    for ground in ("ground", "raised"):
        for ink in ("text", "quiet", "accent"):
            assert contrast(scheme_colours[ink], scheme_colours[ground]) >= 4.5
        assert contrast(scheme_colours["edge"], scheme_colours[ground]) >= 3
    assert contrast(scheme_colours["on-accent"], scheme_colours["accent"]) >= 4.5


def test_stylesheet_and_script_are_small_and_ask_nobody_for_anything() -> None:
    for content in (published_pages.stylesheet(), published_pages.script()):
        assert len(content) < 30_000
        assert not re.search(rb"https?:|url\(|@import|fetch\(|\r", content)
