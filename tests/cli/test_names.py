"""`author`, `topic`, `program`, `outlet`: the same five verbs each."""

from pathlib import Path

import pytest

from tests.cli.running import Shell, make_shell

NOUNS = ("author", "topic", "program", "outlet")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return make_shell(tmp_path)


@pytest.mark.parametrize("noun", NOUNS)
class TestEveryNoun:
    def test_add_list_rename_merge(self, shell: Shell, noun: str) -> None:
        assert shell(noun, "add", "Old Name").lines == [
            f"Added {noun}: Old Name (feeds at {noun}s/old-name/)"
        ]
        shell(noun, "add", "Other", "--alias", "Another")
        renamed = shell(noun, "rename", "old name", "New Name")
        assert renamed.lines == [f"Renamed {noun}: New Name (feeds at {noun}s/new-name/)"]
        assert shell(noun, "rename", "New Name", "New Name").stdout.startswith(f"Unchanged {noun}: New Name")
        merged = shell(noun, "merge", "Another", "Old Name")
        assert merged.lines == [f"Merged “Other” into: New Name (feeds at {noun}s/new-name/)"]
        (only,) = shell(noun, "list", "--json").json
        assert (only["name"], only["slug"], only["pieces"]) == ("New Name", "new-name", 0)
        assert set(only["aliases"]) == {"Old Name", "Other", "Another"}
        assert set(only["old_slugs"]) == {"old-name", "other"}

    def test_edit_replaces_lists(self, shell: Shell, noun: str) -> None:
        shell(noun, "add", "A Name", "--alias", "One", "--alias", "Two")
        edited = shell(noun, "edit", "a-name", "--alias", "Three", "--json").json
        assert edited["aliases"] == ["Three"]
        assert shell(noun, "edit", "A Name", "--alias", "Three").stdout.startswith(
            f"Unchanged {noun}: A Name"
        )
        assert "Say what to change" in shell(noun, "edit", "A Name", code=2).stderr

    def test_a_merge_can_be_looked_at_first(self, shell: Shell, noun: str) -> None:
        shell.add(1, "--program", "Asia Program")
        name = {"author": "Jo Doe", "topic": "Alliances", "program": "Asia Program", "outlet": "The Outlet"}[
            noun
        ]
        shell(noun, "add", "Target")
        before = shell(noun, "list", "--json").stdout
        preview = shell(noun, "merge", name, "Target", "--dry-run").stdout
        assert preview.startswith(f"“{name}” (1 pieces) would become “Target” (0 pieces);")
        document = shell(noun, "merge", name, "Target", "--dry-run", "--json").json
        assert (document["source"]["name"], document["target"]["name"], document["pieces"]) == (
            name,
            "Target",
            1,
        )
        assert shell(noun, "list", "--json").stdout == before

    def test_what_is_known_is_refused(self, shell: Shell, noun: str) -> None:
        shell(noun, "add", "A Name", "--alias", "One")
        assert f"is recorded already as {noun} “A Name” (a-name)" in shell(noun, "add", "ONE", code=1).stderr
        assert shell(noun, "list").lines[0].split("\t")[1:4] == ["A Name", f"{noun}s/a-name/", "0"]

    def test_what_is_unknown_is_refused_with_what_is_near(self, shell: Shell, noun: str) -> None:
        shell(noun, "add", "A Name")
        for verb in (
            ["rename", "A Nam", "Other"],
            ["merge", "A Nam", "A Name"],
            ["edit", "A Nam", "--alias", "x"],
        ):
            refused = shell(noun, *verb, code=1)
            assert refused.stderr == f"Error: There is no {noun} “A Nam”. Did you mean “A Name”?\n"
            assert refused.stdout == ""


class TestWhatOnlySomeHave:
    def test_an_author_has_a_role_and_a_page(self, shell: Shell) -> None:
        options = ["--role", "Fellow", "--url", "https://institute.example/jo"]
        added = shell("author", "add", "Jo Doe", *options, "--json").json
        assert (added["role"], added["url"]) == ("Fellow", "https://institute.example/jo")
        emptied = shell("author", "edit", "Jo Doe", "--role", "", "--url", "", "--json").json
        assert (emptied["role"], emptied["url"]) == ("", None)

    def test_a_topic_lies_below_another(self, shell: Shell) -> None:
        assert shell("topic", "add", "Taiwan", "--parent", "China", "--json").json["parent"] == "China"
        assert [line.split("\t")[1::3] for line in shell("topic", "list").lines] == [
            ["China", ""],
            ["Taiwan", "China"],
        ]
        assert "lies below" in shell("topic", "edit", "China", "--parent", "Taiwan", code=1).stderr
        assert shell("topic", "edit", "Taiwan", "--parent", "", "--json").json["parent"] is None

    def test_an_outlet_has_hosts_that_propose_it(self, shell: Shell) -> None:
        hosts = ["--host", "https://www.lawfaremedia.org", "--host", "lawfareblog.com"]
        assert shell("outlet", "add", "Lawfare", *hosts, "--json").json["hosts"] == [
            "lawfaremedia.org", "lawfareblog.com",
        ]  # fmt: skip
        added = shell("add", "https://www.lawfareblog.com/x", "--no-fetch", "--title", "T", "--json").json
        assert added["placements"][0]["outlet"] == "Lawfare"

    def test_options_of_another_noun_are_wrong_usage(self, shell: Shell) -> None:
        assert "No such option" in shell("topic", "add", "China", "--role", "Fellow", code=2).stderr
