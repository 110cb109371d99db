"""Paid answers, kept by the hash of what was asked. Implements ``ports.Cache``."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from briefing.store.database import WrongVersion, connect, metadata, shown

log = logging.getLogger(__name__)
T = TypeVar("T")

KEEP = timedelta(days=90)
# An answer's last use is written once a day: a second run of the same brief should only read.
_TOUCH = timedelta(days=1)

# Times are seconds since 1970: SQLite has no type for a time with its zone.
_answers = sa.Table(
    "answers",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("used_at", sa.BigInteger, nullable=False, index=True),
)


def _now() -> datetime:
    return datetime.now(UTC)


class Size(NamedTuple):
    """How many answers are kept, and how many characters they have together."""

    answers: int
    characters: int


class Answers:
    """Answers in a database, opened at the first use. Safe for several threads and processes at once.

    ``where`` is a file for SQLite or a URL. Answers not used for ``keep`` are deleted on opening. A database that is
    damaged, locked, full or not writable never sinks a run: one warning names it, and nothing is kept from then on.
    """

    def __init__(self, where: str | Path, *, keep: timedelta = KEEP, clock: Callable[[], datetime] = _now) -> None:
        self._where = where
        self._keep = keep
        self._clock = clock
        self._engine: sa.Engine | None = None
        self._fault = ""
        self._opening = threading.Lock()

    @property
    def fault(self) -> str:
        """Why nothing is kept any more; empty while all is well."""
        return self._fault

    def get(self, key: str) -> str | None:
        """The answer kept by this key, or None."""
        return self._try(lambda engine: self._get(engine, key), None)

    def put(self, key: str, value: str) -> None:
        """Keeps the answer; one that was kept by this key before gives way."""
        self._try(lambda engine: self._put(engine, key, value), None)

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """The keys that begin with ``prefix``, in order."""
        return self._try(lambda engine: _keys(engine, prefix), ())

    def prune(self, before: datetime) -> int:
        """Deletes the answers that were last used before then; how many these were."""
        return self._try(lambda engine: _prune(engine, before), 0)

    def clear(self) -> int:
        """Deletes every answer and gives the space back; how many these were."""
        return self._try(_clear, 0)

    def size(self) -> Size:
        """How much is kept."""
        return self._try(_size, Size(0, 0))

    def close(self) -> None:
        """Lets go of the database; a later use opens it again."""
        with self._opening:
            if self._engine:
                self._engine.dispose()
            self._engine = None

    def _get(self, engine: sa.Engine, key: str) -> str | None:
        with engine.connect() as connection:
            row = connection.execute(
                sa.select(_answers.c.value, _answers.c.used_at).where(_answers.c.key == key)
            ).one_or_none()
        if row is None:
            return None
        now = _seconds(self._clock())
        if now - row.used_at >= _TOUCH.total_seconds():
            with engine.begin() as connection:
                connection.execute(sa.update(_answers).where(_answers.c.key == key).values(used_at=now))
        return str(row.value)

    def _put(self, engine: sa.Engine, key: str, value: str) -> None:
        now = _seconds(self._clock())
        row = {"value": value, "created_at": now, "used_at": now}
        # Writing first takes the lock of writers at once; after a read, SQLite would refuse instead of waiting.
        try:
            with engine.begin() as connection:
                if not connection.execute(sa.update(_answers).where(_answers.c.key == key).values(row)).rowcount:
                    connection.execute(sa.insert(_answers).values(key=key, **row))
        except sa.exc.IntegrityError:
            # Another process was quicker; its answer to the same question is as good.
            pass

    def _try(self, use: Callable[[sa.Engine], T], otherwise: T) -> T:
        try:
            engine = self._open()
            return use(engine) if engine else otherwise
        except (sa.exc.SQLAlchemyError, WrongVersion, OSError, UnicodeError) as e:
            self._give_up(e)
            return otherwise

    def _open(self) -> sa.Engine | None:
        with self._opening:
            if self._engine is None and not self._fault:
                self._engine = connect(self._where)
                _prune(self._engine, self._clock() - self._keep)
            return None if self._fault else self._engine

    def _give_up(self, error: Exception) -> None:
        with self._opening:
            if self._fault:
                return
            self._fault = str(getattr(error, "orig", None) or error) or type(error).__name__
        log.warning(
            "The answers of the model are not kept in this run: %s: %s. If it stays so, delete it; it is made anew.",
            shown(self._where),
            self._fault,
        )


def _prune(engine: sa.Engine, before: datetime) -> int:
    with engine.begin() as connection:
        return connection.execute(sa.delete(_answers).where(_answers.c.used_at < _seconds(before))).rowcount


def _clear(engine: sa.Engine) -> int:
    with engine.begin() as connection:
        gone = connection.execute(sa.delete(_answers)).rowcount
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM"))
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return gone


def _keys(engine: sa.Engine, prefix: str) -> tuple[str, ...]:
    begins = _answers.c.key.startswith(prefix, autoescape=True)
    with engine.connect() as connection:
        return tuple(connection.scalars(sa.select(_answers.c.key).where(begins).order_by(_answers.c.key)))


def _size(engine: sa.Engine) -> Size:
    with engine.connect() as connection:
        counted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.func.length(_answers.c.value)), 0))
        answers, characters = connection.execute(counted.select_from(_answers)).one()
    return Size(int(answers), int(characters))


def _seconds(when: datetime) -> int:
    return int(when.timestamp())
