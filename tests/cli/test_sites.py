"""`init`, `load`, `publish`, and which site is meant."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from syndicator import config
from syndicator.cli.root import root
from tests.builders import SETTINGS
from tests.catalogue.rows import insert, plain
from tests.cli.running import Shell, make_shell


class TestInit:
    def test_a_site_is_made_with_settings_to_fill_in(self, tmp_path: Path) -> None:
        told = Shell(tmp_path)("init", str(tmp_path / "deep" / "demo")).stdout
        assert "First of all put your own title and url into" in told
        assert "syndicator load" in told
        made = tmp_path / "deep" / "demo"
        assert (made / "data" / "site.toml").read_text() == config.template()
        assert (made / "feeds").is_dir()
        assert not (made / "data" / "syndicator.db").exists()

    def test_title_and_url_can_be_given(self, tmp_path: Path) -> None:
        url = "https://www.institute.example/feeds/"
        told = Shell(tmp_path)(
            "init", str(tmp_path / "mine"), "--title", 'The "Institute"', "--url", url
        ).stdout
        assert "put your own" not in told
        made = config.load(tmp_path / "mine" / "data" / "site.toml").site
        assert (made.title, made.url) == ('The "Institute"', url)
        assert made.id_authority.startswith("www.institute.example,")

    def test_what_cannot_be_a_setting_is_refused_and_nothing_is_made(self, tmp_path: Path) -> None:
        refused = Shell(tmp_path)("init", str(tmp_path / "mine"), "--url", "feeds", code=1).stderr
        assert "[site] url must be" in refused
        assert not (tmp_path / "mine" / "data" / "site.toml").exists()

    def test_without_a_folder_it_is_the_one_that_is_meant(self, tmp_path: Path) -> None:
        Shell(tmp_path / "demo")("init")
        assert (tmp_path / "demo" / "data" / "site.toml").is_file()

    def test_a_folder_with_other_files_is_fine(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "notes.txt").write_text("mine")
        Shell(tmp_path)("init")
        assert (tmp_path / "data" / "notes.txt").read_text() == "mine"

    def test_a_site_that_exists_is_left_alone(self, tmp_path: Path) -> None:
        shell = make_shell(tmp_path)
        told = shell("init", code=1).stderr
        assert "already holds a site (data/site.toml); nothing was changed." in told
        assert (tmp_path / "data" / "site.toml").read_text() == SETTINGS

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        told = Shell(tmp_path)("init", str(tmp_path / "file" / "demo"), code=1).stderr
        assert told.startswith(f"Error: {tmp_path}/file")
        assert "cannot be written" in told


class TestWhichSite:
    def test_the_option_the_environment_or_the_current_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("option", "environment", "current"):
            make_shell(tmp_path / name)("topic", "add", name.capitalize())
        monkeypatch.chdir(tmp_path / "current")
        monkeypatch.setenv("SYNDICATOR_SITE", str(tmp_path / "environment"))
        runner = CliRunner()
        assert "Option" in runner.invoke(root, ["--site", str(tmp_path / "option"), "topic", "list"]).stdout
        assert "Environment" in runner.invoke(root, ["topic", "list"]).stdout
        monkeypatch.setenv("SYNDICATOR_SITE", "")
        assert "Current" in runner.invoke(root, ["topic", "list"]).stdout

    def test_a_folder_without_a_site_is_refused_with_the_next_step(self, tmp_path: Path) -> None:
        told = Shell(tmp_path / "nowhere")("list", code=1).stderr
        assert told == (
            f"Error: No site in {tmp_path}/nowhere: there is no data/site.toml. "
            "Make one with `syndicator init`, or name another folder with --site.\n"
        )

    def test_a_file_is_wrong_usage(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert "is a file" in Shell(tmp_path / "file")("list", code=2).stderr

    def test_wrong_settings_are_all_named(self, tmp_path: Path) -> None:
        shell = make_shell(tmp_path)
        (tmp_path / "data" / "site.toml").write_text("[site]\ntitel = 'x'\n")
        told = shell("list", code=1).stderr
        assert told.count("\n") == 1
        for problem in ("no setting “titel”", "title is missing", "url is missing"):
            assert problem in told


class TestLoadAndPublish:
    def test_the_sample_that_ships_is_loaded_and_published(self, tmp_path: Path) -> None:
        shell = make_shell(tmp_path)
        assert all("0 refused" in line for line in shell("load").lines)
        assert "Look at" in shell("publish").stdout
        assert (tmp_path / "feeds" / "index.html").is_file()
        assert (tmp_path / "feeds" / "all" / "atom.xml").is_file()
        assert all(report["added"] == report["updated"] == 0 for report in shell("load", "--json").json)
        assert shell("publish").lines == [f"Nothing to do: {tmp_path}/feeds is up to date."]

    def test_what_was_done_is_counted(self, tmp_path: Path) -> None:
        shell = make_shell(tmp_path)
        shell.add(1)
        document = shell("publish", "--json").json
        assert set(document) == {"written", "removed", "adopted", "complaints", "seconds", "folder"}
        assert document["written"] > 10
        assert shell("publish", "--json").json["written"] == 0

    def test_a_piece_that_cannot_be_shown_is_complained_about(self, tmp_path: Path) -> None:
        shell = make_shell(tmp_path)
        shell.add(1)
        tool = plain(tmp_path / "data" / "syndicator.db")
        insert(tool, "pieces", {"title": "New", "published": "2024-02-30", "status": "published"})
        tool.close()
        ran = shell("publish")
        assert ran.stderr == (
            "Note: piece 2: “2024-02-30” is no date; it is not shown until `syndicator edit` mends it.\n"
        )
