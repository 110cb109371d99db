"""The tables, as the last migration leaves them; a test compares the two.

Times are microseconds since 1970, those of ``answers`` seconds: SQLite has no type for a time with its zone. A
``person`` is the keyed hash of a mail address (``people.Hasher``): it finds a person's rows, and stays where the
person is forgotten, so that nobody gets an edition twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from briefing.errors import ModelError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

metadata = sa.MetaData()
# SQLite numbers its rows by itself only where the type is just this.
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("used_at", sa.BigInteger, nullable=False, index=True),
)

# What the database as a whole knows, such as the key of its hashes.
meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# Bytes that are kept once, whoever shares them: pieces of messages, files of editions, articles.
parts = sa.Table(
    "parts",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("slot", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    # JSON: the cost of each step by its name.
    sa.Column("costs", sa.Text, nullable=False),
    sa.Index("ix_editions_name_slot", "name", "slot"),
)

edition_files = sa.Table(
    "edition_files",
    metadata,
    sa.Column("edition", sa.ForeignKey("editions.key"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.ForeignKey("parts.sha256"), nullable=False, index=True),
    sa.Column("kept", sa.BigInteger, nullable=False),
)

edition_facts = sa.Table(
    "edition_facts",
    metadata,
    sa.Column("edition", sa.ForeignKey("editions.key"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

edition_articles = sa.Table(
    "edition_articles",
    metadata,
    sa.Column("edition", sa.ForeignKey("editions.key"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.ForeignKey("parts.sha256"), nullable=False, index=True),
)

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("spec", sa.Text, nullable=False),
    sa.Column("next_at", sa.BigInteger),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    # Empty where the person is forgotten or the time of keeping is over.
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try", sa.BigInteger),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("worker", sa.Text),
    sa.UniqueConstraint("edition", "person", "channel", name="uq_outbox_once"),
    sa.Index("ix_outbox_due", "state", "next_try"),
    # The number of a mail that is gone is not given to another.
    sqlite_autoincrement=True,
)

# A message's bytes in order, each piece either here or in ``parts``.
outbox_pieces = sa.Table(
    "outbox_pieces",
    metadata,
    sa.Column("mail", sa.ForeignKey("outbox.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary),
    sa.Column("sha256", sa.ForeignKey("parts.sha256"), index=True),
)

suppressions = sa.Table(
    "suppressions",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("list", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("topics", sa.Text, nullable=False),  # JSON
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Index("ix_subscribers_person", "person"),
)

workers = sa.Table(
    "workers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),
)


def micros(when: datetime) -> int:
    """Microseconds since 1970. Raises ``ModelError`` where the time has no zone."""
    if when.tzinfo is None:
        raise ModelError(f"{when.isoformat()} has no time zone")
    return (when - EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """The time, in UTC, that many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


def words(text: str) -> str:
    """``text`` as every database takes it: without NUL, and lone surrogates replaced."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
