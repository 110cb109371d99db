"""Paid answers, kept by the hash of what was asked. Implements ``ports.Cache``."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from briefing.errors import StoreError
from briefing.store.database import Database, insert
from briefing.store.faults import said
from briefing.store.tables import answers as _answers

log = logging.getLogger(__name__)
T = TypeVar("T")

KEEP = timedelta(days=90)
# An answer's last use is written once a day: a second run of the same brief should only read.
_TOUCH = timedelta(days=1)
WAIT = 5.0  # seconds for other processes; a run goes on without its kept answers


def _now() -> datetime:
    return datetime.now(UTC)


class Size(NamedTuple):
    """How many answers are kept, and how many characters they have together."""

    answers: int
    characters: int


class Answers:
    """Answers in a database, opened at the first use. Safe for several threads and processes at once.

    ``where`` is a file for SQLite, a URL, or a database that is open and stays so. Answers not used for ``keep`` are
    deleted on opening. A database that is damaged, locked, full or not writable never sinks a run: one warning names
    it, and nothing is kept from then on.
    """

    def __init__(
        self, where: str | Path | Database, *, keep: timedelta = KEEP, clock: Callable[[], datetime] = _now
    ) -> None:
        self._where = where
        self._keep = keep
        self._clock = clock
        self._database: Database | None = None
        self._fault = ""
        self._opening = threading.Lock()

    @property
    def fault(self) -> str:
        """Why nothing is kept any more; empty while all is well."""
        return self._fault

    def get(self, key: str) -> str | None:
        """The answer kept by this key, or None."""
        return self._try(lambda database: self._get(database, key), None)

    def put(self, key: str, value: str) -> None:
        """Keeps the answer; one that was kept by this key before gives way."""
        self._try(lambda database: self._put(database, key, value), None)

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """The keys that begin with ``prefix``, in order."""
        return self._try(lambda database: _keys(database, prefix), ())

    def prune(self, before: datetime) -> int:
        """Deletes the answers that were last used before then; how many these were."""
        return self._try(lambda database: _prune(database, before), 0)

    def clear(self) -> int:
        """Deletes every answer and gives the space back; how many these were."""
        return self._try(_clear, 0)

    def size(self) -> Size:
        """How much is kept."""
        return self._try(_size, Size(0, 0))

    def close(self) -> None:
        """Lets go of the database; a later use opens it again."""
        with self._opening:
            if self._database and self._database is not self._where:
                self._database.close()
            self._database = None

    def _get(self, database: Database, key: str) -> str | None:
        with database.reading() as connection:
            row = connection.execute(
                sa.select(_answers.c.value, _answers.c.used_at).where(_answers.c.key == key)
            ).one_or_none()
        if row is None:
            return None
        now = _seconds(self._clock())
        if now - row.used_at >= _TOUCH.total_seconds():
            with database.writing() as connection:
                connection.execute(sa.update(_answers).where(_answers.c.key == key).values(used_at=now))
        return str(row.value)

    def _put(self, database: Database, key: str, value: str) -> None:
        now = _seconds(self._clock())
        row = {"value": value, "created_at": now, "used_at": now}
        with database.writing() as connection:
            new = insert(connection, _answers).values(key=key, **row)
            connection.execute(new.on_conflict_do_update(index_elements=[_answers.c.key], set_=row))

    def _try(self, use: Callable[[Database], T], otherwise: T) -> T:
        try:
            database = self._open()
            return use(database) if database else otherwise
        except StoreError as e:
            self._give_up(e)
            return otherwise

    def _open(self) -> Database | None:
        with self._opening:
            if self._database is None and not self._fault:
                where = self._where
                self._database = where if isinstance(where, Database) else Database(where, lines=["answers"], wait=WAIT)
                _prune(self._database, self._clock() - self._keep)
            return None if self._fault else self._database

    def _give_up(self, error: StoreError) -> None:
        with self._opening:
            if self._fault:
                return
            # Who asks knows the file; an address is told without its password.
            known = isinstance(self._where, Path) and error.__cause__
            self._fault = said(known) if known else str(error)
        log.warning(
            "The answers of the model are not kept in this run: %s. If it stays so, delete them; they are made anew.",
            error,
        )


def _prune(database: Database, before: datetime) -> int:
    with database.writing() as connection:
        return connection.execute(sa.delete(_answers).where(_answers.c.used_at < _seconds(before))).rowcount


def _clear(database: Database) -> int:
    with database.writing() as connection:
        gone = connection.execute(sa.delete(_answers)).rowcount
    database.shrink()
    return gone


def _keys(database: Database, prefix: str) -> tuple[str, ...]:
    begins = _answers.c.key.startswith(prefix, autoescape=True)
    with database.reading() as connection:
        return tuple(connection.scalars(sa.select(_answers.c.key).where(begins).order_by(_answers.c.key)))


def _size(database: Database) -> Size:
    with database.reading() as connection:
        counted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.func.length(_answers.c.value)), 0))
        answers, characters = connection.execute(counted.select_from(_answers)).one()
    return Size(int(answers), int(characters))


def _seconds(when: datetime) -> int:
    return int(when.timestamp())
