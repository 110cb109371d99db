"""Messages in the tables: put there once, and read back whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from briefing.editions import EditionKey, Mail, MailState, Message
from briefing.store import parts
from briefing.store.database import insert
from briefing.store.people import Hasher
from briefing.store.suppressions import refusal
from briefing.store.tables import micros, moment, outbox, outbox_pieces, suppressions, words
from briefing.store.tables import parts as kept_parts

SHARED = 2048  # bytes from which on a piece is kept once for all who get it
_AT_ONCE = 200  # messages in one statement


class Envelope(NamedTuple):
    """A message without its bytes, as the database takes it."""

    sender: str
    recipient: str
    message_id: str
    not_before: datetime | None
    refused: str


class Packed(NamedTuple):
    """Messages before they are put: by person and channel the envelope, and the pieces or the hashes of large ones.

    ``contents`` are the large ones by their hash, each once.
    """

    envelopes: dict[tuple[str, str], Envelope]
    pieces: dict[tuple[str, str], list[bytes | str]]
    contents: dict[str, bytes]


def pack(messages: Iterable[Message], person: Hasher) -> Packed:
    """Takes the first message to each person by each channel. Needs no database, however long ``messages`` takes."""
    packed = Packed({}, {}, {})
    # Messages share large pieces as objects, whose own hash Python remembers.
    names: dict[bytes, str] = {}
    for message in messages:
        key = (person(message.recipient), message.channel)
        if key in packed.envelopes:
            continue
        packed.envelopes[key] = Envelope(
            words(message.sender),
            words(message.recipient),
            words(message.message_id),
            message.not_before,
            words(message.refused),
        )
        packed.pieces[key] = []
        for piece in message.pieces:
            if len(piece) >= SHARED and piece not in names:
                names[piece] = parts.sha256(piece)
            packed.pieces[key].append(names.get(piece, piece))
    packed.contents.update((name, piece) for piece, name in names.items())
    return packed


def put(connection: sa.Connection, edition: EditionKey, packed: Packed, now: datetime) -> int:
    """Queues each message whose person does not have this edition by this channel yet; how many these are."""
    parts.alone(connection)
    kept: set[str] = set()
    waiting, new = iter(packed.envelopes), 0
    while keys := list(islice(waiting, _AT_ONCE)):
        made = _put_envelopes(connection, edition, {key: packed.envelopes[key] for key in keys}, now)
        rows: list[dict[str, object]] = []
        for key, number in made.items():
            for position, piece in enumerate(packed.pieces[key]):
                name, content = (piece, None) if isinstance(piece, str) else (None, piece)
                rows.append({"mail": number, "position": position, "content": content, "sha256": name})
        used = {str(row["sha256"]) for row in rows if row["sha256"]} - kept
        parts.keep(connection, ((name, packed.contents[name]) for name in used))
        kept |= used
        if rows:
            connection.execute(sa.insert(outbox_pieces), rows)
        new += len(made)
    return new


def _put_envelopes(
    connection: sa.Connection, edition: EditionKey, envelopes: dict[tuple[str, str], Envelope], now: datetime
) -> dict[tuple[str, str], int]:
    """The numbers of those that are new."""
    people = {person for person, _ in envelopes}
    query = sa.select(suppressions.c.person, suppressions.c.reason).where(suppressions.c.person.in_(people))
    suppressed = {person: refusal(reason) for person, reason in connection.execute(query)}
    refused = {key: envelope.refused or suppressed.get(key[0], "") for key, envelope in envelopes.items()}
    rows = [
        {
            "edition": str(edition),
            "person": key[0],
            "channel": key[1],
            "sender": envelope.sender,
            "recipient": envelope.recipient,
            "message_id": envelope.message_id,
            "state": (MailState.FAILED if refused[key] else MailState.QUEUED).value,
            "attempts": 0,
            "next_try": None if refused[key] else micros(max(now, envelope.not_before or now)),
            "changed": micros(now),
            "reply": refused[key],
        }
        for key, envelope in envelopes.items()
    ]
    new = insert(connection, outbox).on_conflict_do_nothing(
        index_elements=[outbox.c.edition, outbox.c.person, outbox.c.channel]
    )
    made = connection.execute(new.returning(outbox.c.id, outbox.c.person, outbox.c.channel), rows)
    return {(person, channel): number for number, person, channel in made}


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
