"""Bytes that are kept once by their hash, whoever shares them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa

from briefing.store.database import Database, insert
from briefing.store.tables import edition_articles, edition_files, outbox_pieces
from briefing.store.tables import parts as table

_USERS = (outbox_pieces.c.sha256, edition_files.c.sha256, edition_articles.c.sha256)
IN_PIECES = {"yield_per": 100}  # for results that are larger than memory may be
_AT_ONCE = 50  # parts in one statement: some megabytes


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def alone(connection: sa.Connection) -> None:
    """Waits until no other transaction writes parts: the first thing of each that does.

    On SQLite it is alone anyway. On PostgreSQL two could wait for each other's parts for ever, or one use a part that
    the other deletes because nobody uses it.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE parts IN SHARE ROW EXCLUSIVE MODE")


def keep(connection: sa.Connection, contents: Iterable[tuple[str, bytes]]) -> None:
    """Keeps each ``(sha256, content)`` that is not there yet."""
    rows = [{"sha256": name, "content": content} for name, content in dict(contents).items()]
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(insert(connection, table).on_conflict_do_nothing(), rows[start : start + _AT_ONCE])


def sweep(connection: sa.Connection) -> int:
    """Deletes the parts that nobody uses; how many these were."""
    used = [sa.exists().where(column == table.c.sha256) for column in _USERS]
    return connection.execute(sa.delete(table).where(~sa.or_(*used))).rowcount


def damaged(database: Database) -> list[tuple[str, str]]:
    """The parts whose bytes are not those that were kept: their names, and what they hash to now."""
    query = sa.select(table.c.sha256, table.c.content)
    with database.reading() as connection, connection.execute(query, execution_options=IN_PIECES) as rows:
        return [(name, actual) for name, content in rows if (actual := sha256(content)) != name]
