"""Opens what editions are made with: the store, this process among the workers, the newsroom, the durable runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from briefing.delivery.unsubscribe import read_mail, secret_of
from briefing.editions import EditionKey, EditionRecord, EditionState, MailState
from briefing.errors import StoreError
from briefing.schedule.alarms import Alarms
from briefing.schedule.health import file_of, reporter
from briefing.schedule.metrics import serving
from briefing.schedule.newsroom import Newsroom
from briefing.schedule.plan import EditionPlan, Plan
from briefing.schedule.review import waiting
from briefing.schedule.runs import Runs
from briefing.schedule.service import BEAT, Presence, Service
from briefing.schedule.upkeep import Upkeep
from briefing.store.place import data_folder, database_file
from briefing.store.store import Store

log = logging.getLogger(__name__)

# At the end: for the answer to a message, which servers may take ten minutes for (RFC 5321, 4.5.3.2.6), and for steps.
_LAST_REPLY, _LAST_SECONDS = 620.0, 20.0
# A person has decided, or all is done.
_LEFT_ALONE = (EditionState.DONE, EditionState.WAITING, EditionState.REJECTED)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """An open store and what works on it. ``stop`` ends its work between two messages."""

    plan: Plan
    store: Store
    newsroom: Newsroom
    presence: Presence
    clock: Callable[[], datetime]
    stop: threading.Event

    def run(self, name: str) -> EditionRecord:
        """Makes and sends today's edition, once: one that was sent is left alone, one that failed is tried again.

        Raises ``ConfigError`` where there is no such edition, and ``StoreError``.
        """
        edition = self.plan.edition(name)
        key = self.today(edition)
        record = self.store.editions.open(key, edition.tenant, self.clock(), self.clock())
        if record.state in _LEFT_ALONE:
            if self.store.outbox.counts(key).get(MailState.QUEUED):
                # A person had some of its mails tried again.
                with self._at_work():
                    self.newsroom.deliver(key)
            return self.store.editions.get(key) or record
        with self._at_work(), Runs(self.newsroom, where(self.plan), me=self.presence.id) as runs:
            self.presence.bury(runs.recover)
            if record.state in (EditionState.FAILED, EditionState.SKIPPED):
                self.newsroom.reopen(key)
            if record.state is not EditionState.SENDING or runs.is_running(key):
                runs.start(key, lambda: self.presence.bury(runs.recover))
            # What was put off, or was held by a process that died, is tried now; what was sent is not touched.
            for part in self.newsroom.parts(key):
                self.newsroom.deliver(part)
        return self.store.editions.get(key) or record

    def serve(self, *, schedules: bool) -> bool:
        """The service, until ``stop`` is set: with ``schedules`` it starts what is due, without it only works.

        Returns whether everything that was under way has ended. What has not goes on in another process, or when this
        one is started again; the caller then has to end the process, whose threads are still at it.
        """
        settings = self.plan.service
        with (
            serving(self.plan if schedules else None, self.store, self.clock),
            self._at_work(),
            Runs(self.newsroom, where(self.plan), me=self.presence.id, at_once=settings.editions_at_once) as runs,
        ):
            upkeep = Upkeep(self.store, timedelta(days=settings.keep_days), runs.forget)
            Service(
                self.plan,
                self.store,
                self.newsroom,
                runs,
                self.presence,
                clock=self.clock,
                stop=self.stop,
                schedules=schedules,
                heard=reporter(self.plan, self.store, self.presence.id, self.clock, schedules=schedules),
                chores=(upkeep.daily, Alarms(self.plan, self.store).look),
            ).run()
            if health := file_of(self.plan, schedules=schedules):
                # Who looks shall not find the last sign of life of a service that has ended.
                health.unlink(missing_ok=True)
            return self.newsroom.finish_message(_LAST_REPLY) and runs.finish(_LAST_SECONDS)

    def approve(self, key: EditionKey) -> EditionRecord:
        """Sends an edition that waits for a person's word. Raises ``ConfigError`` where it does not wait."""
        waiting(self.newsroom, key)
        with self._at_work(), Runs(self.newsroom, where(self.plan), me=self.presence.id) as runs:
            self.presence.bury(runs.recover)
            runs.send(key, lambda: self.presence.bury(runs.recover))
        record = self.store.editions.get(key)
        if record is None:
            raise StoreError(f"{key} is not in the database any more")
        return record

    def unsubscribe(self, list: str, address: str) -> bool:
        """Takes somebody off a list; False where nobody of that address is on it."""
        return self.store.subscribers.remove(list, address, self.clock())

    def asked_by_mail(self, raw: bytes) -> tuple[str, str]:
        """The list and the address that a mail asks to be taken from. Raises ``DeliveryError``."""
        return read_mail(raw, secret_of(data_folder()))

    def today(self, edition: EditionPlan) -> EditionKey:
        """The key of the edition of today's date in its zone."""
        return EditionKey(edition.name, self.clock().astimezone(edition.settings.tz).date())

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """Says that this process is there, before it has anything, until it has nothing any more."""
        self.presence.beat()
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT):
                try:
                    self.presence.beat()
                except StoreError as error:
                    log.warning("no sign of life could be given", extra={"reason": str(error)})

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
        self.presence.leave()


@contextmanager
def office(plan: Plan, *, clock: Callable[[], datetime] = now, stop: threading.Event | None = None) -> Iterator[Office]:
    """An office for ``plan``. Raises ``StoreError`` where its database cannot be opened."""
    halt = stop or threading.Event()
    with Store(where(plan)) as store:
        presence = Presence(store, clock, version("briefing"))
        newsroom = Newsroom(
            plan,
            store,
            worker=presence.id,
            clock=clock,
            secret=lambda: secret_of(data_folder()),
            stop=halt.is_set,
        )
        yield Office(plan, store, newsroom, presence, clock, halt)


def where(plan: Plan) -> str | Path:
    """The database of a plan: its URL or file, or the file in the user's data folder."""
    return plan.database or database_file()
