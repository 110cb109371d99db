"""One way into the database: SQLite in a file, or PostgreSQL by a URL, with the tables of this version."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from briefing.errors import StoreError
from briefing.store.faults import explained, is_url, shown
from briefing.store.migrations import FOLDER, HEADS

WAIT = 30.0  # seconds for other processes to end their transactions
_AWAY = 60.0  # seconds; no transaction of ours does nothing for so long
# Locks of the whole database that programs agree on in PostgreSQL; a number that nobody else has.
_MIGRATING = 0x6272_6965_66


class Database:
    """A database with its tables, opened at once; they are made or brought up to date. Safe for several threads.

    ``where`` is a file for SQLite or a URL. ``lines`` are those of ``migrations.HEADS`` that the database holds.
    ``wait`` is how many seconds other processes may hold it. A new file can be read by nobody but its owner.
    Whatever goes wrong, here and in each transaction, is a ``StoreError``.
    """

    def __init__(self, where: str | Path, *, lines: Collection[str] = tuple(HEADS), wait: float = WAIT) -> None:
        self.where = where
        with self.explaining():
            url = _url(where)
            self.local = url.get_backend_name() == "sqlite"
            if not self.local and url.get_backend_name() != "postgresql":
                raise StoreError(f"{self} is neither SQLite nor PostgreSQL; write postgresql://user@host/name")
            self.engine = _sqlite(url, wait, lines) if self.local else _postgres(url, wait)
            self._writing = self.engine.execution_options(writing=True)
            self._soon = self.engine.execution_options(writing=True, soon=True)
            try:
                self._bring_up_to_date(lines)
            except BaseException:
                self.engine.dispose()
                raise

    def __str__(self) -> str:
        return shown(self.where)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that writes nothing."""
        with self.explaining(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, soon: bool = False) -> Iterator[sa.Connection]:
        """A transaction that is on disk when it ends, or has done nothing.

        On SQLite it is alone: it waits for the one before it at its beginning, where waiting is possible. One that is
        to be on disk ``soon`` is so before any later one that is not; until then a loss of power takes it back, but
        nothing that happens to a process.
        """
        with self.explaining(), (self._soon if soon else self._writing).begin() as connection:
            yield connection

    @contextmanager
    def outside(self) -> Iterator[sa.Connection]:
        """A connection without transactions, for what cannot stand in one: ``VACUUM``."""
        with self.explaining():
            # SQLite is told of a transaction by our own BEGIN, so leaving that out is enough.
            level: dict[str, Any] = {"outside": True} if self.local else {"isolation_level": "AUTOCOMMIT"}
            with self.engine.connect().execution_options(**level) as connection:
                yield connection

    def shrink(self) -> None:
        """Gives the space of what was deleted back; on SQLite nothing of it stays in the file or in its log.

        Raises ``StoreError`` where another process reads just now, so that it cannot be done.
        """
        with self.outside() as connection:
            connection.exec_driver_sql("VACUUM")
            if self.local:
                busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
                if busy:
                    raise StoreError(f"{self} is read by another program, so its log stays; end that one and try again")

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turns every error of the database into a ``StoreError`` that names it."""
        try:
            yield
        except StoreError:
            raise
        except (sa.exc.SQLAlchemyError, OSError, UnicodeError, OverflowError) as error:
            raise explained(self.where, error) from error

    def close(self) -> None:
        """Ends the connections."""
        self.engine.dispose()

    def _bring_up_to_date(self, lines: Collection[str]) -> None:
        wanted = {HEADS[line] for line in lines}
        with self.reading() as connection:
            if wanted <= _versions(connection) <= set(HEADS.values()):
                return
        with self.writing() as connection:
            if not self.local:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            there = _versions(connection)
            if not wanted <= there <= set(HEADS.values()):
                _migrate(connection, lines, there, str(self))


def insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what happens ON CONFLICT, which both databases write alike."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _url(where: str | Path) -> sa.URL:
    if is_url(where):
        try:
            url = sa.make_url(str(where))
        except ValueError as error:  # a port that is no number
            raise sa.exc.ArgumentError(str(error)) from error
        if url.get_backend_name() != "sqlite" or not url.database or url.query:
            return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
        where = url.database
    path = Path(where)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite would make the file readable for everybody; the files of its log take over the mode.
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return sa.URL.create("sqlite", database=str(path))


def _sqlite(url: sa.URL, wait: float, lines: Collection[str]) -> sa.Engine:
    # A kept answer may be lost with the power; a mail that was handed over may not.
    synchronous = "FULL" if "store" in lines else "NORMAL"
    pragmas = (
        "journal_mode = WAL",  # readers and a writer do not wait for each other
        f"synchronous = {synchronous}",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is deleted is not in the file any more
    )

    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        for pragma in pragmas:
            _patiently(partial(connection.execute, f"PRAGMA {pragma}"), wait)

    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("writing"):
            connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if options.get('soon') else synchronous}")
            # After a read, SQLite would refuse to write instead of waiting.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif not options.get("outside"):
            connection.exec_driver_sql("BEGIN")

    engine = sa.create_engine(url, connect_args={"timeout": wait})
    sa.event.listen(engine, "connect", set_up)
    sa.event.listen(engine, "begin", begin)
    return engine


def _patiently(work: Callable[[], object], wait: float) -> None:
    """Two programs that first open a file at once: SQLite refuses one of them the change to WAL, and does not wait."""
    until = time.monotonic() + wait
    while True:
        try:
            work()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _postgres(url: sa.URL, wait: float) -> sa.Engine:
    url = url.update_query_dict({"connect_timeout": "10"} if "connect_timeout" not in url.query else {})

    def set_up(connection: Any, _: object) -> None:
        connection.execute(f"SET lock_timeout = {int(wait * 1000)}")
        # What a machine held that went away without a word is free again after this time.
        connection.execute(f"SET idle_in_transaction_session_timeout = {int(_AWAY * 1000)}")
        connection.commit()

    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("soon"):
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    engine = sa.create_engine(url, pool_pre_ping=True)
    sa.event.listen(engine, "connect", set_up)
    sa.event.listen(engine, "begin", begin)
    return engine


def _versions(connection: sa.Connection) -> set[str]:
    if not sa.inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.scalars(sa.text("SELECT version_num FROM alembic_version")))


# Alembic keeps the migration that runs in a module of its own.
_one_at_a_time = threading.Lock()


def _migrate(connection: sa.Connection, lines: Collection[str], there: set[str], name: str) -> None:
    """Loads Alembic, which takes longer than everything else here: only where there is something to do."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = sorted(there - known) + _older(connection, there)
    if unknown:
        raise StoreError(
            f"{name} is of version {unknown[0]}, and this program knows none later than {', '.join(HEADS.values())}; "
            "install a newer one: pip install --upgrade briefing"
        )
    with _one_at_a_time:
        for line in lines:
            command.upgrade(config, f"{line}@head")


def _older(connection: sa.Connection, there: set[str]) -> list[str]:
    """The version of a database of before the migrations, where it is not the one that these take over."""
    if there or not sa.inspect(connection).has_table("schema_version"):
        return []
    return [str(v) for v in connection.scalars(sa.text("SELECT version FROM schema_version")) if v != 1]
