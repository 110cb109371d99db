"""Messages in the tables: put there once, and read back whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from briefing.editions import EditionKey, Mail, MailState, Message
from briefing.store import parts
from briefing.store.database import insert
from briefing.store.people import Hasher
from briefing.store.suppressions import refusal
from briefing.store.tables import micros, moment, outbox, outbox_pieces, suppressions
from briefing.store.tables import parts as kept_parts

SHARED = 2048  # bytes from which on a piece is kept once for all who get it
_AT_ONCE = 200  # messages in one statement


def put(
    connection: sa.Connection, edition: EditionKey, messages: Iterable[Message], now: datetime, person: Hasher
) -> int:
    """Queues each message whose person does not have this edition by this channel yet; how many these are."""
    parts.alone(connection)
    waiting, new = iter(messages), 0
    kept: set[str] = set()
    while batch := list(islice(waiting, _AT_ONCE)):
        first: dict[tuple[str, str], Message] = {}
        for message in batch:
            first.setdefault((person(message.recipient), message.channel), message)
        new += _put(connection, edition, first, now, kept)
    return new


def _put(
    connection: sa.Connection,
    edition: EditionKey,
    messages: dict[tuple[str, str], Message],
    now: datetime,
    kept: set[str],
) -> int:
    people = {person for person, _ in messages}
    query = sa.select(suppressions.c.person, suppressions.c.reason).where(suppressions.c.person.in_(people))
    refused = {person: refusal(reason) for person, reason in connection.execute(query)}
    rows = [
        {
            "edition": str(edition),
            "person": person,
            "channel": channel,
            "sender": message.sender,
            "recipient": message.recipient,
            "message_id": message.message_id,
            "state": (MailState.FAILED if person in refused else MailState.QUEUED).value,
            "attempts": 0,
            "next_try": None if person in refused else micros(now),
            "changed": micros(now),
            "reply": refused.get(person, ""),
        }
        for (person, channel), message in messages.items()
    ]
    new = insert(connection, outbox).on_conflict_do_nothing(
        index_elements=[outbox.c.edition, outbox.c.person, outbox.c.channel]
    )
    made = connection.execute(new.returning(outbox.c.id, outbox.c.person, outbox.c.channel), rows).all()
    pieces: list[dict[str, object]] = []
    shared: dict[str, bytes] = {}
    for number, person, channel in made:
        for position, piece in enumerate(messages[person, channel].pieces):
            large = len(piece) >= SHARED
            name = parts.sha256(piece) if large else None
            if name and name not in kept:
                shared[name] = piece
            pieces.append({"mail": number, "position": position, "content": None if large else piece, "sha256": name})
    parts.keep(connection, shared.items())
    kept.update(shared)
    if pieces:
        connection.execute(sa.insert(outbox_pieces), pieces)
    return len(made)


def message(connection: sa.Connection, number: int) -> Message | None:
    """The message whole; None where it is not there, or its bytes are not kept any more."""
    query = (
        sa.select(
            outbox.c.sender,
            outbox.c.recipient,
            outbox.c.channel,
            outbox.c.message_id,
            sa.func.coalesce(outbox_pieces.c.content, kept_parts.c.content),
        )
        .join_from(outbox, outbox_pieces)
        .join(kept_parts, isouter=True)
        .where(outbox.c.id == number, outbox.c.recipient != "")
        .order_by(outbox_pieces.c.position)
    )
    rows = connection.execute(query).all()
    return Message(*rows[0][:4], pieces=tuple(row[4] for row in rows)) if rows else None


def forget(connection: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    """Takes bytes, addresses and words out of the mails; that they were, and what became of them, stays."""
    chosen = sa.select(outbox.c.id).where(which)
    connection.execute(sa.delete(outbox_pieces).where(outbox_pieces.c.mail.in_(chosen)))
    return connection.execute(
        sa.update(outbox).where(which).values(sender="", recipient="", message_id="", reply="")
    ).rowcount


def mail(row: sa.Row[tuple[str]]) -> Mail:
    """A row of the outbox as a noun."""
    return Mail(
        id=row.id,
        edition=EditionKey.parse(row.edition),
        recipient=row.recipient,
        channel=row.channel,
        message_id=row.message_id,
        state=MailState(row.state),
        attempts=row.attempts,
        next_try=None if row.next_try is None else moment(row.next_try),
        changed=moment(row.changed),
        reply=row.reply,
    )
