"""Addresses that nothing is sent to any more."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from briefing.editions import MailState
from briefing.store.database import Database, insert
from briefing.store.people import Hasher
from briefing.store.tables import micros, moment, outbox, suppressions, words


class Suppression(NamedTuple):
    """``address`` and ``reason`` are empty where the person is forgotten; the hash still keeps mail away."""

    address: str
    reason: str
    since: datetime


class Suppressions:
    """Addresses that are no good, or whose owners want nothing. Raises ``StoreError``."""

    def __init__(self, database: Database, person: Hasher) -> None:
        self._database = database
        self._person = person

    def add(self, address: str, reason: str, now: datetime) -> None:
        """Sends nothing more there; what waits in the outbox is given up. The first reason stays."""
        with self._database.writing() as connection:
            suppress(connection, self._person(address), address, reason, now)

    def remove(self, address: str) -> bool:
        """Mail may go there again; what was given up stays so until it is queued again. False if it could anyway."""
        with self._database.writing() as connection:
            gone = sa.delete(suppressions).where(suppressions.c.person == self._person(address))
            return connection.execute(gone).rowcount == 1

    def contains(self, address: str) -> bool:
        query = sa.select(suppressions.c.person).where(suppressions.c.person == self._person(address))
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def list(self) -> list[Suppression]:
        """The last first."""
        query = sa.select(suppressions).order_by(suppressions.c.since.desc(), suppressions.c.person)
        with self._database.reading() as connection:
            return [Suppression(row.address, row.reason, moment(row.since)) for row in connection.execute(query)]


def suppress(connection: sa.Connection, person: str, address: str, reason: str, now: datetime) -> None:
    """In the transaction of ``connection``."""
    new = insert(connection, suppressions).values(
        person=person, address=words(address), reason=words(reason), since=micros(now)
    )
    connection.execute(new.on_conflict_do_nothing())
    waiting = sa.and_(outbox.c.person == person, outbox.c.state == MailState.QUEUED.value)
    connection.execute(
        sa.update(outbox)
        .where(waiting)
        .values(state=MailState.FAILED.value, next_try=None, changed=micros(now), reply=refusal(reason))
    )


def refusal(reason: str) -> str:
    """What the outbox says of a mail that is not tried because its address is suppressed."""
    return words(f"not sent: {reason}")
