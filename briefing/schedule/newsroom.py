"""What is done for an edition, step by step: collect, write, enqueue, deliver.

Each step may be done again, by this process or another, and ends alike: what it made is kept in the store before the
next begins. So whoever finds an edition half done does its steps from the beginning, and nothing is paid or sent
twice: articles are read once, paid answers are kept the moment they come, the outbox takes each recipient once.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing import wiring
from briefing.config import Settings
from briefing.delivery.channels import channel
from briefing.delivery.deliver import Delivered, deliver
from briefing.editions import EditionKey, EditionState, Mail, MailState, Message, Outcome, Receipt
from briefing.errors import BriefingError
from briefing.model import Article, Brief, Document, Failure
from briefing.ports import Channel
from briefing.render.json import dump_article, dumps, load_article, loads
from briefing.schedule.notices import alert, review_requests
from briefing.schedule.plan import EditionPlan, Plan
from briefing.schedule.post import letters
from briefing.schedule.readers import Reader, Reading, readers, readings, usual_reading
from briefing.store.store import Store

log = logging.getLogger(__name__)

# What an edition was made of is not told again by the next ones, for so long.
REMEMBERED = timedelta(days=14)
_MADE_AT, _ARTICLES, _FAILURES = "made_at", "articles", "failures"
# States in which readers have got, or are about to get, what an edition is made of.
_TOLD = (EditionState.SENDING, EditionState.DONE, EditionState.WAITING)
# A process that was heard of so lately counts when rates are shared.
_SEEN = timedelta(minutes=1)
_RATES = ("requests_per_minute", "tokens_per_minute")
_UNMADE = (EditionState.DUE, EditionState.MAKING)
_OPEN = (MailState.QUEUED, MailState.CLAIMED, MailState.COMMITTING)


class NothingRead(BriefingError):
    """Not one article could be read of all the sources of an edition."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ``Source`` of what an edition collected before."""

    found: tuple[Article | Failure, ...]

    def collect(self, since: datetime | None, until: datetime | None) -> Iterable[Article | Failure]:
        return self.found


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
        self._post = threading.Lock()

    # The steps.

    def collect(self, key: EditionKey) -> int:
        """Reads the sources, once; how many articles were read. Raises ``NothingRead``."""
        editions, edition = self.store.editions, self.plan.edition(key.name)
        editions.move(key, EditionState.MAKING, self.clock(), only_from=(EditionState.DUE,))
        if not editions.recall(key, _FAILURES):
            found = list(wiring.collect(edition.settings))
            failures = [f for f in found if isinstance(f, Failure)]
            articles = {a.id: a for a in found if isinstance(a, Article)}
            editions.keep_articles(key, map(dump_article, articles.values()))
            editions.remember(key, _ARTICLES, json.dumps(list(articles)))
            editions.remember(key, _MADE_AT, self.clock().isoformat())
            # Last: it says that the rest is there.
            editions.remember(key, _FAILURES, json.dumps([[f.where, f.reason, f.detail] for f in failures]))
        read = len(json.loads(editions.recall(key, _ARTICLES) or "[]"))
        if not read and edition.when_empty != "send":
            raise NothingRead(_none_read(self._failures(key), edition))
        return read

    def write(self, key: EditionKey) -> int:
        """Makes the briefs that the edition's readers ask for; how many have a story."""
        edition = self.plan.edition(key.name)
        made = [self._brief(key, edition, reading) for reading in readings(edition, self.readers(edition))]
        return sum(bool(brief.stories) for brief in made)

    def enqueue(self, key: EditionKey) -> int:
        """Puts a message for every reader into the outbox, in one transaction; how many of them are new."""
        edition = self.plan.edition(key.name)
        # Made before the database is held for writing.
        messages = list(self._letters(key, edition))
        new = self.store.outbox.put(key, messages, self.clock())
        self.store.editions.move(
            key, EditionState.SENDING, self.clock(), only_from=(EditionState.MAKING, EditionState.WAITING)
        )
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
        found, now = tuple(wiring.collect(edition.settings)), self.clock()
        return [
            (self._write(key, edition, reading, now, found), [p for p in people if p.reading == reading])
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
        for kept in editions.documents(key):
            # Not there any more; what it cost stays in the edition's account.
            editions.keep(key, Document(b"", kept.media_type, kept.name), self.clock())
        editions.remember(key, _FAILURES, "")
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

    def _brief(self, key: EditionKey, edition: EditionPlan, reading: Reading) -> Brief:
        name = reading.file(usual_reading(edition))
        kept = self.store.editions.document(key, name)
        if kept is None or not kept.content:
            kept = Document(dumps(self._made(key, edition, reading)).encode(), "application/json", name)
            self.store.editions.keep(key, kept, self.clock())
        brief = loads(kept.content)
        self.store.editions.add_cost(key, brief.cost, name)
        return brief

    def _made(self, key: EditionKey, edition: EditionPlan, reading: Reading) -> Brief:
        made_at = datetime.fromisoformat(self.store.editions.recall(key, _MADE_AT) or self.clock().isoformat())
        articles = [load_article(text) for text in self.store.editions.articles(key)]
        return self._write(key, edition, reading, made_at, (*articles, *self._failures(key)))

    def _write(
        self,
        key: EditionKey,
        edition: EditionPlan,
        reading: Reading,
        made_at: datetime,
        found: tuple[Article | Failure, ...],
    ) -> Brief:
        settings = self._settings(reading.settings(edition.settings))
        now = settings.now_at(made_at)
        interest = replace(settings.interest(now), seen=self._told_before(key))
        return wiring.make(settings, interest=interest, now=now, sources=(Kept(found),))

    def _settings(self, settings: Settings) -> Settings:
        """With the paid answers where every worker finds them, and this edition's share of the vendor's rates."""
        if "://" in self.plan.database and not settings.cache:
            settings = replace(settings, cache=self.plan.database)
        workers = len(self.store.workers.alive(self.clock(), _SEEN)) or 1
        return replace(settings, model=shared_rates(settings.model, workers * self.plan.service.editions_at_once))

    def _failures(self, key: EditionKey) -> tuple[Failure, ...]:
        return tuple(Failure(*f) for f in json.loads(self.store.editions.recall(key, _FAILURES) or "[]"))

    def _told_before(self, key: EditionKey) -> frozenset[str]:
        """The articles of the editions of this name of the last days."""
        earlier = self.store.editions.recent(key.name, limit=50, states=_TOLD)
        return frozenset(
            id
            for record in earlier
            if key.date - REMEMBERED <= record.key.date < key.date and not record.key.part
            for id in json.loads(self.store.editions.recall(record.key, _ARTICLES) or "[]")
        )

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

    def _letters(self, key: EditionKey, edition: EditionPlan) -> Iterator[Message]:
        by_reading: dict[Reading, list[Reader]] = {}
        for reader in self.readers(edition):
            by_reading.setdefault(reader.reading, []).append(reader)
        for reading, people in by_reading.items():
            brief = self._brief(key, edition, reading)
            if brief.stories or edition.when_empty == "send":
                yield from letters(key, brief, people, edition, self.plan, secret=self._secret())


def shared_rates(model: Mapping[str, Any], editions: int) -> Mapping[str, Any]:
    """The settings of a model for one of so many editions that may be written at once, wherever they are."""
    share = {name: max(1.0, model[name] / editions) for name in _RATES if model.get(name)}
    return MappingProxyType({**model, **share})


_BEFORE_SENDING = (EditionState.DUE, EditionState.MAKING, EditionState.WAITING)


def _none_read(failures: Iterable[Failure], edition: EditionPlan) -> str:
    where = ", ".join(edition.settings.paths)
    first = next((f"; the first failure: {f.where}: {f.reason}: {f.detail}" for f in failures), "")
    return f"no article was read from {where}{first}"
