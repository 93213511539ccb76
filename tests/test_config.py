"""Settings of a site: declared once, read strictly, every problem named at once."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from syndicator import config
from syndicator.config import Settings
from syndicator.errors import SettingsRefused

LEAST = '[site]\ntitle = "Institute"\nurl = "https://institute.example/feeds/"\n'


def load(folder: Path, content: str | bytes) -> Settings:
    path = folder / "site.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return config.load(path)


def problems_of(folder: Path, content: str | bytes) -> tuple[str, ...]:
    with pytest.raises(SettingsRefused) as refusal:
        load(folder, content)
    return refusal.value.problems


def problem_with(folder: Path, section: str, line: str) -> str:
    """The only problem of settings that are right but for one line."""
    content = LEAST + line if section == "site" else f"{LEAST}[{section}]\n{line}"
    (problem,) = problems_of(folder, content + "\n")
    return problem


class TestDefaults:
    def test_only_title_and_url_are_required_all_else_has_its_documented_default(
        self, tmp_path: Path
    ) -> None:
        made = load(tmp_path, LEAST)
        assert made.site.title == "Institute"
        assert (made.site.language, made.site.timezone, made.site.contact) == ("en", "America/New_York", "")
        assert (made.feeds.entries, made.feeds.link, made.feeds.websub) == (50, "outlet", [])
        assert (made.check.concurrency, made.check.per_host_interval) == (64, 1.0)
        assert made.check.share_limit == []
        assert (made.check.timeout, made.check.max_body) == (30.0, 1048576)
        assert (made.archive.endpoint, made.archive.save) == ("https://web.archive.org", False)
        assert (made.network.allow, made.network.ca_file) == ([], "")
        assert (made.alerts.feed, made.alerts.webhook, made.alerts.email_to) == (False, "", "")
        assert (made.alerts.email_from, made.alerts.smtp, made.alerts.smtp_user) == ("", "localhost:25", "")

    def test_sites_do_not_share_lists(self, tmp_path: Path) -> None:
        load(tmp_path, LEAST).feeds.websub.append("https://hub.example/")
        assert load(tmp_path, LEAST).feeds.websub == []

    @pytest.mark.parametrize("url", ["https://a.example/feeds", "https://a.example/feeds/"])
    def test_the_base_of_paths_ends_in_one_slash(self, tmp_path: Path, url: str) -> None:
        made = load(tmp_path, f'[site]\ntitle = "I"\nurl = "{url}"\n')
        assert made.base_url == "https://a.example/feeds/"

    def test_without_an_authority_ids_are_made_of_the_host_and_the_day(self, tmp_path: Path) -> None:
        assert load(tmp_path, LEAST).authority("2026-06-01T12:00:00Z") == "institute.example,2026-06-01"

    def test_the_authority_that_is_given_is_used(self, tmp_path: Path) -> None:
        made = load(tmp_path, LEAST + 'id_authority = "old.example,2019"\n')
        assert made.authority("2026-06-01T12:00:00Z") == "old.example,2019"


class TestTemplate:
    def test_the_template_loads_as_it_is(self, tmp_path: Path) -> None:
        made = load(tmp_path, config.template())
        assert made == Settings(made.site)
        assert made.site.title

    def test_every_setting_is_in_it_with_its_default_and_its_meaning(self, tmp_path: Path) -> None:
        content = config.template()
        settings = re.sub(r"^# (\w+ = )", r"\1", content, flags=re.MULTILINE)
        assert load(tmp_path, settings) == load(tmp_path, content)
        for section, declared in config.SECTIONS.items():
            assert f"[{section}]\n" in content
            for declaration in fields(declared):
                assert f"# {declaration.metadata['help']}\n" in content
                assert re.search(rf"^(# )?{declaration.name} = ", content, re.MULTILINE)


class TestRefusals:
    def test_all_problems_are_named_at_once(self, tmp_path: Path) -> None:
        content = '[site]\ntitel = "x"\nurl = "feeds"\n[feeds]\nentries = 0\n[chek]\ntimeout = 1\n'
        problems = problems_of(tmp_path, content)
        assert len(problems) == 5
        assert problems[0] == "unknown section [chek]; known are site, feeds, check, archive, network, alerts"
        assert problems[1].startswith("[site] has no setting “titel”; known are title, url, ")
        assert problems[2] == "[site] title is missing"
        assert problems[3] == "[site] url must be an absolute http(s) URL without query"
        assert problems[4] == "[feeds] entries must be 1 to 1000"

    def test_the_message_names_the_file(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsRefused, match=re.escape(str(tmp_path / "site.toml"))):
            load(tmp_path, "")

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"\xff\xfe", "is not UTF-8 text"),
            ("title", "is not TOML: "),
            ("site = 1", "site must be a section [site]"),
            ("", "[site] title is missing"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, tmp_path: Path, content: str | bytes, problem: str) -> None:
        assert any(found.startswith(problem) for found in problems_of(tmp_path, content))

    @pytest.mark.parametrize(
        ("section", "line", "sentence"),
        [
            ("site", "language = 1", "[site] language must be text"),
            ("feeds", "entries = 1.5", "[feeds] entries must be a whole number"),
            ("feeds", "entries = true", "[feeds] entries must be a whole number"),
            ("check", 'timeout = "30"', "[check] timeout must be a number"),
            ("check", "timeout = nan", "[check] timeout must be 1 to 600"),
            ("check", f"timeout = 1{'0' * 400}", "[check] timeout must be 1 to 600"),
            ("feeds", 'websub = "https://hub.example/"', "[feeds] websub must be a list of texts"),
            ("feeds", "websub = [1]", "[feeds] websub must be a list of texts"),
            ("feeds", 'websub = ["hub.example"]', "[feeds] websub must be absolute http(s) URLs"),
            ("feeds", 'link = "page"', "[feeds] link must be outlet or summary"),
            ("check", "per_host_interval = -1", "[check] per_host_interval must be 0 to 3600"),
            (
                "check",
                'share_limit = ["*.a.example"]',
                "[check] share_limit must be domains like example.com",
            ),
            ("check", 'share_limit = ["example"]', "[check] share_limit must be domains like example.com"),
            ("check", 'share_limit = ["Ä.example"]', "[check] share_limit must be domains like example.com"),
            ("check", "max_body = 10", "[check] max_body must be 1024 to 2147483648"),
            (
                "network",
                'allow = ["127.0.0.1/8"]',
                "[network] allow must be networks like 127.0.0.0/8 or host names like intranet.example",
            ),
            (
                "archive",
                'endpoint = "archive"',
                "[archive] endpoint must be empty or an absolute http(s) URL",
            ),
            ("archive", "save = 1", "[archive] save must be true or false"),
            ("alerts", 'feed = "yes"', "[alerts] feed must be true or false"),
            (
                "alerts",
                'webhook = "hooks.example"',
                "[alerts] webhook must be empty or an absolute http(s) URL",
            ),
            ("alerts", 'email_to = "jo"', "[alerts] email_to must be empty or e-mail addresses with commas"),
            ("alerts", 'email_to = "jo@a.example,"', "[alerts] email_to must be empty or e-mail addresses"),
            ("alerts", 'email_to = "jo@a.example\\nBcc: x@b.example"', "[alerts] email_to must be empty or"),
            ("alerts", 'email_from = "Jo <jo@a.example>"', "[alerts] email_from must be empty or an e-mail"),
            ("alerts", 'smtp = "mail.example"', "[alerts] smtp must look like mail.example.org:587"),
            ("alerts", 'smtp = "mail.example:0"', "[alerts] smtp must look like mail.example.org:587"),
            ("alerts", 'smtp_user = "a\\nb"', "[alerts] smtp_user must be one line"),
            ("site", 'timezone = "New York"', "[site] timezone must be an IANA time zone"),
            ("site", 'timezone = "../../etc/passwd"', "[site] timezone must be an IANA time zone"),
            ("site", 'language = "english language"', "[site] language must be like en or en-US"),
            ("site", 'contact = "a\\r\\nX-Header: b"', "[site] contact must be one line"),
        ],
    )
    def test_a_wrong_value_is_refused_with_what_it_must_be(
        self, tmp_path: Path, section: str, line: str, sentence: str
    ) -> None:
        assert problem_with(tmp_path, section, line).startswith(sentence)

    @pytest.mark.parametrize("title", ["", "  ", "two\\nlines", "null\\u0000", "not a character \\uffff"])
    def test_a_title_is_one_line_that_feeds_can_hold(self, tmp_path: Path, title: str) -> None:
        (problem,) = problems_of(tmp_path, f'[site]\ntitle = "{title}"\nurl = "https://a.example/"\n')
        assert problem == "[site] title must be one line that is not empty"

    @pytest.mark.parametrize(
        "url",
        [
            "", "a.example", "//a.example/", "ftp://a.example/", "https:///feeds", "https://a.example/?x=1",
            "https://a.example/#x", "https://a.example/?", "https://a b/", "https://[::1/", "https://ä.example/",
            "https://a.example:port/", "https://a.example:99999/", "https://a.example/\\u007f",
        ],
    )  # fmt: skip
    def test_the_url_is_one_that_paths_can_be_appended_to(self, tmp_path: Path, url: str) -> None:
        (problem,) = problems_of(tmp_path, f'[site]\ntitle = "I"\nurl = "{url}"\n')
        assert problem == "[site] url must be an absolute http(s) URL without query"

    @pytest.mark.parametrize(
        "authority",
        [
            "example.org", "example.org,", ",2024", "example.org,24", "example.org,-123", "example.org,2024-1",
            "example.org,２０２４", "ex ample.org,2024", "exämple.org,2024", "a,2024,b",
        ],
    )  # fmt: skip
    def test_an_authority_is_a_name_and_a_date(self, tmp_path: Path, authority: str) -> None:
        problem = problem_with(tmp_path, "site", f'id_authority = "{authority}"')
        assert problem == "[site] id_authority must look like “example.org,2024” (RFC 4151)"


class TestValues:
    @pytest.mark.parametrize(
        ("section", "line", "value"),
        [
            ("check", "timeout = 10", 10.0),
            ("check", 'share_limit = ["example.com", "b.co.uk"]', ["example.com", "b.co.uk"]),
            ("check", "per_host_interval = 0", 0.0),
            ("feeds", "entries = 1000", 1000),
            ("archive", 'endpoint = ""', ""),
            ("archive", "save = true", True),
            ("alerts", 'webhook = "https://hooks.example/T0/B0?key=x"', "https://hooks.example/T0/B0?key=x"),
            ("alerts", 'email_to = "jo@a.example, al@b.example"', "jo@a.example, al@b.example"),
            ("alerts", 'smtp = "[::1]:2525"', "[::1]:2525"),
            ("feeds", 'websub = ["https://hub.example/?topic=x"]', ["https://hub.example/?topic=x"]),
            ("site", 'id_authority = "web@example.org,2024-06-01"', "web@example.org,2024-06-01"),
            ("site", 'language = "zh-Hant-TW"', "zh-Hant-TW"),
            ("site", 'timezone = "UTC"', "UTC"),
        ],
    )
    def test_a_right_value_is_taken(self, tmp_path: Path, section: str, line: str, value: Any) -> None:
        content = LEAST + line if section == "site" else f"{LEAST}[{section}]\n{line}"
        name = line.partition(" ")[0]
        taken = getattr(getattr(load(tmp_path, content + "\n"), section), name)
        assert taken == value
        assert type(taken) is type(value)

    def test_a_byte_order_mark_is_no_harm(self, tmp_path: Path) -> None:
        assert load(tmp_path, b"\xef\xbb\xbf" + LEAST.encode()).site.title == "Institute"

    def test_settings_are_written_as_toml_reads_them(self, tmp_path: Path) -> None:
        title = 'A "quoted" \\ title'
        content = f'[site]\ntitle = {config.toml_value(title)}\nurl = "https://a.example/"\n'
        assert load(tmp_path, content).site.title == title
