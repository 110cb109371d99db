"""Forgetting a person: what names them goes, then every column of every table is searched for what is left.

What stays is the keyed hash (``people.Hasher``): an edition is not sent to them twice, and a suppression holds.
SQLite's file is written anew, so that no byte of it says the address. PostgreSQL's files hold old bytes until it writes
over them, and its backups and logs are its keeper's to delete. Mail that was handed over is out of reach.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

import sqlalchemy as sa

from briefing.editions import MailState
from briefing.errors import StoreError
from briefing.store import mails, parts
from briefing.store.database import Database
from briefing.store.people import normal
from briefing.store.tables import answers, metadata, micros, outbox, subscribers, suppressions

ERASED = "(erased)"
# So many letters of a name before the @ tell it from others.
_TELLING = 4
# Of messages to others, which could not be sent without it.
_FROZEN = {outbox.c.sender, outbox.c.recipient}


class Found(NamedTuple):
    """In how many rows a column says what was searched for."""

    table: str
    column: str
    rows: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.rows}"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away, and what a search of the whole database found afterwards.

    ``left`` says where the address still stands: in an article, or in somebody else's mail. ``named`` says where the
    name does, which may be somebody else's. ``trouble`` says why old bytes may still be in the file.
    """

    subscriptions: int
    mails: int
    left: tuple[Found, ...] = ()
    named: tuple[Found, ...] = ()
    trouble: str = ""

    @property
    def proved(self) -> bool:
        """True where nothing says the address any more."""
        return not self.left and not self.trouble


def erase(database: Database, person: str, address: str, name: str, now: datetime) -> Erased:
    """Forgets the person at ``address``. Mails that wait are cancelled; one that is being handed over is finished."""
    forms = _forms(address)
    with database.writing() as connection:
        parts.alone(connection)
        theirs = subscribers.c.person == person
        known = connection.scalars(sa.select(subscribers.c.name).where(theirs)).all()
        names = {text for text in (name, *known) if text.strip()}
        subscriptions = connection.execute(sa.delete(subscribers).where(theirs)).rowcount
        waiting = outbox.c.state.in_([MailState.QUEUED.value, MailState.CLAIMED.value])
        connection.execute(
            sa.update(outbox)
            .where(outbox.c.person == person, waiting)
            .values(state=MailState.CANCELLED.value, worker=None, next_try=None, changed=micros(now))
        )
        mailed = mails.forget(connection, outbox.c.person == person)
        connection.execute(sa.update(suppressions).where(suppressions.c.person == person).values(address="", reason=""))
        _scrub(connection, forms)
        parts.sweep(connection)
    trouble = ""
    try:
        database.shrink()
    except StoreError as error:
        trouble = str(error)
    named = tuple(found for text in sorted(names) for found in find(database, text))
    return Erased(subscriptions, mailed, tuple(find(database, address)), named, trouble)


def find(database: Database, text: str) -> list[Found]:
    """Where ``text`` stands: in which columns of text or bytes of any table, of this program or not.

    An address is also found as part of a link, or in Base64; small and large letters are one.
    """
    forms = _forms(text)
    with database.reading() as connection:
        found = [
            Found(table.fullname, column.name, sum(_says(value, forms) for value, *_ in _values(connection, column)))
            for table in _tables(sa.inspect(connection))
            for column in table.columns
        ]
    return [place for place in found if place.rows]


def _tables(inspector: sa.Inspector) -> Iterator[sa.TableClause]:
    schemas = inspector.get_schema_names() if inspector.dialect.name == "postgresql" else [None]
    for schema in schemas:
        if schema not in ("information_schema", "pg_catalog", "pg_toast"):
            for name in sorted(inspector.get_table_names(schema)):
                columns = inspector.get_columns(name, schema)
                yield sa.table(
                    name,
                    *(sa.column(each["name"], each["type"]) for each in columns),
                    schema=None if schema == "public" else schema,
                )


def _values(
    connection: sa.Connection, column: sa.ColumnElement[Any], *more: sa.ColumnElement[Any]
) -> Iterator[Sequence[Any]]:
    """A column's values as text, each before those of ``more``. Numbers and times are left out."""
    if isinstance(column.type, (sa.Numeric, sa.Integer, sa.Boolean, sa.Date, sa.DateTime, sa.Time, sa.Interval)):
        return
    plain = isinstance(column.type, (sa.String, sa.LargeBinary))
    query = sa.select(column if plain else sa.cast(column, sa.Text), *more)
    with connection.execute(query, execution_options=parts.IN_PIECES) as rows:
        for value, *rest in rows:
            if value is not None:
                yield (bytes(value).decode("utf-8", "replace") if not isinstance(value, str) else value, *rest)


class _Form(NamedTuple):
    """One way to write what is searched for: a quick look, and the whole truth."""

    small: str
    pattern: re.Pattern[str]

    def stands_in(self, value: str, small: str) -> bool:
        return self.small in small and bool(self.pattern.search(value))


def _forms(text: str) -> list[_Form]:
    """``text`` as it is; an address also as DNS, a link and Base64 without line breaks have it."""
    if "@" not in text:
        return [_Form(text.lower(), _whole(text))]
    plain = {text.strip(), normal(text)}
    written = plain | {quote(each, safe="") for each in plain}
    forms = [_Form(each.lower(), _whole(each)) for each in sorted(written)]
    coded = (part for each in sorted(plain) for part in _base64(each.encode("utf-8", "replace")))
    return forms + [_Form(part.lower(), re.compile(re.escape(part))) for part in coded]


def _whole(text: str) -> re.Pattern[str]:
    """Finds ``text``, and not within a longer address or word."""
    before = r"(?<![\w.%+-])" if text[:1].isalnum() else ""
    after = r"(?![\w-]|\.\w)" if text[-1:].isalnum() else ""
    return re.compile(before + re.escape(text) + after, re.IGNORECASE)


def _base64(content: bytes) -> Iterator[str]:
    """What surely stands in the Base64 of anything with the address ``content`` in it, which begins at one of three
    places.

    Where too little of a short name would be left, which others at that domain have too, only what stands in our own
    links is looked for: an address that is the second text of a list in JSON.
    """
    name = len(content.partition(b"@")[0])
    for whole, spare in ((content, name - _TELLING), (b',"' + content, 2)):
        for skipped in range(min(3, spare + 1) if spare >= 0 else 1):
            part = whole[skipped:]
            if len(part) >= 12:
                yield base64.b64encode(part[: len(part) // 3 * 3]).decode("ascii")


def _says(value: str, forms: Sequence[_Form]) -> bool:
    small = value.lower()
    return any(form.stands_in(value, small) for form in forms)


def _scrub(connection: sa.Connection, forms: Sequence[_Form]) -> None:
    """Takes the address out of replies, reasons and facts of others; a kept answer with it goes as a whole."""
    for table in metadata.sorted_tables:
        keys = list(table.primary_key.columns)
        for column in table.columns:
            if not isinstance(column.type, sa.Text) or column.primary_key or column.foreign_keys or column in _FROZEN:
                continue
            found = [(value, key) for value, *key in _values(connection, column, *keys) if _says(value, forms)]
            for value, key in found:
                row = sa.and_(*(each == part for each, part in zip(keys, key, strict=True)))
                if table is answers:
                    connection.execute(sa.delete(table).where(row))
                else:
                    text = _without(value, forms)
                    connection.execute(sa.update(table).where(row).values({column: text}))


def _without(value: str, forms: Sequence[_Form]) -> str:
    for form in forms:
        value = form.pattern.sub(ERASED, value)
    return value
