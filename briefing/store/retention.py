"""What is kept for a stated time only, and whether what is kept is whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from briefing.editions import MailState
from briefing.errors import StoreError
from briefing.store import mails, parts
from briefing.store.database import Database
from briefing.store.editions import UNFINISHED
from briefing.store.tables import (
    edition_articles,
    edition_facts,
    edition_files,
    editions,
    micros,
    outbox,
    outbox_pieces,
    subscribers,
    suppressions,
    workers,
)

# What is queued is still to be sent, and what is uncertain waits for a person.
_ENDED = (MailState.SENT, MailState.FAILED, MailState.CANCELLED)


class Purged(NamedTuple):
    """How many mails lost their bytes and addresses, editions their files, and people who had left are gone.

    ``parts`` counts the texts and files that nobody used any more.
    """

    mails: int
    editions: int
    people: int
    parts: int


def purge(database: Database, before: datetime) -> Purged:
    """Deletes what ended before then. That an edition and its mails were, and how they ended, stays.

    What nobody uses any more goes in any case. The file gets smaller with ``Database.shrink`` only.
    """
    time = micros(before)
    with database.writing() as connection:
        parts.alone(connection)
        old = sa.and_(outbox.c.state.in_([state.value for state in _ENDED]), outbox.c.changed < time)
        mailed = mails.forget(connection, sa.and_(old, outbox.c.recipient != ""))
        finished = sa.select(editions.c.key).where(
            editions.c.state.not_in([state.value for state in UNFINISHED]), editions.c.changed < time
        )
        emptied: set[str] = set()
        for table in (edition_files, edition_articles, edition_facts):
            gone = sa.delete(table).where(table.c.edition.in_(finished)).returning(table.c.edition)
            emptied.update(connection.scalars(gone))
        left = sa.delete(subscribers).where(~subscribers.c.active, subscribers.c.changed < time)
        people = connection.execute(left).rowcount
        # The hash keeps mail away; who that was is not needed for it.
        connection.execute(sa.update(suppressions).where(suppressions.c.since < time).values(address="", reason=""))
        connection.execute(sa.delete(workers).where(workers.c.seen < time))
        return Purged(mailed, len(emptied), people, parts.sweep(connection))


def check(database: Database) -> list[str]:
    """What is wrong with the database, in words; empty where nothing is. Reads all of it."""
    try:
        with database.reading() as connection:
            found = [*(_of_sqlite(connection) if database.local else ()), *_of_mails(connection)]
        found += [f"the part {name} was changed: its bytes hash to {now}" for name, now in parts.damaged(database)]
    except StoreError as error:
        return [str(error)]
    return [f"{database}: {words}" for words in found]


def _of_sqlite(connection: sa.Connection) -> Iterator[str]:
    for words in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if words != "ok":
            yield words
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to what {parent} does not have"


def _of_mails(connection: sa.Connection) -> Iterator[str]:
    state, ended = outbox.c.state, [state.value for state in _ENDED]
    held = state.in_([MailState.CLAIMED.value, MailState.COMMITTING.value])
    bare = ~sa.exists().where(outbox_pieces.c.mail == outbox.c.id)
    for words, wrong in (
        ("mails that wait have no bytes", sa.and_(state.not_in(ended), outbox.c.recipient != "", bare)),
        ("mails are held by nobody, or by a worker without need", held != outbox.c.worker.is_not(None)),
        ("mails that wait have no time", sa.and_(state == MailState.QUEUED.value, outbox.c.next_try.is_(None))),
        ("pieces of mails have no bytes", sa.and_(outbox_pieces.c.content.is_(None), outbox_pieces.c.sha256.is_(None))),
    ):
        if number := connection.scalars(sa.select(sa.func.count()).where(wrong)).one():
            yield f"{number} {words}"
