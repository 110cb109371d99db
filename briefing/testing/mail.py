"""Doubles for mail: a channel that does what it is told, and an outbox in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from briefing.editions import EditionKey, Mail, MailState, Message, Outcome, Receipt
from briefing.errors import LostClaim, StoreError

_STATES = {
    Outcome.SENT: MailState.SENT,
    Outcome.REFUSED: MailState.FAILED,
    Outcome.UNKNOWN: MailState.UNCERTAIN,
}


class ScriptedChannel:
    """Implements ``ports.Channel``: the given receipts in their order, then all is sent; errors are raised.

    A message that is sent, or of which nobody knows, is committed first. ``asked`` are all messages so far, ``sent``
    those that arrived.
    """

    def __init__(self, script: Iterable[Receipt | Exception] = ()) -> None:
        self._script = deque(script)
        self.asked: list[Message] = []
        self.sent: list[Message] = []
        self.closed = 0

    def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
        self.asked.append(message)
        receipt = self._script.popleft() if self._script else Receipt(Outcome.SENT, "250 OK")
        if isinstance(receipt, Exception):
            raise receipt
        if receipt.outcome in (Outcome.SENT, Outcome.UNKNOWN):
            commit()
        if receipt.outcome is Outcome.SENT:
            self.sent.append(message)
        return receipt

    def close(self) -> None:
        self.closed += 1


class MemoryOutbox:
    """Implements ``ports.Outbox`` for one thread. ``mails`` are its rows by number, ``suppressed`` the addresses to
    which nothing more is to be sent.
    """

    def __init__(self) -> None:
        self.mails: dict[int, Mail] = {}
        self.suppressed: set[str] = set()
        self._messages: dict[int, Message] = {}
        self._held: dict[int, str] = {}

    def put(self, edition: EditionKey, messages: Iterable[Message], now: datetime) -> int:
        """Takes the messages whose edition, recipient and channel are new; says how many."""
        before = len(self.mails)
        known = {(m.edition, m.recipient.lower(), m.channel) for m in self.mails.values()}
        for message in messages:
            key = (edition, message.recipient.lower(), message.channel)
            if key not in known:
                known.add(key)
                id = len(self.mails) + 1
                self._messages[id] = message
                suppressed = message.recipient.lower() in self.suppressed
                self.mails[id] = Mail(
                    id=id,
                    edition=edition,
                    recipient=message.recipient,
                    channel=message.channel,
                    message_id=message.message_id,
                    state=MailState.FAILED if suppressed else MailState.QUEUED,
                    attempts=0,
                    next_try=None if suppressed else now,
                    changed=now,
                    reply="suppressed" if suppressed else "",
                )
        return len(self.mails) - before

    def release(self, workers: Iterable[str], now: datetime) -> tuple[int, int]:
        """Takes everything from workers that are gone: how many mails are queued again, and how many uncertain."""
        gone = set(workers)
        theirs = [self.mails[id] for id, holder in self._held.items() if holder in gone]
        for mail in theirs:
            if mail.state is MailState.COMMITTING:
                reply = "the program ended while this was handed over"
                self._move(mail.id, now, state=MailState.UNCERTAIN, next_try=None, reply=reply)
            else:
                self._move(mail.id, now, state=MailState.QUEUED)
        uncertain = sum(mail.state is MailState.COMMITTING for mail in theirs)
        return len(theirs) - uncertain, uncertain

    def claim(self, worker: str, now: datetime, limit: int, edition: EditionKey | None = None) -> list[Mail]:
        due = [
            mail
            for mail in self.mails.values()
            if mail.state is MailState.QUEUED
            and mail.next_try is not None
            and mail.next_try <= now
            and edition in (None, mail.edition)
        ]
        due = sorted(due, key=lambda mail: (mail.next_try or now, mail.id))[:limit]
        for mail in due:
            self._move(mail.id, now, state=MailState.CLAIMED, attempts=mail.attempts + 1)
            self._held[mail.id] = worker
        return [self.mails[mail.id] for mail in due]

    def message(self, id: int) -> Message:
        if id not in self._messages:
            raise StoreError(f"the outbox has no message {id}")
        return self._messages[id]

    def commit(self, id: int, worker: str, now: datetime) -> None:
        if self._held.get(id) != worker or self.mails[id].state is not MailState.CLAIMED:
            raise LostClaim(f"message {id} is not held by {worker}")
        self._move(id, now, state=MailState.COMMITTING)
        self._held[id] = worker

    def settle(self, id: int, worker: str, receipt: Receipt, now: datetime, again: datetime | None = None) -> None:
        """As in the port. What was put off with ``pause`` was not tried, and does not count as an attempt."""
        if self._held.get(id) != worker:
            raise LostClaim(f"message {id} is not held by {worker}")
        later = again if receipt.outcome is Outcome.DEFERRED else None
        state = _STATES.get(receipt.outcome) or (MailState.QUEUED if later else MailState.FAILED)
        untried = receipt.outcome is Outcome.DEFERRED and receipt.pause
        attempts = self.mails[id].attempts - untried
        self._move(id, now, state=state, next_try=later, reply=receipt.reply, attempts=attempts)
        if receipt.suppress:
            self.suppressed.add(self.mails[id].recipient.lower())

    def _move(self, id: int, now: datetime, **changes: Any) -> None:
        self._held.pop(id, None)
        self.mails[id] = replace(self.mails[id], changed=now, **changes)
