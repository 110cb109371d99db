"""The databases that the store is tested on, and what is put there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import psycopg
import pytest

from briefing.editions import EditionKey, Message
from briefing.store.store import Store
from briefing.store.tables import metadata
from tests.postgres import Server

Where: TypeAlias = str | Path

T = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNING = EditionKey("morning", date(2026, 3, 5))
EVENING = EditionKey("evening", date(2026, 3, 5))


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """A database in which nothing is yet, by its file or its address."""
    if request.param == "sqlite":
        return tmp_path / "data" / "briefing.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("made") / "briefing.db"
    Store(file).close()
    return file


@pytest.fixture(scope="session")
def made_database(postgres_server: Server) -> Iterator[str]:
    with postgres_server.database() as url:
        Store(url).close()
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    """A database with its tables, which are empty."""
    if request.param == "sqlite":
        yield Path(shutil.copy(request.getfixturevalue("made_file"), tmp_path / "briefing.db"))
    else:
        url: str = request.getfixturevalue("made_database")
        yield url
        # Quicker than a database for each test.
        with psycopg.connect(url) as connection:
            tables = ", ".join(table.name for table in metadata.sorted_tables)
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY".encode())


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    with Store(where) as opened:
        yield opened


def message(recipient: str, *pieces: bytes, channel: str = "smtp") -> Message:
    """To this address; its pieces are just that where none are given."""
    content = pieces or (recipient.encode(),)
    return Message("desk@example.org", recipient, channel, f"<{recipient.replace('@', '.')}@example.org>", content)


def messages(count: int) -> list[Message]:
    return [message(f"reader{number}@example.org") for number in range(count)]
