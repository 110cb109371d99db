"""When each edition is due next."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from briefing.store.database import Database, insert
from briefing.store.tables import micros, moment, schedules


class Schedule(NamedTuple):
    """An edition's next time; ``spec`` is the setting that it was reckoned from."""

    name: str
    spec: str
    next_at: datetime | None


class Schedules:
    """The next time of each edition, moved on by whoever handles a slot. Raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_run(self, name: str) -> datetime | None:
        """None where it has none, or is not known."""
        return next((schedule.next_at for schedule in self._select(name)), None)

    def get(self, name: str) -> Schedule | None:
        return next(iter(self._select(name)), None)

    def set_next_run(self, name: str, spec: str, at: datetime | None) -> None:
        """Sets it whatever was there."""
        row = {"spec": spec, "next_at": at and micros(at)}
        with self._database.writing() as connection:
            new = insert(connection, schedules).values(name=name, **row)
            connection.execute(new.on_conflict_do_update(index_elements=[schedules.c.name], set_=row))

    def advance(self, name: str, expected: datetime | None, spec: str, next_at: datetime | None) -> bool:
        """Moves it on where it still is as ``expected``; of several schedulers only one gets True.

        A schedule that is not known counts as one without a next time.
        """
        row = {"spec": spec, "next_at": next_at and micros(next_at)}
        with self._database.writing() as connection:
            new = insert(connection, schedules).values(name=name, **row)
            made = new.on_conflict_do_nothing().returning(schedules.c.name)
            if expected is None and connection.scalar(made) is not None:
                return True
            same = schedules.c.next_at.is_not_distinct_from(expected and micros(expected))
            change = sa.update(schedules).where(schedules.c.name == name, same)
            return connection.execute(change.values(row)).rowcount == 1

    def forget(self, name: str) -> None:
        """For an edition that is not in the settings any more."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(schedules).where(schedules.c.name == name))

    def all(self) -> list[Schedule]:
        """By name."""
        return self._select(None)

    def _select(self, name: str | None) -> list[Schedule]:
        query = sa.select(schedules).order_by(schedules.c.name)
        if name is not None:
            query = query.where(schedules.c.name == name)
        with self._database.reading() as connection:
            return [
                Schedule(row.name, row.spec, None if row.next_at is None else moment(row.next_at))
                for row in connection.execute(query)
            ]
