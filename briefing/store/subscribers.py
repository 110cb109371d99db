"""People on lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from briefing.editions import Format, Subscriber
from briefing.store.database import Database, insert
from briefing.store.erasing import Erased, erase
from briefing.store.people import Hasher
from briefing.store.tables import micros, subscribers, words

_AT_ONCE = 500  # people in one statement


class Subscribers:
    """Lists of people, one row a list and mailbox. Raises ``StoreError``."""

    def __init__(self, database: Database, person: Hasher) -> None:
        self._database = database
        self._person = person

    def add(self, list_: str, subscriber: Subscriber, now: datetime) -> bool:
        """Adds somebody, or replaces what is there, also whether it is active; False where it was there."""
        return self.add_all(list_, [subscriber], now) == 1

    def add_all(self, list_: str, people: Iterable[Subscriber], now: datetime) -> int:
        """All or none, of one mailbox the last; how many of them are new."""
        rows = {self._person(subscriber.address): self._row(list_, subscriber, now) for subscriber in people}
        # In one order: two imports of the same people wait for each other instead of both failing.
        ordered = [rows[person] for person in sorted(rows)]
        with self._database.writing() as connection:
            count = sa.select(sa.func.count()).select_from(subscribers).where(subscribers.c.list == list_)
            before = connection.scalars(count).one()
            new = insert(connection, subscribers)
            keys = {"list", "person"}
            changes = {column.name: new.excluded[column.name] for column in subscribers.c if column.name not in keys}
            put = new.on_conflict_do_update(index_elements=[subscribers.c.list, subscribers.c.person], set_=changes)
            for start in range(0, len(ordered), _AT_ONCE):
                connection.execute(put, ordered[start : start + _AT_ONCE])
            return connection.scalars(count).one() - before

    def remove(self, list_: str, address: str, now: datetime) -> bool:
        """Keeps the person as one who has left; False where nobody active is there."""
        active = sa.and_(self._is(list_, address), subscribers.c.active)
        with self._database.writing() as connection:
            change = sa.update(subscribers).where(active).values(active=False, changed=micros(now))
            return connection.execute(change).rowcount == 1

    def get(self, list_: str, address: str) -> Subscriber | None:
        """The person, also one who has left."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(subscribers).where(self._is(list_, address))).one_or_none()
        return None if row is None else _subscriber(row)

    def all(self, list_: str, *, active: bool = True) -> list[Subscriber]:
        """In the order of their addresses; with ``active=False`` also those who have left."""
        query = sa.select(subscribers).where(subscribers.c.list == list_).order_by(subscribers.c.address)
        if active:
            query = query.where(subscribers.c.active)
        with self._database.reading() as connection:
            return [_subscriber(row) for row in connection.execute(query)]

    def lists(self) -> dict[str, int]:
        """The lists by name, and how many active people each has."""
        count = sa.func.count(sa.case((subscribers.c.active, 1)))
        query = sa.select(subscribers.c.list, count).group_by(subscribers.c.list).order_by(subscribers.c.list)
        with self._database.reading() as connection:
            return dict(connection.execute(query).all())

    def erase(self, address: str, now: datetime, name: str = "") -> Erased:
        """Forgets a person everywhere, and looks whether anything is left; see ``erasing.erase``."""
        return erase(self._database, self._person(address), address, name, now)

    def _is(self, list_: str, address: str) -> sa.ColumnElement[bool]:
        return sa.and_(subscribers.c.list == list_, subscribers.c.person == self._person(address))

    def _row(self, list_: str, subscriber: Subscriber, now: datetime) -> dict[str, object]:
        return {
            "list": list_,
            "person": self._person(subscriber.address),
            "address": words(subscriber.address),
            "name": words(subscriber.name),
            "zone": subscriber.zone,
            "language": subscriber.language,
            "topics": json.dumps(subscriber.topics),
            "format": subscriber.format.value,
            "active": subscriber.active,
            "changed": micros(now),
        }


def _subscriber(row: sa.Row[tuple[str]]) -> Subscriber:
    return Subscriber(
        address=row.address,
        name=row.name,
        zone=row.zone,
        language=row.language,
        topics=tuple(json.loads(row.topics)),
        format=Format(row.format),
        active=row.active,
    )
