"""What is done for an edition, step by step: collect, write, enqueue, deliver.

Each step may be done again, by this process or another, and ends alike: what it made is kept in the store before the
next begins. So whoever finds an edition half done does its steps from the beginning, and nothing is paid or sent
twice: articles are read once, paid answers are kept the moment they come, the outbox takes each recipient once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from briefing import wiring
from briefing.delivery.channels import channel
from briefing.delivery.deliver import Delivered, deliver
from briefing.editions import EditionKey, EditionState, Mail, MailState, Message, Outcome, Receipt
from briefing.errors import BriefingError
from briefing.model import Brief, Document
from briefing.ports import Channel
from briefing.render.json import dumps, loads
from briefing.schedule.notices import alert, review_requests
from briefing.schedule.plan import EditionPlan, Plan
from briefing.schedule.post import letters
from briefing.schedule.readers import Reader, Reading, readers, readings, usual_reading
from briefing.schedule.writing import Material, Writing
from briefing.store.store import Store

log = logging.getLogger(__name__)

_UNMADE = (EditionState.DUE, EditionState.MAKING)
_OPEN = (MailState.QUEUED, MailState.CLAIMED, MailState.COMMITTING)


class NobodyReads(BriefingError):
    """The list of an edition has nobody on it."""


class Newsroom:
    """Makes and sends the editions of ``plan``, with what ``store`` keeps.

    ``worker`` names this process in the outbox, ``clock`` tells the time, ``stop`` says between two messages whether
    to leave the rest for later.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        *,
        worker: str,
        clock: Callable[[], datetime],
        secret: Callable[[], str],
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.plan = plan
        self.store = store
        self.worker = worker
        self.clock = clock
        self.stop = stop
        self._secret = secret
        self._writing = Writing(plan, store, clock)
        self._post = threading.Lock()

    # The steps.

    def collect(self, key: EditionKey) -> int:
        """Reads the sources, once; how many articles were read. Raises ``NothingRead``."""
        edition = self.plan.edition(key.name)
        self.store.editions.move(key, EditionState.MAKING, self.clock(), only_from=(EditionState.DUE,))
        return self._writing.collect(key, edition)

    def write(self, key: EditionKey) -> int:
        """Makes the briefs that the edition's readers ask for; how many have a story. Raises ``NobodyReads``."""
        edition = self.plan.edition(key.name)
        people = self.readers(edition)
        if edition.subscribers and not people:
            # Before a model is paid for it.
            raise NobodyReads(
                f"nobody is on the list {edition.subscribers!r}; add somebody: "
                f"briefing subscribers add {edition.subscribers} ADDRESS"
            )
        material = self._writing.collected(key, edition)
        made = [self._brief(key, edition, reading, material) for reading in readings(edition, people)]
        return sum(bool(brief.stories) for brief in made)

    def enqueue(self, key: EditionKey) -> int:
        """Puts a message for every reader into the outbox, in one transaction; how many of them are new."""
        edition = self.plan.edition(key.name)
        troubles: list[str] = []
        # Made before the database is held for writing.
        messages = list(self._letters(key, edition, troubles.append))
        new = self.store.outbox.put(key, messages, self.clock())
        self.store.editions.move(
            key, EditionState.SENDING, self.clock(), only_from=(EditionState.MAKING, EditionState.WAITING)
        )
        for message in messages:
            if message.refused:
                who = self.store.person(message.recipient)
                log.warning("no mail can be addressed", extra={"edition": str(key), "recipient": who})
        if troubles:
            self.tell(key, f"it is sent, but {'; '.join(dict.fromkeys(troubles))}")
        return new

    def deliver(self, key: EditionKey | None = None) -> Delivered:
        """Sends what is due, of one edition or of all, and closes the editions that have nothing left to send."""
        # One message at a time: a crash then leaves one that is uncertain, not several.
        with self._post, ExitStack() as stack:
            delivered = deliver(
                self.store.outbox,
                self._channels(stack),
                worker=self.worker,
                clock=self.clock,
                edition=key,
                stop=self.stop,
                heard=self._heard,
            )
        self.close_sent()
        return delivered

    def close_sent(self) -> None:
        """Closes the editions that have nothing left to send."""
        for record in self.store.editions.recent(states=(EditionState.SENDING,), limit=1000):
            if not any(self.store.outbox.counts(record.key).get(state) for state in _OPEN):
                self.store.editions.move(record.key, EditionState.DONE, self.clock(), only_from=(EditionState.SENDING,))

    def rehearse(self, key: EditionKey) -> list[tuple[Brief, list[Reader]]]:
        """The briefs that the edition would have now, and who would get each; nothing is kept but paid answers."""
        edition = self.plan.edition(key.name)
        people = self.readers(edition)
        material = Material(tuple(wiring.collect(edition.settings)), self.clock())
        return [
            (self._writing.write(key, edition, reading, material), [p for p in people if p.reading == reading])
            for reading in readings(edition, people)
        ]

    def finish_message(self, seconds: float) -> bool:
        """After ``stop``: waits so long for the answer to a message that is being handed over; whether it came."""
        ended = self._post.acquire(timeout=seconds)
        if ended:
            self._post.release()
        return ended

    # What may happen between the steps.

    def hold(self, key: EditionKey) -> None:
        """Lets the edition wait for a person's word, and tells the reviewers."""
        edition = self.plan.edition(key.name)
        part = replace(key, part="review-1")
        requests = review_requests(part, self.brief(key), edition, self.plan, self.clock())
        self.store.outbox.put(part, requests, self.clock())
        self.store.editions.move(key, EditionState.WAITING, self.clock(), only_from=(EditionState.MAKING,))

    def skip(self, key: EditionKey, reason: str) -> None:
        """Closes an edition that nobody gets."""
        self.store.editions.move(key, EditionState.SKIPPED, self.clock(), reason=reason, only_from=_BEFORE_SENDING)

    def fail(self, key: EditionKey, reason: str) -> None:
        """Closes an edition that could not be made, and tells the admin."""
        log.error("edition failed", extra={"edition": str(key), "reason": reason})
        self.store.editions.move(key, EditionState.FAILED, self.clock(), reason=reason, only_from=_BEFORE_SENDING)
        self.tell(key, reason)

    def reopen(self, key: EditionKey) -> None:
        """Has an edition that failed or was skipped made again, from the beginning and of what is there now."""
        editions = self.store.editions
        editions.discard(key)
        self._writing.forget(key)
        editions.move(key, EditionState.DUE, self.clock(), only_from=(EditionState.FAILED, EditionState.SKIPPED))

    def tell(self, key: EditionKey, reason: str) -> None:
        """Mails the admin what is wrong with an edition, where there is one."""
        part = replace(key, part="alert")
        notice = alert(part, reason, self.plan, self.clock())
        if notice:
            self.store.outbox.put(part, [notice], self.clock())

    # What is there.

    def is_unmade(self, key: EditionKey) -> bool:
        """Whether the edition was opened, and has neither gone out nor been closed."""
        record = self.store.editions.get(key)
        return record is not None and record.state in _UNMADE

    def parts(self, key: EditionKey) -> list[EditionKey]:
        """The edition itself, and the mails to its reviewers and the admin."""
        return [key, *(replace(key, part=part) for part in ("review-1", "alert"))]

    def readers(self, edition: EditionPlan) -> list[Reader]:
        """Everybody that the edition goes to."""
        listed = self.store.subscribers.all(edition.subscribers, active=True) if edition.subscribers else []
        return readers(edition, listed)

    def brief(self, key: EditionKey, reading: Reading | None = None) -> Brief:
        """A brief of the edition that was made; the first where it is not said which. Raises ``StoreError``."""
        edition = self.plan.edition(key.name)
        wanted = reading or readings(edition, self.readers(edition))[0]
        return self._brief(key, edition, wanted)

    def briefs(self, key: EditionKey) -> dict[Reading, Brief]:
        """Every brief that was made for the edition's readers."""
        edition = self.plan.edition(key.name)
        return {r: self._brief(key, edition, r) for r in readings(edition, self.readers(edition))}

    def keep(self, key: EditionKey, reading: Reading, brief: Brief) -> None:
        """Puts a changed brief in the place of the one that was made."""
        name = reading.file(usual_reading(self.plan.edition(key.name)))
        self.store.editions.keep(key, Document(dumps(brief).encode(), "application/json", name), self.clock())

    def _brief(
        self, key: EditionKey, edition: EditionPlan, reading: Reading, material: Material | None = None
    ) -> Brief:
        name = reading.file(usual_reading(edition))
        kept = self.store.editions.document(key, name)
        if kept:
            return loads(kept.content)
        material = material or self._writing.collected(key, edition)
        brief = self._writing.paid(key, name, edition, reading, material)
        self.store.editions.add_cost(key, brief.cost, name)
        self.keep(key, reading, brief)
        return brief

    def _channels(self, stack: ExitStack) -> dict[str, Channel]:
        """Every channel of the plan, closed with ``stack``; each connects at its first message."""
        opened = {}
        for spec in sorted({edition.channel for edition in self.plan.editions.values()}):
            opened[spec] = channel(spec, self.plan.smtp, base=Path(self.plan.file).parent)
            stack.callback(opened[spec].close)
        return opened

    def _heard(self, mail: Mail, receipt: Receipt) -> None:
        # What the other side says may name the recipient.
        reply = receipt.reply.replace(mail.recipient, "…")
        who = self.store.person(mail.recipient)
        said = {"edition": str(mail.edition), "mail": mail.id, "recipient": who, "reply": reply}
        log.log(logging.INFO if receipt.outcome is Outcome.SENT else logging.WARNING, receipt.outcome.value, extra=said)

    def _letters(self, key: EditionKey, edition: EditionPlan, trouble: Callable[[str], None]) -> Iterator[Message]:
        by_reading: dict[Reading, list[Reader]] = {}
        for reader in self.readers(edition):
            by_reading.setdefault(reader.reading, []).append(reader)
        for reading, people in by_reading.items():
            brief = self._brief(key, edition, reading)
            if brief.stories or edition.when_empty == "send":
                secret = self._secret()
                yield from letters(key, brief, people, edition, self.plan, secret=secret, trouble=trouble)


_BEFORE_SENDING = (EditionState.DUE, EditionState.MAKING, EditionState.WAITING)
