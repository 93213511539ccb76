"""Refusals: the message is the sentence that the person reads, with the next step."""

from pathlib import Path

import pytest

from syndicator.errors import (
    AlreadyRecorded,
    CatalogueBusy,
    Problem,
    PublishBusy,
    SettingsRefused,
    SiteExists,
    SiteNotFound,
    SubmissionRefused,
    SyndicatorError,
    URLRefused,
)

HERE = Path("demo")


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (SyndicatorError("It is so.", hint="Do this."), "It is so. Do this."),
        (SyndicatorError("It is so."), "It is so."),
        (SettingsRefused(HERE, ["one", "two"]), "demo: one; two"),
        (
            SubmissionRefused([Problem("title", "is missing"), Problem("", "all wrong")]),
            "title: is missing; all wrong",
        ),
        (
            AlreadyRecorded(7, "A title", "https://a.example/", "published"),
            (
                "https://a.example/ is already recorded as “A title” (piece 7). "
                "See it with `syndicator show 7`, change it with `syndicator edit 7`."
            ),
        ),
        (
            PublishBusy(30),
            (
                "Another publish of this site is running (waited 30 s); nothing was written. "
                "It will publish what it found; run publish again afterwards."
            ),
        ),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(refusal: SyndicatorError, told: str) -> None:
    assert str(refusal) == told


@pytest.mark.parametrize("refusal", [SiteNotFound(HERE), SiteExists(HERE), CatalogueBusy(HERE)])
def test_where_there_is_a_next_step_it_is_named(refusal: SyndicatorError) -> None:
    assert refusal.hint
    assert str(refusal) == f"{refusal.message} {refusal.hint}"
    assert "demo" in refusal.message


def test_a_piece_that_readers_do_not_see_is_named_with_its_status() -> None:
    assert "(piece 7, draft)" in str(AlreadyRecorded(7, "A title", "https://a.example/", "draft"))


def test_what_was_given_as_a_url_is_shown_short_and_printable() -> None:
    told = str(URLRefused("java\x1b\udcffscript:" + "x" * 200, "no page"))
    assert told.startswith("“java\\x1b\\udcffscript:xxx")
    assert told.endswith("…” is not a usable URL: no page")
    assert len(told) < 150
