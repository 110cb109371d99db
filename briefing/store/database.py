"""One way into the database: SQLite in a file, or whatever a URL names. The tables are SQLAlchemy Core."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

metadata = sa.MetaData()

# Of the tables below and in the other modules; raised when one of them changes.
VERSION = 1
WAIT = 5.0  # seconds for another process to end its transaction

_schema = sa.Table("schema_version", metadata, sa.Column("version", sa.Integer, primary_key=True, autoincrement=False))


class WrongVersion(Exception):
    """The database was made by another version of the program."""


def connect(where: str | Path) -> sa.Engine:
    """The database at a URL or, as SQLite, in a file, with its tables; what is not there yet is made.

    A new file can be read by nobody but its owner. Raises ``WrongVersion``, ``OSError`` or SQLAlchemy's errors.
    """
    url = sa.make_url(str(where)) if _is_url(where) else _file(Path(where))
    local = url.get_backend_name() == "sqlite"
    engine = sa.create_engine(url, connect_args={"timeout": WAIT} if local else {})
    if local:
        sa.event.listen(engine, "connect", _set_up)
    try:
        _make_tables(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def shown(where: str | Path) -> str:
    """``where`` for a message: without the password that a URL may hold."""
    if not _is_url(where):
        return str(where)
    try:
        return sa.make_url(str(where)).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "the address of the database"


def _is_url(where: str | Path) -> bool:
    return isinstance(where, str) and "://" in where


def _file(path: Path) -> sa.URL:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite would make the file readable for everybody; the files of its log take over the mode.
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return sa.URL.create("sqlite", database=str(path))


def _set_up(connection: Any, _: object) -> None:
    """Readers and a writer do not wait for each other, and a killed writer leaves the database whole."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _make_tables(engine: sa.Engine) -> None:
    """Several processes may make them at the same time."""
    version = _version(engine)
    if version is None:
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
        with suppress(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.insert(_schema).values(version=VERSION))
        version = _version(engine)
    if version != VERSION:
        raise WrongVersion(f"is of version {version}, and this program reads version {VERSION}")


def _version(engine: sa.Engine) -> int | None:
    """None where the tables are not there, or nobody has said yet that they are whole."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(_schema.name):
            return None
        return connection.scalar(sa.select(_schema.c.version))
