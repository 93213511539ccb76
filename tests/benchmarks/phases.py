"""One measured step in a process of its own: `python -m tests.benchmarks.phases STEP FOLDER …` prints one JSON line."""

import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from syndicator import desk, publish, times, transfer
from syndicator.catalogue import publication
from syndicator.model.records import Noun
from syndicator.model.scopes import FEED_FORMATS
from syndicator.publish import stock
from syndicator.publish.courier import Courier
from syndicator.publish.edition import edition_of
from syndicator.publish.folder import Folder
from syndicator.publish.pair import pair
from syndicator.publish.press import BATCH, Press
from syndicator.publish.rendering import SCOPES
from syndicator.site import Site, open_site
from syndicator.transfer import Row
from tests.benchmarks import rivals, synthetic


def _rows(fields: Iterable[dict[str, Any]]) -> Iterator[Row]:
    for line, given in enumerate(fields, start=1):
        yield Row(line, given)


def fill(site: Site, pieces: str) -> dict[str, Any]:
    """Imports topics, then the pieces as lines of a file."""
    shape = synthetic.Shape().scaled(int(pieces))
    transfer.import_names(site, Noun.TOPICS, _rows(synthetic.topics(shape)), source="synthetic")
    lines = site.folder / "pieces.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(piece) + "\n" for piece in synthetic.pieces(shape))
    started = time.perf_counter()
    with lines.open("rb") as source:
        report = transfer.import_pieces(site, transfer.read_jsonl(source), source="synthetic")
    assert report.added == int(pieces), report
    return {"seconds": time.perf_counter() - started}


def feeds(site: Site) -> dict[str, Any]:
    """The current documents of every scope, and nothing else: read, rendered, compared, written."""
    started = time.perf_counter()
    with site.catalogue.write() as connection:
        stock.take(
            connection,
            edition=edition_of(site.settings),
            now=times.stamp(site.clock()),
            zone=site.settings.zone,
            whole=True,
        )
    journal = site.data / "only-feeds.journal"
    folder = Folder(site.folder / "only-feeds", journal, trust_books=False)
    with (
        closing(folder),
        journal.open("a") as lock,
        site.catalogue.snapshot() as connection,
        pair(
            connection,
            site.settings,
            folder,
            folder.open(
                lambda: Courier(
                    f"{site.folder}/only-feeds", str(journal), verify=True, keep_open=lock.fileno()
                )
            ),
            database=site.catalogue.path,
            today=times.published_on(times.stamp(site.clock()), site.settings.zone),
            formats=FEED_FORMATS,
        ) as crew,
    ):
        crew.press.know_all_names()
        scopes = [key for key in publication.todo(connection) if key not in ("pieces", "site")]
        crew.share(Press.make_ready, crew.press.awaited(scopes), BATCH, _unwatched)
        crew.meet()
        crew.share(Press.newest, scopes, SCOPES, _unwatched)
        crew.finish()
        folder.settle()
    return {"seconds": time.perf_counter() - started, "files": folder.written, "megabytes": _second_process()}


def _unwatched(done: int, total: int) -> None:
    """Nobody looks at how far it is."""


def _second_process() -> float:
    """Peak memory of the second process that rendered, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def everything(site: Site) -> dict[str, Any]:
    """A whole publish into an empty folder."""
    started = time.perf_counter()
    published = publish.refresh(site)
    return {
        "seconds": time.perf_counter() - started,
        "files": published.written,
        "megabytes": _second_process(),
    }


def prepare(site: Site) -> dict[str, Any]:
    """Gives every scope its feed id, which the first publish does once in the life of a site."""
    desk.adopt(site, zone_changed=True)
    return {}


def feedgen(site: Site) -> dict[str, Any]:
    """The rival, for the same feeds."""
    folder = site.folder
    site.catalogue.close()
    shown, found = rivals.windows(folder)
    return {
        "seconds": rivals.plain_feedgen(shown, found),
        "once": rivals.feedgen_rendering(shown, found),
        "feeds": len(shown),
        "slots": sum(map(len, shown.values())),
        "entries": len(found),
    }


def insert_all(site: Site) -> dict[str, Any]:
    """The rival of the import."""
    seconds, rows = rivals.plain_insert_all(site.folder / "data" / "syndicator.db", site.folder / "plain.db")
    return {"seconds": seconds, "rows": rows}


STEPS = {step.__name__: step for step in (fill, prepare, feeds, everything, feedgen, insert_all)}


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](open_site(Path(sys.argv[2])), *sys.argv[3:])))  # noqa: T201
