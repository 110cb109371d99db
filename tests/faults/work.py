"""What the processes do that are killed: each function is the work of one process, told by an order."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from briefing.editions import EditionKey, EditionState
from briefing.schedule.office import Office, office, where
from briefing.schedule.plan import load_plan
from briefing.schedule.runs import Runs
from briefing.schedule.service import Scheduler
from tests.desk import NOW, write_desk
from tests.faults.zygote import Order

KEY = EditionKey("morning", NOW.date())
ENDED = (EditionState.DONE, EditionState.FAILED, EditionState.SKIPPED)
logging.basicConfig(level=logging.WARNING)


@contextmanager
def at_desk(order: Order, stop: threading.Event | None = None) -> Iterator[Office]:
    plan = load_plan(Path(order.folder) / "briefing.toml", environment={"BRIEFING_DATABASE": order.database})
    with office(plan, clock=lambda: NOW + timedelta(seconds=time.monotonic() - order.began), stop=stop) as found:
        yield found


def warm_up(folder: str) -> None:
    """Makes an edition without a model, so that what is loaded and reckoned once is there."""
    write_desk(Path(folder))
    fill(Order("", folder, str(Path(folder) / "briefing.db"), time.monotonic()))


# What is there before.


def set_up(order: Order) -> None:
    """Makes the databases."""
    with at_desk(order) as desk, Runs(desk.newsroom, where(desk.plan), me=desk.presence.id):
        pass


def fill(order: Order) -> None:
    """Puts an edition into the outbox."""
    with at_desk(order) as desk:
        desk.store.editions.open(KEY, "", NOW, NOW)
        desk.newsroom.collect(KEY)
        desk.newsroom.write(KEY)
        desk.newsroom.enqueue(KEY)


def schedule(order: Order) -> None:
    """Has the edition due when the clock starts."""
    with at_desk(order) as desk:
        Scheduler(desk.plan, desk.store, lambda key, tenant: None).tick(NOW - timedelta(minutes=1))


# What is killed.


def run(order: Order) -> None:
    """``briefing run``."""
    with at_desk(order) as desk:
        desk.run(KEY.name)


def deliver(order: Order) -> None:
    """Sends what is in the outbox."""
    with at_desk(order) as desk:
        desk.presence.beat()
        desk.presence.bury(lambda dead: None)
        desk.newsroom.deliver()
        desk.presence.leave()


def approve(order: Order) -> None:
    """``briefing approve``, and ``briefing run`` where it is approved already."""
    with at_desk(order) as desk:
        record = desk.store.editions.get(KEY)
        if record and record.state is EditionState.WAITING:
            desk.approve(KEY)
        else:
            desk.run(KEY.name)


def start(order: Order) -> None:
    """``briefing start``, until the edition has ended."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            record = desk.store.editions.get(KEY)
            if record and record.state in ENDED:
                stop.set()
            stop.wait(0.1)

    with at_desk(order, stop) as desk:
        threading.Thread(target=watch, daemon=True).start()
        desk.serve(schedules=True)
