"""`import` and `export`: many pieces at once, each line told, bad ones refused alone."""

import json
from pathlib import Path

import pytest

from tests.builders import fields
from tests.cli.running import Shell, make_shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return make_shell(tmp_path)


def lines(*pieces: dict[str, object]) -> str:
    return "".join(json.dumps(piece) + "\n" for piece in pieces)


THREE = lines(fields(1), fields(2, title=""), fields(3))


NEW = ("outlet The Outlet", "author Jo Doe", "topic Alliances", "program Asia Program")


class TestImport:
    def test_each_line_is_told_and_a_bad_one_is_refused_alone(self, shell: Shell) -> None:
        ran = shell("import", "jsonl", "-", given=THREE, code=1)
        assert [line for line in ran.lines if line.startswith("line ")] == [
            "line 1: added 1 “Piece 1”" + "".join(f"; new {name}" for name in NEW),
            "line 3: added 2 “Piece 3”",
        ]
        assert ran.stderr == "line 2: refused: title: must not be empty\n"
        assert ran.lines[-1].endswith("2 added, 0 updated, 0 unchanged, 1 refused.")

    def test_the_same_again_changes_nothing(self, shell: Shell) -> None:
        shell("import", "jsonl", "-", given=lines(fields(1)))
        again = shell("import", "jsonl", "-", given=lines(fields(1)))
        assert again.lines[-1].endswith("0 added, 0 updated, 1 unchanged, 0 refused.")

    def test_a_dry_run_tells_and_stores_nothing(self, shell: Shell) -> None:
        ran = shell("import", "jsonl", "-", "--dry-run", given=lines(fields(1)))
        assert ran.lines[-1].endswith(
            "1 added, 0 updated, 0 unchanged, 0 refused (dry run: nothing was stored)."
        )
        assert shell("list", "--json").json == []

    def test_quiet_leaves_refusals_and_sums(self, shell: Shell) -> None:
        ran = shell("import", "jsonl", "-", "--quiet", given=THREE, code=1)
        assert len(ran.lines) == 1
        assert len(ran.stderr.splitlines()) == 1

    def test_json_has_lines_and_sums(self, shell: Shell) -> None:
        document = shell("import", "jsonl", "-", "--json", given=THREE, code=1).json
        assert [line["outcome"] for line in document["lines"]] == ["added", "refused", "added"]
        assert set(document["lines"][0]) == {
            "line", "outcome", "id", "title", "reason", "changed", "created",
        }  # fmt: skip
        assert document["sums"]["refused"] == 1

    def test_nothing_to_import_is_a_document_too(self, shell: Shell) -> None:
        assert shell("import", "jsonl", "-", "--json").json["lines"] == []

    def test_a_file_that_is_not_there_is_wrong_usage(self, shell: Shell) -> None:
        assert "No such file" in shell("import", "csv", "nothing.csv", code=2).stderr

    def test_formats_are_closed(self, shell: Shell) -> None:
        assert "is not one of" in shell("import", "xml", "-", code=2).stderr


class TestExport:
    @pytest.mark.parametrize("format", ["jsonl", "csv", "authors", "topics", "programs", "outlets"])
    def test_what_is_exported_is_imported_as_the_same(self, shell: Shell, format: str) -> None:
        shell.add(1, "--program", "Asia Program")
        exported = shell("export", format).stdout
        again = shell("import", format, "-", "--json", given=exported).json
        assert {line["outcome"] for line in again["lines"]} == {"unchanged"}

    def test_to_a_file_that_appears_whole(self, shell: Shell, tmp_path: Path) -> None:
        shell.add(1)
        target = tmp_path / "pieces.jsonl"
        assert shell("export", "jsonl", "-o", str(target)).stdout == ""
        assert target.read_text() == shell("export", "jsonl").stdout
        assert [found.name for found in tmp_path.iterdir() if "pieces" in found.name] == ["pieces.jsonl"]

    def test_a_file_that_cannot_be_written_is_named(self, shell: Shell, tmp_path: Path) -> None:
        told = shell("export", "jsonl", "-o", str(tmp_path / "nowhere" / "pieces.jsonl"), code=1).stderr
        assert (
            told == f"Error: {tmp_path}/nowhere/pieces.jsonl cannot be written: No such file or directory.\n"
        )

    def test_the_newest_few(self, shell: Shell) -> None:
        for number in (1, 2, 3):
            shell.add(number, "--published", f"2024-06-0{number}")
        newest = shell("export", "jsonl", "--limit", "2").lines
        assert {json.loads(line)["title"] for line in newest} == {"Piece 3", "Piece 2"}
        assert "--limit goes with jsonl and csv" in shell("export", "opml", "--limit", "2", code=2).stderr

    def test_the_list_of_feeds(self, shell: Shell) -> None:
        shell.add(1)
        assert "https://institute.example/feeds/authors/jo-doe/atom.xml" in shell("export", "opml").stdout
