"""Which processes are at work, so that what a dead one held is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from briefing.store.database import Database, insert
from briefing.store.tables import micros, moment, outbox, workers


class Worker(NamedTuple):
    """A process that has said that it is there, last when ``seen``."""

    id: str
    host: str
    pid: int
    version: str
    seen: datetime


class Workers:
    """The processes at work on this database. Raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, id: str, host: str, pid: int, version: str, now: datetime) -> None:
        """Says that this one is there."""
        row = {"host": host, "pid": pid, "version": version, "seen": micros(now)}
        with self._database.writing() as connection:
            new = insert(connection, workers).values(id=id, **row)
            connection.execute(new.on_conflict_do_update(index_elements=[workers.c.id], set_=row))

    def gone(self, id: str) -> None:
        """Says that this one has ended, and holds nothing."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(workers).where(workers.c.id == id))

    def all(self) -> list[Worker]:
        """The one seen last first."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(workers).order_by(workers.c.seen.desc(), workers.c.id)).all()
        return [Worker(row.id, row.host, row.pid, row.version, moment(row.seen)) for row in rows]

    def alive(self, now: datetime, within: timedelta) -> list[Worker]:
        """Those seen so lately."""
        return [worker for worker in self.all() if now - worker.seen <= within]

    def dead(
        self, now: datetime, patience: timedelta, host: str, pid_alive: Callable[[int], bool], me: str = ""
    ) -> list[str]:
        """Those not seen for ``patience``, and those of this host whose process is gone.

        ``me`` is the worker that asks: another one with its process number is from before a restart, and dead too.
        So is one that nobody knows and that has held a mail for so long: it was buried while it only slept.
        """
        everyone = self.all()
        mine = next((worker.pid for worker in everyone if worker.id == me), None)

        def is_dead(worker: Worker) -> bool:
            if now - worker.seen > patience:
                return True
            return worker.host == host and (worker.pid == mine or not pid_alive(worker.pid))

        known = [worker.id for worker in everyone if is_dead(worker)]
        return [id for id in (*known, *self._unknown(now - patience)) if id != me]

    def _unknown(self, before: datetime) -> list[str]:
        query = (
            sa.select(outbox.c.worker)
            .where(outbox.c.worker.not_in(sa.select(workers.c.id)))
            .group_by(outbox.c.worker)
            .having(sa.func.max(outbox.c.changed) < micros(before))
            .order_by(outbox.c.worker)
        )
        with self._database.reading() as connection:
            return [id for id in connection.scalars(query) if id is not None]
