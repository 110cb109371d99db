"""The service: once a minute it looks for what is due, and all the time it makes and sends.

Any number of processes may do so on one database: a slot is keyed by edition and local date, a run by that key, a
message by edition, recipient and channel.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from briefing.editions import EditionKey, EditionState
from briefing.errors import BriefingError
from briefing.schedule.newsroom import Newsroom
from briefing.schedule.plan import EditionPlan, Plan
from briefing.schedule.runs import Runs
from briefing.schedule.triggers import Trigger
from briefing.store.schedules import Schedule
from briefing.store.store import Store

log = logging.getLogger(__name__)

BEAT = 10.0  # seconds between two signs of life
# A process that was not heard of for so long is dead. One that was only asleep loses what it held, and notices.
PATIENCE = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)
# How the reason of an edition begins that nobody made in time.
MISSED = "missed:"
LOOK = timedelta(seconds=5)  # between two looks at the outbox


class Scheduler:
    """Decides what is due.

    ``enqueue`` has an edition of a tenant run; doing it twice must change nothing. ``reopen`` has one that failed or
    was skipped made again.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        enqueue: Callable[[EditionKey, str], None],
        reopen: Callable[[EditionKey], None] = lambda key: None,
    ) -> None:
        self._plan = plan
        self._store = store
        self._enqueue = enqueue
        self._reopen = reopen

    def tick(self, now: datetime) -> list[EditionKey]:
        """Starts every edition whose slot has come; those that were missed by too much are skipped, and it is said."""
        started = []
        known = {schedule.name: schedule for schedule in self._store.schedules.all()}
        for edition in self._plan.editions.values():
            if edition.trigger:
                started += self._due(edition, edition.trigger, known.get(edition.name), now)
        # Those that a scheduler opened and then died, and those whose run ended without a word.
        for record in self._store.editions.unfinished():
            planned = record.key.name in self._plan.editions
            if record.state in (EditionState.DUE, EditionState.MAKING) and planned and not record.key.part:
                self._enqueue(record.key, record.tenant)
        return started

    def _due(self, edition: EditionPlan, trigger: Trigger, known: Schedule | None, now: datetime) -> list[EditionKey]:
        schedules = self._store.schedules
        started: list[EditionKey] = []
        if known is None or known.spec != str(trigger) or known.next_at is None:
            # A new edition, or a new time of an old one: it begins from here on.
            schedules.advance(edition.name, known.next_at if known else None, str(trigger), trigger.after(now))
            return []
        slot = known.next_at
        while slot <= now:
            key = EditionKey(edition.name, trigger.date(slot))
            record = self._store.editions.open(key, edition.tenant, slot, now)
            if record.state in (EditionState.FAILED, EditionState.SKIPPED) and record.changed < slot:
                # Somebody tried before its time, when there may have been nothing yet.
                self._reopen(key)
            if now - slot > edition.grace:
                reason = f"{MISSED} due at {slot:%Y-%m-%d %H:%M} UTC, and nothing ran for longer than its grace"
                self._store.editions.move(key, EditionState.SKIPPED, now, reason=reason, only_from=(EditionState.DUE,))
                log.warning("slot missed", extra={"edition": str(key), "reason": reason})
            else:
                self._enqueue(key, edition.tenant)
                started.append(key)
            later = trigger.after(slot)
            # Last, so that a scheduler that dies before does it all again.
            if not schedules.advance(edition.name, slot, str(trigger), later):
                break
            slot = later
        return started


class Presence:
    """This process among the workers: it says every few seconds that it is there, and looks for those that are not."""

    def __init__(self, store: Store, clock: Callable[[], datetime], version: str) -> None:
        self.id = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._store = store
        self._clock = clock
        self._version = version

    def beat(self) -> None:
        self._store.workers.beat(self.id, socket.gethostname(), os.getpid(), self._version, self._clock())

    def bury(self, recover: Callable[[Callable[[], list[str]]], None]) -> tuple[int, int]:
        """Takes over what dead processes held: how many mails were given back, and how many are uncertain.

        ``recover`` is given a function that tells who is there; it takes over the runs of all others.
        """
        workers, now = self._store.workers, self._clock()
        dead = workers.dead(now, PATIENCE, socket.gethostname(), _is_running, me=self.id)
        back, uncertain = self._store.outbox.release(dead, now) if dead else (0, 0)
        for id in dead:
            workers.gone(id)
        recover(lambda: [worker.id for worker in workers.all()])
        if dead:
            held = {"workers": len(dead), "queued": back, "uncertain": uncertain}
            log.warning("took over from dead processes", extra=held)
        return back, uncertain

    def leave(self) -> None:
        """Ends in good order: what was claimed is given back."""
        self._store.outbox.release([self.id], self._clock())
        self._store.workers.gone(self.id)


class Service:
    """``briefing start``: schedules, makes and sends until ``stop`` is set.

    ``heard`` is told of each round by its name, and what went wrong in it. ``chores`` are done every minute by
    whoever schedules.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        newsroom: Newsroom,
        runs: Runs,
        presence: Presence,
        *,
        clock: Callable[[], datetime],
        stop: threading.Event,
        schedules: bool = True,
        heard: Callable[[str, str], None] = lambda round, failure: None,
        chores: Sequence[Callable[[datetime], object]] = (),
    ) -> None:
        self._store = store
        self._newsroom = newsroom
        self._runs = runs
        self._presence = presence
        self._clock = clock
        self._stop = stop
        self._scheduler = Scheduler(plan, store, runs.enqueue, newsroom.reopen) if schedules else None
        self._heard = heard
        self._chores = chores

    def run(self) -> None:
        """Returns after ``stop`` was set. An error in one round is told, and the next round is tried."""
        threads = [
            threading.Thread(target=self._every, args=(wait, work), name=work.__name__, daemon=True)
            for wait, work in ((LOOK, self._mail), (MINUTE, self._minute))
        ]
        for thread in threads:
            thread.start()
        self._stop.wait()
        for thread in threads:
            thread.join(timeout=30)

    def _every(self, wait: timedelta, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            failure = ""
            try:
                work()
            except BriefingError as error:
                failure = str(error)
                log.error("a round failed and is tried again", extra={"reason": failure})
            except Exception as error:
                failure = f"a defect: {type(error).__name__}"
                log.exception("a defect in the service; the round is tried again")
            self._heard(work.__name__.strip("_"), failure)
            # At whole minutes, not a minute after whatever the work took.
            past = self._clock().timestamp() % wait.total_seconds()
            self._stop.wait(wait.total_seconds() - past)

    def _mail(self) -> None:
        if self._store.outbox.due(self._clock()):
            self._newsroom.deliver()

    def _minute(self) -> None:
        self._presence.bury(self._runs.recover)
        # Whoever sent the last message of an edition may have died before saying so.
        self._newsroom.close_sent()
        if self._scheduler:
            self._scheduler.tick(self._clock())
            for chore in self._chores:
                chore(self._clock())


def _is_running(pid: int) -> bool:
    if os.name != "posix":  # there, asking would end it; patience tells
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's, or the system does not tell
        return True
    try:
        # One that has ended is there until its parent asks for it, which some never do.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1] != "Z"
    except (OSError, UnicodeError):
        return True
