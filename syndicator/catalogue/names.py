"""Authors, outlets, topics and programs: what is known by a name, its aliases, slugs and hosts.

Knows how they are stored and found; must not know who may rename or merge them.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from syndicator.model.records import Name, Noun
from syndicator.text import fold

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a noun has beside name and slug, and the column that points at it from aliases and old_slugs.
_OWN_COLUMNS = {
    Noun.AUTHORS: ("role", "url"),
    Noun.OUTLETS: ("url",),
    Noun.TOPICS: ("parent_id",),
    Noun.PROGRAMS: ("url",),
}
# The table that puts a noun on pieces, and whether two rows of one piece may come to the same row in a merge.
_USES = {
    Noun.AUTHORS: ("credits", True),
    Noun.OUTLETS: ("placements", False),
    Noun.TOPICS: ("piece_topics", True),
    Noun.PROGRAMS: ("piece_programs", True),
}


def _column(noun: Noun) -> str:
    return f"{noun.singular}_id"


def every(connection: sqlite3.Connection, noun: Noun) -> list[Name]:
    """All of a noun, by name."""
    return _read(connection, noun, "")


def get(connection: sqlite3.Connection, noun: Noun, name_id: int) -> Name | None:
    """One of a noun by its id."""
    return next(iter(_read(connection, noun, "WHERE id = ?", (name_id,))), None)


def _read(
    connection: sqlite3.Connection, noun: Noun, where: str, values: Sequence[object] = ()
) -> list[Name]:
    own = _OWN_COLUMNS[noun]
    rows = connection.execute(
        f"SELECT id, name, slug, created_at, updated_at, {', '.join(own)} FROM {noun} {where}", values
    ).fetchall()
    ids = [row[0] for row in rows] if where else None
    aliases = _lists(connection, "aliases", "alias", _column(noun), ids)
    slugs = _lists(connection, "old_slugs", "slug", _column(noun), ids)
    hosts = _lists(connection, "outlet_hosts", "host", "outlet_id", ids) if noun is Noun.OUTLETS else {}
    names = [
        Name(
            noun=noun,
            id=name_id,
            name=name,
            slug=slug,
            created_at=created_at,
            updated_at=updated_at,
            aliases=tuple(aliases.get(name_id, ())),
            old_slugs=tuple(slugs.get(name_id, ())),
            hosts=tuple(hosts.get(name_id, ())),
            **dict(zip(own, rest, strict=True)),
        )
        for name_id, name, slug, created_at, updated_at, *rest in rows
    ]
    return sorted(names, key=lambda name: (fold(name.name), name.id))


def _lists(
    connection: sqlite3.Connection, table: str, value: str, owner: str, ids: list[int] | None
) -> dict[int, list[str]]:
    where = f"{owner} IS NOT NULL" if ids is None else f"{owner} IN ({', '.join('?' * len(ids))})"
    found: dict[int, list[str]] = {}
    for owner_id, text in connection.execute(
        f"SELECT {owner}, {value} FROM {table} WHERE {where} ORDER BY id", ids or ()
    ):
        found.setdefault(owner_id, []).append(text)
    return found


def folded(connection: sqlite3.Connection, noun: Noun) -> dict[str, int]:
    """Every name and alias of a noun, case-folded, with the id it stands for; names win over aliases."""
    found = {
        fold(alias): owner
        for owner, alias in connection.execute(
            f"SELECT {_column(noun)}, alias FROM aliases WHERE {_column(noun)} IS NOT NULL"
        )
    }
    found.update(
        (fold(name), name_id) for name_id, name in connection.execute(f"SELECT id, name FROM {noun}")
    )
    return found


def spelled(connection: sqlite3.Connection, noun: Noun) -> dict[int, str]:
    """Every name of a noun as it is written, by id."""
    return dict(connection.execute(f"SELECT id, name FROM {noun}").fetchall())


def by_slug(connection: sqlite3.Connection, noun: Noun, slug: str) -> int | None:
    """The id behind a slug, be it today's or an older one."""
    row = connection.execute(
        f"SELECT id FROM {noun} WHERE slug = ? UNION ALL "
        f"SELECT {_column(noun)} FROM old_slugs WHERE slug = ? AND {_column(noun)} IS NOT NULL LIMIT 1",
        (slug, slug),
    ).fetchone()
    return int(row[0]) if row else None


def outlets_by_host(connection: sqlite3.Connection, hosts: Iterable[str]) -> list[int]:
    """The outlets that have the first of the hosts which any outlet has."""
    for host in hosts:
        rows = connection.execute(
            "SELECT outlet_id FROM outlet_hosts WHERE host = ? ORDER BY outlet_id", (host,)
        ).fetchall()
        if rows:
            return [row[0] for row in rows]
    return []


def insert(db: "Database", noun: Noun, name: str, slug: str, at: str) -> int:
    """A new row with nothing but its name."""
    row = {"name": name, "slug": slug, "created_at": at, "updated_at": at}
    db.table(noun.value).insert(row)
    return int(db.conn.execute("SELECT last_insert_rowid()").fetchone()[0])


def update(db: "Database", noun: Noun, name_id: int, at: str, **changes: object) -> None:
    """Changes columns of one row; the schema keeps an older slug."""
    db.table(noun.value).update(name_id, {**changes, "updated_at": at})


def set_aliases(db: "Database", noun: Noun, name_id: int, aliases: Sequence[str]) -> None:
    """These and no other aliases."""
    _set_list(db, "aliases", _column(noun), name_id, "alias", aliases)


def set_hosts(db: "Database", outlet_id: int, hosts: Sequence[str]) -> None:
    """These and no other hosts of an outlet."""
    _set_list(db, "outlet_hosts", "outlet_id", outlet_id, "host", hosts)


def set_old_slugs(db: "Database", noun: Noun, name_id: int, slugs: Sequence[str]) -> None:
    """These and no other older slugs."""
    _set_list(db, "old_slugs", _column(noun), name_id, "slug", slugs)


def _set_list(
    db: "Database", table: str, owner: str, owner_id: int, column: str, values: Sequence[str]
) -> None:
    db.table(table).delete_where(f"{owner} = ?", [owner_id])
    db.table(table).insert_all({owner: owner_id, column: value} for value in values)


def merge(db: "Database", noun: Noun, source: Name, target: Name) -> None:
    """Everything of the source becomes the target's: uses, aliases, hosts, slugs; the source's row goes."""
    table, clashes = _USES[noun]
    column = _column(noun)
    both = {"source": source.id, "target": target.id, "slug": source.slug}
    if noun is Noun.TOPICS:
        db.conn.execute(
            "UPDATE topics SET parent_id = (SELECT parent_id FROM topics WHERE id = :source) "
            "WHERE id = :target AND :source IN (SELECT above_id FROM topics_above WHERE topic_id = :target)",
            both,
        )
        db.conn.execute("UPDATE topics SET parent_id = :target WHERE parent_id = :source", both)
    if noun is Noun.AUTHORS:  # Whoever wrote a piece is not demoted to featured by a merge.
        db.conn.execute(
            "DELETE FROM credits WHERE author_id = :target AND credit = 'featured' AND piece_id IN "
            "(SELECT piece_id FROM credits WHERE author_id = :source AND credit = 'author')",
            both,
        )
    if clashes:
        db.conn.execute(
            f"DELETE FROM {table} WHERE {column} = :source "
            f"AND piece_id IN (SELECT piece_id FROM {table} WHERE {column} = :target)",
            both,
        )
    db.conn.execute(f"UPDATE {table} SET {column} = :target WHERE {column} = :source", both)
    if noun is Noun.OUTLETS:
        db.conn.execute(
            "UPDATE OR IGNORE outlet_hosts SET outlet_id = :target WHERE outlet_id = :source", both
        )
        for said in ("overrides", "intervals"):
            db.conn.execute(
                f"UPDATE OR IGNORE {said} SET outlet_id = :target WHERE outlet_id = :source", both
            )
    db.conn.execute(f"UPDATE aliases SET {column} = :target WHERE {column} = :source", both)
    db.conn.execute(f"UPDATE old_slugs SET {column} = :target WHERE {column} = :source", both)
    db.conn.execute(f"DELETE FROM {noun} WHERE id = :source", both)
    db.conn.execute(f"INSERT INTO old_slugs (slug, {column}) VALUES (:slug, :target)", both)
    db.conn.execute("DELETE FROM feeds WHERE scope = ?", (f"{noun}/{source.id}",))


def slug_is_free(connection: sqlite3.Connection, noun: Noun, slug: str, but: int | None = None) -> bool:
    """Whether no other row has or had the slug."""
    holder = by_slug(connection, noun, slug)
    return holder is None or holder == but


def add_host(connection: sqlite3.Connection, outlet_id: int, host: str) -> None:
    """One more host of an outlet."""
    connection.execute("INSERT INTO outlet_hosts (outlet_id, host) VALUES (?, ?)", (outlet_id, host))


def named(connection: sqlite3.Connection, noun: Noun, wanted: Sequence[str]) -> list[Name]:
    """Those of a noun with exactly these names."""
    found = _read(
        connection, noun, "WHERE name IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)
    )
    if len(found) == len(set(wanted)):
        return found
    # One that another tool stored in bytes that are no UTF-8 is itself only as it is read.
    known = set(wanted)
    return [name for name in every(connection, noun) if name.name in known]


def uses(connection: sqlite3.Connection, noun: Noun) -> dict[int, int]:
    """On how many pieces each of a noun stands."""
    table, _ = _USES[noun]
    return dict(
        connection.execute(
            f"SELECT {_column(noun)}, count(DISTINCT piece_id) FROM {table} GROUP BY 1"
        ).fetchall()
    )


def topics_below(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """The topics with all that lie below them."""
    rows = connection.execute(
        "SELECT DISTINCT topic_id FROM topics_above WHERE above_id IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (json.dumps(list(ids)),),
    )
    return [row[0] for row in rows]
