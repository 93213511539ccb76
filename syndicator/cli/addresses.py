"""`url`: what becomes of a URL, and why."""

import json
import sys
from typing import IO

import click

from syndicator import text, urls
from syndicator.cli.output import json_option, print_json, say
from syndicator.errors import URLRefused


@click.command()
@click.argument("given", nargs=-1, metavar="URL...")
@click.option(
    "--jsonl",
    "lines",
    type=click.File("rb"),
    help='Read lines {"id","url"} (“-” is standard input); write {"id","url","href"} for each.',
)
@json_option
def url(given: tuple[str, ...], lines: IO[bytes] | None, as_json: bool) -> None:
    """Show what becomes of URLs: the clean form that readers get, the canonical key, and each step with its reason.

    \b
    Examples:
      syndicator url 'https://www.google.com/url?q=https%3A%2F%2Fwarontherocks.com%2F2024%2F01%2Fa%2F%3Futm_source%3Dx'
      syndicator url --jsonl - < urls.jsonl
    """
    if lines is not None:
        _answer_lines(lines)
        return
    if not given:
        raise click.UsageError("Give at least one URL, or --jsonl FILE.")
    found = [_described(address) for address in given]
    if as_json:
        print_json(found)
    else:
        for description in found:
            _show(description)
    if any("refused" in description for description in found):
        raise click.exceptions.Exit(1)


def _described(given: str) -> dict[str, object]:
    try:
        clean = urls.clean(given)
    except URLRefused as refusal:
        return {"given": given, "refused": refusal.reason}
    steps = [{"rule": s.rule, "before": s.before, "after": s.after, "why": s.why} for s in clean.steps]
    return {"given": given, "url": clean.url, "key": clean.key, "href": clean.href, "steps": steps}


def _show(description: dict[str, object]) -> None:
    say(f"{text.one_line(str(description['given']))}")
    if "refused" in description:
        say(f"  refused: {description['refused']}")
        return
    say(f"  readers get  {description['url']}")
    say(f"  compared as  {description['key']}")
    steps = description["steps"]
    for step in steps if isinstance(steps, list) else []:
        say(f"  - {step['rule']}: {step['why']}")


def _answer_lines(lines: IO[bytes]) -> None:
    """One answer a line; a line that asks nothing is answered as well, and in the end makes for exit code 1."""
    unreadable = False
    for line in lines:
        if line.strip():
            answer, asked = _line(line)
            unreadable |= not asked
            sys.stdout.write(json.dumps(answer) + "\n")
    if unreadable:
        raise click.exceptions.Exit(1)


def _line(line: bytes) -> tuple[dict[str, object], bool]:
    """The answer to a line, and whether it asked for a URL; what is no URL of a page has none, and is told why."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    asked = asked if isinstance(asked, dict) else {}
    answer: dict[str, object] = {"id": asked.get("id"), "url": None, "href": None}
    given = asked.get("url")
    if not isinstance(given, str):
        return answer | {"refused": 'the line is not an object {"id", "url"} with text for a URL'}, False
    answer["href"] = urls.href(given)
    try:
        answer["url"] = urls.clean(given).key
    except URLRefused as refusal:
        answer["refused"] = refusal.reason
    return answer, True
