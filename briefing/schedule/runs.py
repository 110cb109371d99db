"""Durable runs: an edition's steps on DBOS, each recorded, so that a killed run goes on where it stood.

DBOS keeps its records beside the store: in ``runs.db`` next to an SQLite file, in the schema ``dbos`` of a Postgres
database. What a step did is in the store; its record is a number or a text. docs/decisions/ tells why DBOS, and what is
used of it.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from dbos._serialization import DBOSPortableJSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from briefing.editions import EditionKey, EditionState
from briefing.errors import BriefingError, StoreError
from briefing.schedule.newsroom import Newsroom

log = logging.getLogger(__name__)

# Recovery is tied to it, so it stays the same from one version of the program to the next: a run that one version
# began, another ends. It grows only with a change in the order of the steps below; runs of before then begin anew, and
# find in the store what was done and paid for.
VERSION = 1
QUEUE = "editions"
_NAME = "briefing"
_FAILED = "failed: "
_GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", _GIVEN_UP]
_QUICK = 0.5  # seconds between two looks at the queue
_WATCH = 5.0  # seconds between two looks for dead processes
_WRITTEN = 30.0  # seconds in which the end of a run that is over has to be written
# So many processes may end in the middle of one run before it is given up.
_MOST_DEATHS = 20


class Runs:
    """Runs editions in this process; a context manager. One at a time in a process, as DBOS has it.

    ``where`` is a file or a URL, as for ``Store``; ``me`` names this process and is never used twice. With
    ``at_once`` it takes editions from the queue, so many side by side and one of each tenant; without, it only runs
    those that ``start`` names. Raises ``StoreError``.
    """

    def __init__(
        self, newsroom: Newsroom, where: str | Path, *, me: str, at_once: int | None = None, version: int = VERSION
    ) -> None:
        self._newsroom = newsroom
        self._at_once = at_once
        self._me = me
        self._version = version
        # The runs that began in this process, and when those ended that did, by the clock of ``time.monotonic``.
        self._here: dict[str, float | None] = {}
        config: DBOSConfig = {
            "name": _NAME,
            "system_database_url": _url(where),
            "application_version": str(version),
            "executor_id": me,
            "log_level": "WARNING",
            "serializer": DBOSPortableJSONSerializer(),
            "notification_listener_polling_interval_sec": _QUICK,
        }
        DBOS(config=config)
        # Its messages go where ours go, and nowhere else: a command tells its errors in one line.
        logger = logging.getLogger("dbos")
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = True

        # Functions, since DBOS writes on what it is given.
        @DBOS.workflow(name="edition", max_recovery_attempts=_MOST_DEATHS)
        def edition(key: str) -> str:
            with self._noting():
                return self._make_and_send(EditionKey.parse(key))

        @DBOS.workflow(name="sending", max_recovery_attempts=_MOST_DEATHS)
        def sending(key: str) -> str:
            with self._noting():
                return self._send(EditionKey.parse(key))

        self._edition, self._sending = edition, sending
        DBOS.listen_queues([QUEUE] if at_once else [])

    def __enter__(self) -> Self:
        try:
            DBOS.launch()
            DBOS.register_queue(
                QUEUE, partition_concurrency=1, worker_concurrency=self._at_once or 1, polling_interval_sec=_QUICK
            )
        except Exception as error:
            DBOS.destroy(destroy_registry=True)
            raise StoreError(f"the records of runs cannot be opened: {error}") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        DBOS.destroy(destroy_registry=True)

    def start(self, key: EditionKey, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Runs an edition here and waits for its end; one that runs elsewhere is waited for.

        ``meanwhile`` is called now and then, to take over what processes that died were at: this run may be theirs.
        """
        # What is joined may be the end of an earlier run, which leaves the edition as it was.
        for _ in range(2):
            self._begin(self._edition, key, "", meanwhile)
            if not self._newsroom.is_unmade(key):
                return

    def send(self, key: EditionKey, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Sends an edition that was approved, and waits until every message was tried."""
        self._begin(self._sending, key, "/sending", meanwhile)

    def enqueue(self, key: EditionKey, tenant: str) -> None:
        """Has an edition run by any process that takes from the queue; doing it again changes nothing."""
        ended = self._ended(key)
        id = _id(key, "", len(ended) + 1)
        # One whose run ended without a word in the store, as when the disk was full, gets another.
        if self._status(id) or not self._newsroom.is_unmade(key):
            return
        if ended[-1:] == [_GIVEN_UP]:
            self._newsroom.fail(key, f"{_MOST_DEATHS} processes ended in the middle of it")
            return
        with SetWorkflowID(id), SetEnqueueOptions(queue_partition_key=tenant or key.name):
            DBOS.enqueue_workflow(QUEUE, self._edition, str(key))

    def is_running(self, key: EditionKey) -> bool:
        """Whether a run of the edition has begun or waits, and has not ended."""
        return self._status(_id(key, "", len(self._ended(key)) + 1)) is not None

    def recover(self, alive: Callable[[], Collection[str]]) -> None:
        """Puts the runs of all processes that are not ``alive`` back into the queue. Raises ``StoreError``."""
        try:
            runs = DBOS.list_workflows(status=["PENDING", "ENQUEUED"], load_input=False, load_output=False)
            # Asked for now: whoever has a run said before that it is there.
            there = set(alive()) if runs else set()
            left = [run for run in runs if run.status == "ENQUEUED" or run.executor_id not in there]
            for run in left:
                # Without a version it is anybody's.
                if run.app_version and int(run.app_version) < self._version:
                    DBOS.cancel_workflow(run.workflow_id)
            dead = {run.executor_id or "" for run in left if run.status == "PENDING"}
            if dead:
                # Of its own accord DBOS recovers only the runs of a process that comes back under the same name.
                DBOS._recover_pending_workflows(sorted(dead))  # checks in one statement that nobody else has them now
        except SQLAlchemyError as error:
            raise StoreError(f"the runs of dead processes cannot be taken over: {error}") from error

    def finish(self, seconds: float) -> bool:
        """Waits so long for the runs that this process is at; whether all of them ended."""
        until = time.monotonic() + seconds
        while running := DBOS.list_workflows(
            status="PENDING", executor_id=self._me, load_input=False, load_output=False, limit=1
        ):
            if time.monotonic() > until:
                break
            time.sleep(_QUICK)
        return not running

    def forget(self, before: datetime) -> int:
        """Deletes the records of runs that ended before then; how many these were. Raises ``StoreError``."""
        count = 0
        try:
            while ended := DBOS.list_workflows(
                status=_ENDED, completed_before=before.isoformat(), load_input=False, load_output=False, limit=500
            ):
                DBOS.delete_workflows([run.workflow_id for run in ended])
                count += len(ended)
        except Exception as error:
            raise StoreError(f"the records of runs cannot be deleted: {error}") from error
        return count

    def _begin(
        self, workflow: Callable[[str], str], key: EditionKey, part: str, meanwhile: Callable[[], object]
    ) -> None:
        """Begins the next run, or joins the one that is under way."""
        id = _id(key, part, len(self._ended(key, part)) + 1)
        with SetWorkflowID(id):
            DBOS.start_workflow(workflow, str(key))
        self._join(id, meanwhile)

    def _ended(self, key: EditionKey, part: str = "") -> list[str]:
        """How the edition's runs ended that did, in their order."""
        ended: list[str] = []
        while (status := self._status(_id(key, part, len(ended) + 1))) in _ENDED:
            ended.append(str(status))
        return ended

    def _status(self, id: str) -> str | None:
        run = DBOS.get_workflow_status(id)
        return run.status if run else None

    def _join(self, id: str, meanwhile: Callable[[], object]) -> None:
        watched = time.monotonic()
        while (run := DBOS.get_workflow_status(id)) and run.status not in _ENDED:
            if run.status == "ENQUEUED" and run.queue_name == QUEUE and not self._at_once:
                # It waits for a worker of the service, and there may be none: run it here.
                DBOS.resume_workflow(id)
            if id not in self._here and self._newsroom.stop():
                # It goes on elsewhere, whether it is waited for or not.
                return
            ended = self._here.get(id)
            if ended is not None and time.monotonic() - ended > _WRITTEN:
                raise StoreError(f"the run of {id} is over, and that cannot be written; is the disk full? type: df -h")
            time.sleep(_QUICK)
            if time.monotonic() - watched > _WATCH:
                meanwhile()
                watched = time.monotonic()
        if run and run.status != "SUCCESS":
            raise StoreError(f"the run of {id} ended as {run.status}: {run.error or 'its process died too often'}")

    @contextmanager
    def _noting(self) -> Iterator[None]:
        id = DBOS.workflow_id or ""
        self._here[id] = None
        try:
            yield
        finally:
            self._here[id] = time.monotonic()

    def _make_and_send(self, key: EditionKey) -> str:
        room = self._newsroom
        for name, step in (("collect", room.collect), ("write", room.write)):
            ended = self._step(name, step, key)
            if isinstance(ended, str):
                return ended
        return self._decide(key, int(ended or 0))

    def _decide(self, key: EditionKey, stories: int) -> str:
        room = self._newsroom
        if key.name not in room.plan.editions:
            self._step("fail", room.fail, key, f"{room.plan.file} has no [edition.{key.name}] any more")
            return EditionState.FAILED
        edition = room.plan.edition(key.name)
        if not stories and edition.when_empty != "send":
            reason = "nothing relevant in what was read"
            self._step("skip", room.skip, key, reason)
            if edition.when_empty == "alert":
                self._step("tell", room.tell, key, reason)
            return EditionState.SKIPPED
        if edition.review:
            self._step("hold", room.hold, key)
            return EditionState.WAITING
        return self._send(key)

    def _send(self, key: EditionKey) -> str:
        ended = self._step("enqueue", self._newsroom.enqueue, key)
        if isinstance(ended, str):
            return ended
        self._step("deliver", self._deliver, key)
        return EditionState.SENDING

    def _deliver(self, key: EditionKey) -> int:
        return self._newsroom.deliver(key).sent

    def _step(self, name: str, step: Callable[..., Any], *args: Any) -> int | str:
        """What the step counted, or, when it failed, what became of the edition."""

        def recorded() -> int | str:
            try:
                return int(step(*args) or 0)
            except BriefingError as error:
                return f"{_FAILED}{error}"
            except Exception as error:
                log.exception("a defect in a step", extra={"edition": str(args[0]), "step": name})
                return f"{_FAILED}a defect, please report it: {type(error).__name__}: {error}"

        ended: int | str = DBOS.run_step({"name": name}, recorded)
        if isinstance(ended, str) and name != "fail":
            self._step("fail", self._newsroom.fail, args[0], ended.removeprefix(_FAILED))
        return ended


def _id(key: EditionKey, part: str, number: int) -> str:
    """What a run is called: the edition, and which of its runs it is."""
    return f"{key}{part}" if number == 1 else f"{key}{part}#{number}"


def _url(where: str | Path) -> str:
    if isinstance(where, str) and "://" in where:
        return where
    file = Path(where).with_name("runs.db").absolute()
    if not file.exists():
        # As the store's own file: for its owner alone.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    return f"sqlite:///{file}"
