"""What is left when a process dies, and nobody else would look after."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.editions import EditionState, MailState
from briefing.schedule.office import Office, where
from briefing.schedule.runs import Runs
from briefing.schedule.service import PATIENCE, Scheduler
from tests.desk import NOW, Clock, open_office, write_desk
from tests.faults.work import KEY


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, database: str) -> Iterator[Office]:
    with open_office(write_desk(tmp_path), clock, database) as office:
        yield office


def sent(folder: Path) -> int:
    return len(list(folder.glob("sent/*.eml")))


def serve(desk: Office, wanted: EditionState) -> None:
    """The service, until the edition is where it should be."""

    def watch() -> None:
        for _ in range(600):
            record = desk.store.editions.get(KEY)
            if record and record.state is wanted:
                break
            desk.stop.wait(0.1)
        desk.stop.set()

    watching = threading.Thread(target=watch)
    watching.start()
    desk.serve(schedules=True)
    watching.join()


def runs(desk: Office, version: int = 1) -> Runs:
    return Runs(desk.newsroom, where(desk.plan), me=desk.presence.id, version=version)


def test_a_run_that_ended_without_a_word_is_begun_again(desk: Office, tmp_path: Path) -> None:
    """As when the disk was full, so that not even the failure could be written."""
    desk.run("morning")
    desk.store.editions.move(KEY, EditionState.MAKING, NOW)

    assert desk.run("morning").state is EditionState.DONE
    assert sent(tmp_path) == 2


def test_the_service_begins_such_a_run_again(desk: Office, tmp_path: Path) -> None:
    desk.run("morning")
    desk.store.editions.move(KEY, EditionState.MAKING, NOW)

    serve(desk, EditionState.DONE)

    record = desk.store.editions.get(KEY)
    assert record
    assert record.state is EditionState.DONE
    assert sent(tmp_path) == 2


def test_the_service_closes_what_was_sent_by_a_process_that_died_before_saying_so(desk: Office) -> None:
    desk.run("morning")
    desk.store.editions.move(KEY, EditionState.SENDING, NOW)

    serve(desk, EditionState.DONE)

    record = desk.store.editions.get(KEY)
    assert record
    assert record.state is EditionState.DONE


def test_what_a_worker_held_is_taken_over_by_a_run(desk: Office, tmp_path: Path) -> None:
    """Of a machine that was not heard of for long: one mail is sent, one may have arrived already."""
    store = desk.store
    store.editions.open(KEY, "", NOW, NOW)
    desk.newsroom.collect(KEY)
    desk.newsroom.write(KEY)
    desk.newsroom.enqueue(KEY)
    store.workers.beat("other", "elsewhere", 1, "1", NOW - PATIENCE - timedelta(seconds=1))
    first, _ = store.outbox.claim("other", NOW, 2)
    store.outbox.commit(first.id, "other", NOW)

    assert desk.run("morning").state is EditionState.DONE
    assert store.outbox.counts(KEY) == {MailState.SENT: 1, MailState.UNCERTAIN: 1}
    assert sent(tmp_path) == 1
    assert store.workers.all() == []


def test_runs_of_an_older_order_of_steps_are_begun_anew(desk: Office, tmp_path: Path) -> None:
    desk.store.editions.open(KEY, "", NOW, NOW)
    with runs(desk, version=0) as old:
        old.enqueue(KEY, "")
        assert old.is_running(KEY)

    assert desk.run("morning").state is EditionState.DONE
    assert sent(tmp_path) == 2


def test_an_edition_is_enqueued_once(desk: Office) -> None:
    desk.store.editions.open(KEY, "", NOW, NOW)
    with runs(desk) as queue:
        for _ in range(2):
            queue.enqueue(KEY, "")
            Scheduler(desk.plan, desk.store, queue.enqueue).tick(NOW)
        assert queue.is_running(KEY)

    assert desk.run("morning").state is EditionState.DONE
    with runs(desk) as queue:
        queue.enqueue(KEY, "")
        assert not queue.is_running(KEY)


def test_a_defect_ends_an_edition_and_is_told(tmp_path: Path, clock: Clock) -> None:
    """Instead of leaving it in the middle of its making, for ever."""
    file = write_desk(tmp_path)
    with open_office(file, clock) as desk:
        desk.store.editions.open(KEY, "", NOW, NOW)
        desk.newsroom.collect(KEY)
        # As no program of this version writes it.
        desk.store.editions.remember(KEY, "made_at", "yesterday")

        record = desk.run("morning")

    assert record.state is EditionState.FAILED
    assert "a defect" in record.reason
    assert "yesterday" in record.reason


def test_what_ends_process_after_process_is_given_up_by_the_service(tmp_path: Path, clock: Clock) -> None:
    with open_office(write_desk(tmp_path), clock) as desk:
        desk.store.editions.open(KEY, "", NOW, NOW)
        with runs(desk) as queue:
            queue.enqueue(KEY, "")
        with closing(sqlite3.connect(tmp_path / "runs.db")) as records, records:
            # As DBOS says it when the last process died.
            records.execute("UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'")
        with runs(desk) as queue:
            queue.enqueue(KEY, "")
        given_up = desk.store.editions.get(KEY)

        # A person may try again.
        record = desk.run("morning")

    assert given_up
    assert given_up.state is EditionState.FAILED
    assert "processes ended in the middle of it" in given_up.reason
    assert record.state is EditionState.DONE
