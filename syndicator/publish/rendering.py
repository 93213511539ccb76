"""Rendering what is to be rendered: by one process or two, the new files first, then what no longer belongs.

Knows in which order; must not know what has changed, nor when it is acknowledged.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from syndicator import times
from syndicator.catalogue import publication
from syndicator.catalogue.publication import PIECES, SITE
from syndicator.publish import heads
from syndicator.publish.bindery import Bindery, Here
from syndicator.publish.crew import Alone, Crew
from syndicator.publish.folder import Folder
from syndicator.publish.placer import Placer
from syndicator.publish.press import BATCH, Press
from syndicator.publish.spool import Spool
from syndicator.publish.stages import Progress, Stage
from syndicator.site import Site

# From here on rendering takes longer than starting a second process.
MANY_PIECES = 1_000
# Scopes and archives of one batch: few enough for progress to be seen and for two processes to end together.
SCOPES = 20


def render(
    site: Site,
    folder: Folder,
    lock: int,
    orphans: Sequence[str],
    now: str,
    progress: Progress,
    bindery: Bindery | None = None,
) -> None:
    """Renders what is to be rendered; once it all stands, removes what no longer belongs. A `bindery` that is there
    already makes the pages of all but a large publish.
    """
    with site.catalogue.snapshot() as connection:
        todo = publication.todo(connection)
        heads.import_compiled(json.loads(publication.heads(connection)))
        every_piece = publication.shown_pieces(connection) if PIECES in todo else []
        today = times.published_on(now, site.settings.zone)
        many = len(every_piece) > MANY_PIECES and bool(sys.executable)
        with (
            _pair(site, folder, lock, orphans, today)
            if many
            else _alone(site, folder, orphans, todo, today, bindery) as crew
        ):
            _render_todo(crew, todo, every_piece, progress)
            crew.press.health(now)
            crew.finish()
            folder.settle()
            folder.sweep(crew.press.leftovers)


@contextmanager
def _alone(
    site: Site,
    folder: Folder,
    orphans: Sequence[str],
    todo: dict[str, set[str]],
    today: str,
    bindery: Bindery | None,
) -> Iterator[Crew]:
    verify = not folder.trust_books
    folder.open(partial(Placer, str(site.feeds), folder.journal, verify=verify), orphans)
    with closing(Spool(lambda: _scratch(site.data))) as spool:
        touched = publication.touched(todo)
        bindery = bindery or Here(site.settings, folder)
        press = Press(
            site.catalogue.connection, site.settings, folder, spool, bindery, touched=touched, today=today
        )
        yield Alone(press, bindery, folder)


def _scratch(folder: Path) -> IO[bytes]:
    from tempfile import TemporaryFile  # Deferred: most often it is not needed.

    return TemporaryFile(dir=folder, buffering=0)


def _pair(
    site: Site, folder: Folder, lock: int, orphans: Sequence[str], today: str
) -> AbstractContextManager[Crew]:
    # Deferred: a small publish has no need of them.
    from syndicator.publish.courier import Courier
    from syndicator.publish.pair import pair

    courier = folder.open(
        partial(
            Courier,
            str(site.feeds),
            folder.journal,
            verify=not folder.trust_books,
            keep_open=lock,
        ),
        orphans,
    )
    return pair(
        site.catalogue.connection, site.settings, folder, courier, database=site.catalogue.path, today=today
    )


def _render_todo(crew: Crew, todo: dict[str, set[str]], every_piece: list[int], progress: Progress) -> None:
    everything = PIECES in todo
    press = crew.press
    pages = every_piece or sorted(publication.pieces_in(todo))
    scopes = {key: months for key, months in todo.items() if key != SITE and key.partition("/")[0] != PIECES}
    if everything:
        press.know_all_names()
        press.forgotten_pages()
    crew.share(Press.summary_pages, pages, BATCH, partial(progress, Stage.PAGES))
    if not everything:
        press.make_ready(press.awaited(scopes))
    crew.meet()
    crew.share(Press.newest, list(scopes), SCOPES, partial(progress, Stage.FEEDS))
    crew.share(Press.archives, press.archive_tasks(scopes), SCOPES, partial(progress, Stage.ARCHIVES))
    if SITE in todo:
        press.directory()
