"""`add`, `edit`, `show`, `list`, `retract`, `place`: pieces on the command line."""

import json
from pathlib import Path

import pytest

from tests.builders import make_site
from tests.cli.running import ADD, Shell, make_shell

FIELDS = {
    "id", "entry_id", "slug", "status", "title", "summary", "kind", "published", "authors", "featured", "topics",
    "programs", "placements", "source_id",
}  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return make_shell(tmp_path)


class TestAdd:
    def test_a_piece_is_recorded_and_told_with_what_is_new_and_what_is_next(self, shell: Shell) -> None:
        assert shell.add().lines == [
            "Recorded piece 1: “Piece 1” (The Outlet, 2024-06-16)",
            "  New outlet: The Outlet",
            "  New author: Jo Doe",
            "  New topic: Alliances",
            "Readers see it after `syndicator publish`.",
        ]

    def test_every_field_is_an_option(self, shell: Shell) -> None:
        options = [
            "--summary",
            "Words",
            "--featured",
            "Lin Wei",
            "--program",
            "Asia Program",
            "--kind",
            "Q&A",
        ]
        options += [
            "--source-id",
            "wp-1",
            "--published",
            "2024-06-16T13:30",
            "--author",
            "Al Roe",
            "--draft",
            "--json",
        ]
        piece = shell.add(1, *options).json
        assert piece.pop("created")[0] == ["outlet", "The Outlet"]
        assert piece == {
            "id": 1,
            "entry_id": "tag:institute.example,2024:pieces/1",
            "slug": "piece-1",
            "status": "draft",
            "title": "Piece 1",
            "summary": "<p>Words</p>",
            "kind": "q-and-a",
            "published": "2024-06-16T17:30:00Z",
            "authors": ["Jo Doe", "Al Roe"],
            "featured": ["Lin Wei"],
            "topics": ["Alliances"],
            "programs": ["Asia Program"],
            "placements": [
                {"url": "https://outlet.example/1", "outlet": "The Outlet", "relation": "original"}
            ],
            "source_id": "wp-1",
        }

    def test_without_a_date_it_is_of_today(self, shell: Shell) -> None:
        options = ["--no-fetch", "--title", "T", "--outlet", "The Outlet", "--json"]
        piece = shell("add", "https://outlet.example/1", *options).json
        assert len(piece["published"]) == len("2024-06-16")

    def test_a_duplicate_is_named(self, shell: Shell) -> None:
        shell.add(1)
        again = shell("add", "http://www.outlet.example/1?utm_source=x", *ADD, "--title", "T", code=1)
        assert again.stdout == ""
        assert again.stderr == (
            "Error: http://www.outlet.example/1 is already recorded as “Piece 1” (piece 1). "
            "See it with `syndicator show 1`, change it with `syndicator edit 1`.\n"
        )

    def test_all_problems_are_told_on_one_line(self, shell: Shell) -> None:
        wrong = ["--title", "", "--kind", "essay", "--published", "soon", "--author", " "]
        told = shell("add", "outlet", "--no-fetch", *wrong, code=1).stderr
        assert told.count("\n") == 1
        for field in ("title", "kind", "published", "authors[0]", "url"):
            assert f"{field}: " in told

    def test_pages_are_not_read_yet(self, shell: Shell) -> None:
        assert "add --no-fetch" in shell("add", "https://outlet.example/1", "--title", "T", code=2).stderr

    def test_the_audit_names_who_did_it(self, shell: Shell) -> None:
        shell.add(1)
        shell("edit", "1", "--title", "Other", SYNDICATOR_USER="Jo Doe")
        history = shell("show", "1", "--history", "--json").json["history"]
        assert [(row["who"], row["action"]) for row in history] == [("tester", "add"), ("Jo Doe", "edit")]
        assert (history[0]["before"], history[1]["after"]["title"]) == (None, "Other")


class TestEdit:
    @pytest.mark.parametrize(
        ("options", "field", "value"),
        [
            (["--title", "Other"], "title", "Other"),
            (["--topic", "NATO", "--topic", "China"], "topics", ["NATO", "China"]),
            (["--clear", "authors"], "authors", []),
            (["--clear", "summary"], "summary", ""),
            (["--status", "retracted"], "status", "retracted"),
            (["--slug", "other"], "slug", "other"),
            (["--source-id", "wp-1"], "source_id", "wp-1"),
            (["--kind", "Podcast"], "kind", "podcast"),
            (["--published", "2020-01-01"], "published", "2020-01-01"),
        ],
    )
    def test_what_is_said_changes_and_nothing_else(
        self, shell: Shell, options: list[str], field: str, value: object
    ) -> None:
        shell.add(1, "--summary", "Words")
        before = shell("show", "piece-1", "--json").json
        after = shell("edit", "piece-1", *options, "--json").json
        assert after.pop("outcome") == "updated"
        assert after == {key: before[key] for key in after} | {field: value}

    def test_the_same_again_is_unchanged(self, shell: Shell) -> None:
        shell.add(1)
        assert shell("edit", "1", "--title", "Piece 1").lines == [
            "Piece 1 unchanged: “Piece 1” (The Outlet, 2024-06-16)"
        ]

    @pytest.mark.parametrize(
        ("options", "outlet"),
        [
            (["--url", "https://outlet.example/moved"], "The Outlet"),
            (["--url", "https://other.example/moved", "--outlet", "The Other"], "The Other"),
            (["--url", "https://known.example/moved"], "Known"),
            (["--outlet", "The Other"], "The Other"),
        ],
    )
    def test_url_and_outlet_of_the_primary_placement(
        self, shell: Shell, options: list[str], outlet: str
    ) -> None:
        shell("outlet", "add", "Known", "--host", "known.example")
        shell.add(1)
        shell("place", "1", "https://reprints.example/1", "--outlet", "Reprints")
        placements = shell("edit", "1", *options, "--json").json["placements"]
        assert (placements[0]["outlet"], placements[1]["outlet"]) == (outlet, "Reprints")
        if options[0] == "--url":
            assert placements[0]["url"] == options[1]

    def test_a_url_of_an_unknown_host_asks_for_its_outlet(self, shell: Shell) -> None:
        shell.add(1)
        told = shell("edit", "1", "--url", "https://unknown.example/1", code=1).stderr
        assert "no outlet is known for unknown.example" in told

    def test_a_field_is_given_or_cleared(self, shell: Shell) -> None:
        shell.add(1)
        told = shell("edit", "1", "--author", "Al Roe", "--clear", "authors", code=2).stderr
        assert "Give authors, or clear it: not both." in told

    def test_something_has_to_be_said(self, shell: Shell) -> None:
        shell.add(1)
        assert "Say what to change" in shell("edit", "1", code=2).stderr

    def test_a_piece_that_is_not_there(self, shell: Shell) -> None:
        refused = shell("edit", "7", "--title", "Other", code=1)
        assert refused.stderr.startswith("Error: No piece is recorded as “7”. Give its id, slug or URL;")


class TestShow:
    def test_a_person_sees_what_there_is(self, shell: Shell) -> None:
        shell.add(1, "--featured", "Lin Wei", "--summary", "<p>Some <em>words</em></p>")
        shell("place", "1", "https://reprints.example/1", "--outlet", "Reprints", "--relation", "cross-post")
        shown = dict(line.split(None, 1) for line in shell("show", "1").lines if line.strip())
        assert shown["Title"] == "Piece 1"
        assert (shown["By"], shown["Featuring"]) == ("Jo Doe", "Lin Wei")
        assert shown["Original"] == "The Outlet https://outlet.example/1"
        assert shown["Cross-post"] == "Reprints https://reprints.example/1"
        assert (shown["Summary"], shown["Page"]) == ("Some words", "pieces/piece-1/")

    def test_history_says_what_changed(self, shell: Shell) -> None:
        shell.add(1)
        shell("edit", "1", "--title", "Other", "--topic", "NATO")
        last = shell("show", "1", "--history").lines[-1]
        assert last.endswith("  tester  edit  changed title, topics")

    @pytest.mark.parametrize("given", ["1", "piece-1", "https://www.outlet.example/1?utm_source=x"])
    def test_a_piece_has_several_handles(self, shell: Shell, given: str) -> None:
        shell.add(1)
        shown = shell("show", given, "--json").json
        assert set(shown) == FIELDS | {"created_at", "updated_at"}


class TestList:
    @pytest.fixture
    def filled(self, shell: Shell) -> Shell:
        shell("topic", "add", "NATO", "--parent", "Alliances")
        shell.add(1)
        shell.add(2, "--author", "Al Roe", "--kind", "podcast", "--published", "2025-02-03")
        shell.add(3, "--program", "Asia Program", "--draft", "--published", "2026-01-01T00:30")
        shell("edit", "3", "--topic", "NATO", "--clear", "authors", "--featured", "Al Roe")
        shell("place", "1", "https://reprints.example/1", "--outlet", "Reprints")
        return shell

    @pytest.mark.parametrize(
        ("options", "ids"),
        [
            ([], [3, 2, 1]),
            (["--author", "al roe"], [3, 2]),
            (["--author", "Al Roe", "--author", "Jo Doe"], [3, 2, 1]),
            (["--author", "Al Roe", "--topic", "NATO"], [3]),
            (["--topic", "Alliances"], [3, 2, 1]),
            (["--topic", "nato"], [3]),
            (["--program", "Asia Program"], [3]),
            (["--outlet", "Reprints"], [1]),
            (["--kind", "podcast"], [2]),
            (["--kind", "OP-ED"], []),
            (["--status", "draft"], [3]),
            (["--since", "2025-02-03"], [3, 2]),
            (["--until", "2025-02-03"], [2, 1]),
            (["--since", "2025-02-04", "--until", "2025-12-31"], []),
            (["--since", "2026-01-01"], [3]),
            (["--search", "piece"], [3, 2, 1]),
            (["--search", "piece 2"], [2]),
            (["--search", "roe"], [3, 2]),
            (["--search", "nothing such"], []),
            (["--limit", "2"], [3, 2]),
            (["--until", "9998-12-31"], [3, 2, 1]),
        ],
    )
    def test_filters_narrow_it_down(self, filled: Shell, options: list[str], ids: list[int]) -> None:
        assert [piece["id"] for piece in filled("list", *options, "--json").json] == ids

    def test_json_has_the_fields_of_an_import_with_id_slug_and_status(self, filled: Shell) -> None:
        assert all(set(piece) == FIELDS for piece in filled("list", "--json").json)

    def test_what_is_listed_can_be_imported(self, filled: Shell) -> None:
        listed = filled("list", "--json").json
        lines = "".join(json.dumps(piece) + "\n" for piece in listed)
        report = filled("import", "jsonl", "-", "--json", given=lines).json
        assert report["sums"]["unchanged"] == 3

    def test_in_a_pipe_it_is_tab_separated(self, filled: Shell) -> None:
        assert filled("list", "--status", "published").lines == [
            "2\t2025-02-03\tpublished\tpodcast\tPiece 2\tJo Doe, Al Roe\tThe Outlet",
            "1\t2024-06-16\tpublished\tarticle\tPiece 1\tJo Doe\tThe Outlet",
        ]

    def test_nothing_is_an_empty_list(self, shell: Shell) -> None:
        assert (shell("list").stdout, shell("list", "--json").json) == ("", [])

    @pytest.mark.parametrize(
        ("options", "sentence", "code"),
        [
            (["--author", "Nobody"], "There is no author “Nobody”.", 1),
            (["--kind", "essay"], "“essay” is not a kind", 2),
            (["--since", "soon"], "“soon” is not a date", 2),
            (["--since", "2024-06-16T13:30"], "a day is meant", 2),
            (["--until", "9999-12-31"], "the year 9999 is out of range", 2),
            (["--since", "0001-01-01"], "the year 1 is out of range", 2),
            (["--limit", "0"], "is not in the range", 2),
            (["--status", "live"], "is not one of", 2),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, filled: Shell, options: list[str], sentence: str, code: int
    ) -> None:
        assert sentence in filled("list", *options, code=code).stderr


class TestRetractAndPlace:
    def test_a_piece_goes_once_and_may_come_back(self, shell: Shell) -> None:
        shell.add(1)
        assert shell("retract", "1").lines == [
            "Retracted piece 1: “Piece 1” (The Outlet, 2024-06-16); changed: status",
            "Readers see it after `syndicator publish`.",
        ]
        assert shell("retract", "1").stdout.startswith("Piece 1 was retracted before")
        assert shell("retract", "1", "--json").json["outcome"] == "unchanged"
        assert shell("edit", "1", "--status", "published", "--json").json["status"] == "published"

    def test_a_further_placement(self, shell: Shell) -> None:
        shell.add(1)
        placed = shell("place", "1", "https://reprints.example/1", "--outlet", "Reprints")
        assert placed.lines == [
            "Piece 1 now has 2 placements: “Piece 1” (The Outlet, 2024-06-16); changed: placements",
            "  New outlet: Reprints",
            "Readers see it after `syndicator publish`.",
        ]
        again = shell("place", "1", "https://reprints.example/1", code=1)
        assert "is already recorded as “Piece 1” (piece 1)" in again.stderr
        back = shell("place", "1", "https://reprints.example/1", "--remove")
        assert back.lines[0].startswith("Piece 1 now has 1 placement: ")
        gone = shell("place", "1", "https://reprints.example/1", "--remove", code=1)
        assert "Piece 1 has no further placement at https://reprints.example/1." in gone.stderr

    def test_a_piece_that_lies_ahead_says_when_it_appears(self, shell: Shell) -> None:
        told = shell.add(1, "--published", "2999-01-01T09:30")
        assert "It appears at the first `syndicator publish` from 2999-01-01 09:30 on." in told.lines

    def test_a_piece_without_placements_is_shown_and_mended(self, shell: Shell) -> None:
        """Another tool may have taken them away."""
        shell.add(1)
        site = make_site(shell.folder)
        site.catalogue.connection.execute("DELETE FROM placements")
        site.catalogue.close()
        assert shell("list").lines[0].endswith("Jo Doe\t")
        assert "placements: needs at least one" in shell("retract", "1", code=1).stderr
        mended = shell(
            "edit", "1", "--url", "https://outlet.example/new", "--outlet", "The Outlet", "--json"
        ).json
        assert mended["placements"][0]["url"] == "https://outlet.example/new"
