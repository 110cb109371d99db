"""The store: everything that is kept of editions, mail and people, in one database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from briefing.store.answers import Answers
from briefing.store.database import WAIT, Database
from briefing.store.editions import Editions
from briefing.store.erasing import Found, find
from briefing.store.outbox import Outbox
from briefing.store.people import Hasher
from briefing.store.place import database_file
from briefing.store.retention import Purged, check, purge
from briefing.store.schedules import Schedules
from briefing.store.subscribers import Subscribers
from briefing.store.suppressions import Suppressions
from briefing.store.workers import Workers


class Store:
    """An open database with its parts; a context manager. Safe for several threads and processes at once.

    ``where`` is a file for SQLite, a URL such as ``postgresql://user@host/name``, or None for the file in the user's
    data folder. Tables are made, or brought up to date, on opening; a database of a later version is refused.
    ``wait`` is how many seconds another process may hold the database. Raises ``StoreError``, here and everywhere.
    """

    def __init__(self, where: str | Path | None = None, *, wait: float = WAIT) -> None:
        self.database = Database(database_file() if where is None else where, wait=wait)
        try:
            person = Hasher(self.database)
        except BaseException:
            self.database.close()
            raise
        # What stands for an address where it must not be read, as in logs.
        self.person = person
        self.editions = Editions(self.database)
        self.schedules = Schedules(self.database)
        self.outbox = Outbox(self.database, person)
        self.subscribers = Subscribers(self.database, person)
        self.suppressions = Suppressions(self.database, person)
        self.workers = Workers(self.database)
        self.answers = Answers(self.database)

    @classmethod
    def open(cls, where: str | Path | None = None) -> Self:
        return cls(where)

    def purge(self, before: datetime) -> Purged:
        """Deletes what ended before then; see ``retention.purge``."""
        return purge(self.database, before)

    def find(self, text: str) -> list[Found]:
        """Where an address or a name stands, in any table of the database; see ``erasing.find``."""
        return find(self.database, text)

    def check(self) -> list[str]:
        """What is wrong with the database, in words; empty where nothing is."""
        return check(self.database)

    def close(self) -> None:
        """Ends the connections. What was written is on disk already."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
