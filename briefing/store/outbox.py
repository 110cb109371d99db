"""Messages that wait to be sent. Implements ``ports.Outbox``.

    put ─→ queued ─claim→ claimed ─commit→ committing ─settle→ sent | failed | uncertain | queued again
                             ╰─────────────settle──────────────╯

Each step is on disk when its method returns, but for ``settle``, which is there with the next ``commit``. Of a worker
that died, what was claimed is queued again, and what was being committed is uncertain: it may have arrived, and only a
person may have it sent again (``requeue``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from briefing.editions import EditionKey, Mail, MailState, Message, Outcome, Receipt
from briefing.errors import LostClaim, ModelError, StoreError
from briefing.store import mails
from briefing.store.database import Database
from briefing.store.people import Hasher
from briefing.store.suppressions import suppress
from briefing.store.tables import micros, moment, outbox, outbox_pieces, suppressions, words

# Whom a change means: mails by their numbers, an edition's, or all.
Which = Collection[int] | EditionKey | None

_HELD = (MailState.CLAIMED.value, MailState.COMMITTING.value)
_AGAIN = frozenset({MailState.FAILED, MailState.UNCERTAIN, MailState.CANCELLED})
_ENDS = {
    Outcome.SENT: MailState.SENT,
    Outcome.DEFERRED: MailState.FAILED,  # unless there is to be another attempt
    Outcome.REFUSED: MailState.FAILED,
    Outcome.UNKNOWN: MailState.UNCERTAIN,
}


class Outbox:
    """Every message to every recipient, once an edition, recipient and channel. Raises ``StoreError``."""

    def __init__(self, database: Database, person: Hasher) -> None:
        self._database = database
        self._person = person

    def put(self, edition: EditionKey, messages: Iterable[Message], now: datetime) -> int:
        """Queues the messages, all or none, and says how many are new.

        Whoever has the edition by this channel already, in whatever state, does not get it again, and what is
        frozen there stays. Suppressed addresses are put as failed. Large pieces that are equal are held and kept once.
        """
        packed = mails.pack(messages, self._person)
        with self._database.writing() as connection:
            return mails.put(connection, edition, packed, now)

    def claim(self, worker: str, now: datetime, limit: int, edition: EditionKey | None = None) -> list[Mail]:
        """Takes up to ``limit`` mails that are due, the one that has waited longest first, for this worker alone."""
        due = sa.select(outbox.c.id).where(_due(now))
        if edition is not None:
            due = due.where(outbox.c.edition == str(edition))
        due = due.order_by(outbox.c.next_try, outbox.c.id).limit(limit).with_for_update(skip_locked=True)
        # As a CTE it is worked out once; PostgreSQL may run a subquery again, and take more than the limit.
        chosen = due.cte("chosen")
        claimed = (
            sa.update(outbox)
            .where(outbox.c.id.in_(sa.select(chosen.c.id)))
            .values(state=MailState.CLAIMED.value, worker=worker, attempts=outbox.c.attempts + 1, changed=micros(now))
            .returning(outbox)
        )
        with self._database.writing() as connection:
            rows = connection.execute(claimed).all()
        return [mails.mail(row) for row in sorted(rows, key=lambda row: (row.next_try, row.id))]

    def message(self, id: int) -> Message:
        """The message as it was frozen. Raises ``StoreError`` where its bytes are not kept any more."""
        with self._database.reading() as connection:
            found = mails.message(connection, id)
        if found is None:
            raise StoreError(f"{self._database}: the bytes of mail {id} are not there, or not kept any more")
        return found

    def commit(self, id: int, worker: str, now: datetime) -> None:
        """To be called before the message is handed over for good. Raises ``LostClaim``."""
        values = {"state": MailState.COMMITTING.value, "changed": micros(now)}
        with self._database.writing() as connection:
            mine = sa.update(outbox).where(outbox.c.id == id, outbox.c.worker == worker)
            if not connection.execute(mine.where(outbox.c.state == MailState.CLAIMED.value).values(values)).rowcount:
                raise LostClaim(f"mail {id} is not held by {worker} any more")

    def settle(self, id: int, worker: str, receipt: Receipt, now: datetime, again: datetime | None = None) -> None:
        """Ends the attempt: what was deferred is tried ``again`` then, or has failed. Raises ``LostClaim``."""
        retried = again is not None and receipt.outcome is Outcome.DEFERRED
        values: dict[str, object] = {
            "state": (MailState.QUEUED if retried else _ENDS[receipt.outcome]).value,
            "worker": None,
            "next_try": micros(again) if again is not None and retried else None,
            "changed": micros(now),
            # Of somebody who was forgotten meanwhile, the answer would say the address again.
            "reply": sa.case((outbox.c.recipient == "", ""), else_=words(receipt.reply)),
        }
        if receipt.outcome is Outcome.DEFERRED and receipt.pause:
            # Given back untried.
            values["attempts"] = outbox.c.attempts - 1
        mine = sa.update(outbox).where(outbox.c.id == id, outbox.c.worker == worker, outbox.c.state.in_(_HELD))
        # The next commit has it on disk, so a loss of power leaves one message of this worker uncertain at most.
        with self._database.writing(soon=True) as connection:
            row = connection.execute(mine.values(values).returning(outbox.c.person, outbox.c.recipient)).one_or_none()
            if row is None:
                raise LostClaim(f"mail {id} is not held by {worker} any more")
            if receipt.suppress:
                reason = receipt.reply if row.recipient else ""
                suppress(connection, row.person, row.recipient, reason, now)

    def release(self, workers: Collection[str], now: datetime) -> tuple[int, int]:
        """Takes everything from workers that are gone: how many mails are queued again, and how many uncertain."""
        theirs = sa.update(outbox).where(outbox.c.worker.in_(list(workers)))
        queued = {"state": MailState.QUEUED.value, "worker": None, "changed": micros(now)}
        unknown = {
            "state": MailState.UNCERTAIN.value,
            "worker": None,
            "next_try": None,
            "changed": micros(now),
            "reply": "the program ended while this was handed over",
        }
        with self._database.writing() as connection:
            return (
                connection.execute(theirs.where(outbox.c.state == MailState.CLAIMED.value).values(queued)).rowcount,
                connection.execute(theirs.where(outbox.c.state == MailState.COMMITTING.value).values(unknown)).rowcount,
            )

    def requeue(self, which: Which, now: datetime, *, only_from: Collection[MailState] = (MailState.FAILED,)) -> int:
        """Queues mails again with the same bytes and Message-ID: failed, uncertain or cancelled ones; how many.

        Those whose address is suppressed, or whose bytes are not kept any more, stay as they are.
        """
        if not set(only_from) <= _AGAIN:
            raise ModelError(f"only what has failed, is uncertain or cancelled is sent again, not {sorted(only_from)}")
        values = {"state": MailState.QUEUED.value, "next_try": micros(now), "changed": micros(now), "attempts": 0}
        change = sa.update(outbox).where(
            outbox.c.state.in_([state.value for state in only_from]),
            outbox.c.recipient != "",
            sa.exists().where(outbox_pieces.c.mail == outbox.c.id),
            outbox.c.person.not_in(sa.select(suppressions.c.person)),
            *_chosen(which),
        )
        with self._database.writing() as connection:
            return connection.execute(change.values(values)).rowcount

    def cancel(self, which: Which, now: datetime) -> int:
        """Takes back what nobody has begun to hand over; how many these were."""
        values = {"state": MailState.CANCELLED.value, "worker": None, "next_try": None, "changed": micros(now)}
        states = (MailState.QUEUED.value, MailState.CLAIMED.value)
        with self._database.writing() as connection:
            change = sa.update(outbox).where(outbox.c.state.in_(states), *_chosen(which))
            return connection.execute(change.values(values)).rowcount

    def mail(self, id: int) -> Mail | None:
        return next(iter(self._mails(sa.select(outbox).where(outbox.c.id == id))), None)

    def mails(
        self, edition: EditionKey | None = None, states: Collection[MailState] = (), limit: int | None = None
    ) -> list[Mail]:
        """In the order in which they were put, of one edition and in one of these states where they are given."""
        query = sa.select(outbox).where(*_chosen(edition)).order_by(outbox.c.id).limit(limit)
        if states:
            query = query.where(outbox.c.state.in_([state.value for state in states]))
        return self._mails(query)

    def counts(self, edition: EditionKey | None = None) -> Mapping[MailState, int]:
        """How many mails are in each state; states without any are left out."""
        query = sa.select(outbox.c.state, sa.func.count()).where(*_chosen(edition)).group_by(outbox.c.state)
        with self._database.reading() as connection:
            found = {MailState(state): count for state, count in connection.execute(query)}
        return {state: found[state] for state in MailState if state in found}

    def due(self, now: datetime) -> int:
        """How many could be claimed now."""
        with self._database.reading() as connection:
            return connection.scalars(sa.select(sa.func.count()).select_from(outbox).where(_due(now))).one()

    def next_due(self, now: datetime) -> datetime | None:
        """When the next one can be claimed: ``now`` where one is due, None where none waits."""
        query = sa.select(sa.func.min(outbox.c.next_try)).where(outbox.c.state == MailState.QUEUED.value)
        with self._database.reading() as connection:
            first = connection.scalar(query)
        return None if first is None else max(now, moment(first))

    def _mails(self, query: sa.Select[tuple[str]]) -> list[Mail]:
        with self._database.reading() as connection:
            return [mails.mail(row) for row in connection.execute(query)]


def _due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.state == MailState.QUEUED.value, outbox.c.next_try <= micros(now))


def _chosen(which: Which) -> list[sa.ColumnElement[bool]]:
    match which:
        case None:
            return []
        case EditionKey():
            return [outbox.c.edition == str(which)]
        case _:
            return [outbox.c.id.in_(list(which))]
