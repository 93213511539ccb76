"""Pages in a real browser: styled, whole without the network, and made more of by their script."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from syndicator import publish
from tests.builders import log, make_site

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="chromium is not installed (apt-get install chromium)",
)


def shown(page: Path, profile: Path) -> html.HtmlElement:
    """The document as it stands in the browser once its script has run, opened from the disk."""
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return html.document_fromstring(done.stdout.decode())


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    site = make_site(tmp_path / "site")
    log(site, 1, title="“Who pays?” <b> & שלום")
    publish.refresh(site)
    site.catalogue.close()
    return site.feeds


def test_the_directory_offers_to_copy_each_feed_and_to_find_one(feeds: Path, tmp_path: Path) -> None:
    page = shown(feeds / "index.html", tmp_path / "profile")
    assert len(page.xpath("//button[contains(., 'Copy')]")) >= 5
    assert page.xpath("//input[@type='search'] | //label[contains(., 'Find a feed')]")


def test_a_summary_page_says_what_was_recorded(feeds: Path, tmp_path: Path) -> None:
    (folder,) = (feeds / "pieces").iterdir()
    page = shown(folder / "index.html", tmp_path / "profile")
    assert page.find(".//h1").text_content() == "“Who pays?” <b> & שלום"
    assert "Read at The Outlet" in [link.text for link in page.iter("a")]
