"""`url`: what becomes of a URL, and why – for people, as a document, and line by line."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Shell

WRAPPED = "https://www.google.com/url?q=https%3A%2F%2Fwww.outlet.example%2Fa%2F%3Futm_source%3Dx&sa=D"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """No site is needed."""
    return Shell(tmp_path / "nowhere")


def test_a_person_sees_what_readers_get_what_is_compared_and_each_step(shell: Shell) -> None:
    lines = shell("url", WRAPPED).lines
    assert lines[:3] == [
        WRAPPED,
        "  readers get  https://www.outlet.example/a/",
        "  compared as  https://outlet.example/a",
    ]
    assert [line.partition(":")[0] for line in lines[3:5]] == ["  - wrapper", "  - utm"]


def test_a_document_has_an_object_a_url(shell: Shell) -> None:
    first, second = shell("url", WRAPPED, "javascript:alert(1)", "--json", code=1).json
    assert set(first) == {"given", "url", "key", "href", "steps"}
    assert set(first["steps"][0]) == {"rule", "before", "after", "why"}
    assert set(second) == {"given", "refused"}


def test_what_is_no_page_is_refused_after_the_rest_was_shown(shell: Shell) -> None:
    ran = shell("url", "mailto:jo@outlet.example", "https://outlet.example/", code=1)
    assert ran.lines[1].startswith("  refused: ")
    assert "  readers get  https://outlet.example/" in ran.lines


def test_lines_are_answered_one_by_one(shell: Shell) -> None:
    given = [{"id": 1, "url": WRAPPED}, {"id": "b", "url": "nothing"}, {"url": "HTTP://Outlet.example:80/a"}]
    ran = shell("url", "--jsonl", "-", given="\n".join(map(json.dumps, given)) + "\n\n")
    answers = [json.loads(line) for line in ran.lines]
    assert [answer["id"] for answer in answers] == [1, "b", None]
    assert [answer["url"] for answer in answers] == [
        "https://outlet.example/a",
        None,
        "https://outlet.example/a",
    ]
    assert answers[1]["href"] is None
    assert answers[1]["refused"]
    assert answers[2]["href"] == "http://outlet.example/a"


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"id": 1}', '{"url": 7}', '"x"', "[" * 100_000, "\udcff"])
def test_a_line_of_another_shape_is_answered_as_well(shell: Shell, line: str) -> None:
    """The others are answered all the same; in the end it makes for exit code 1."""
    good = json.dumps({"id": 1, "url": "https://outlet.example/"})
    given = f"{good}\n{line}\n{good}\n".encode(errors="surrogateescape")
    ran = shell("url", "--jsonl", "-", given=given, code=1)
    first, other, last = map(json.loads, ran.lines)
    assert first["url"] == last["url"] == "https://outlet.example/"
    assert other["url"] is None
    assert "the line is not an object" in other["refused"]


def test_something_has_to_be_given(shell: Shell) -> None:
    assert "Give at least one URL" in shell("url", code=2).stderr
