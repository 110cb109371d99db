"""What is due when: a year with its changes of clocks, schedulers that die, sleep, or work side by side."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.editions import EditionKey, EditionState
from briefing.errors import StoreError
from briefing.schedule.plan import Plan, load_plan
from briefing.schedule.service import Scheduler
from briefing.store.store import Store

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
# At hours that the changes of clocks skip and repeat, where there are any.
PLACES = {
    "berlin": ("Europe/Berlin", time(2, 30)),
    "york": ("America/New_York", time(1, 30)),
    "kolkata": ("Asia/Kolkata", time(6, 15)),
    "sydney": ("Australia/Sydney", time(2, 30)),
    "kiritimati": ("Pacific/Kiritimati", time(0, 0)),
}


def plan(folder: Path, **editions: tuple[str, time]) -> Plan:
    """Editions by name, each with its zone and time."""
    tables = [
        f'[edition.{name}]\nsources = ["."]\nzone = "{zone}"\nat = "{at:%H:%M}"\n'
        for name, (zone, at) in editions.items()
    ]
    file = folder / "briefing.toml"
    file.write_text("\n".join(tables), encoding="utf-8")
    return load_plan(file, environment={})


class Desk:
    """Has the editions made that it is given, and counts how often each was."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.made: Counter[EditionKey] = Counter()
        self._alone = threading.Lock()

    def enqueue(self, key: EditionKey, tenant: str) -> None:
        # As a run does: whoever comes second finds it made.
        if self.store.editions.move(key, EditionState.DONE, START, only_from=(EditionState.DUE,)):
            with self._alone:
                self.made[key] += 1


def changes(zone: str) -> Iterator[datetime]:
    """The hours of the year in which clocks change there, in UTC."""
    hours = [START + n * HOUR for n in range(366 * 24)]
    for hour in hours:
        if hour.astimezone(ZoneInfo(zone)).utcoffset() != (hour + HOUR).astimezone(ZoneInfo(zone)).utcoffset():
            yield hour


def dates(desk: Desk, name: str) -> list[date]:
    return sorted(key.date for key in desk.made if key.name == name)


def test_a_year_with_its_changes_of_clocks(tmp_path: Path) -> None:
    turns = [hour for zone, _ in PLACES.values() for hour in changes(zone)]
    assert len(turns) == 6
    looks = {START + n * 4 * HOUR for n in range(6 * 365 + 1)}
    looks |= {turn + n * 10 * MINUTE for turn in turns for n in range(-12, 19)}
    with Store(tmp_path / "briefing.db") as store:
        desk = Desk(store)
        editions = plan(tmp_path, **PLACES)
        for now in sorted(looks):
            # Each one knows what the store knows, as after a restart.
            Scheduler(editions, store, desk.enqueue).tick(now)

        assert set(desk.made.values()) == {1}
        for name, (zone, at) in PLACES.items():
            found = dates(desk, name)
            assert found == [found[0] + n * DAY for n in range(len(found))]
            assert len(found) in (364, 365)
            for key in desk.made:
                record = store.editions.get(key)
                assert record
                if key.name == name:
                    local = record.slot.astimezone(ZoneInfo(zone))
                    # Where the clocks skip the hour it comes when they go on.
                    assert local.time() == at or local.time() == time(3, 0)
                    assert local.date() == key.date


@pytest.mark.parametrize("before", [True, False])
def test_a_scheduler_that_dies_at_each_slot(store: Store, tmp_path: Path, before: bool) -> None:
    desk, died = Desk(store), set[EditionKey]()

    def enqueue(key: EditionKey, tenant: str) -> None:
        if before and key not in died:
            died.add(key)
            raise StoreError("it died")
        desk.enqueue(key, tenant)
        if key not in died:
            died.add(key)
            raise StoreError("it died")

    editions = plan(tmp_path, **PLACES)
    now, deaths = START, 0
    while now < START + 5 * DAY:
        try:
            Scheduler(editions, store, enqueue).tick(now)
        except StoreError:
            deaths += 1
        now += HOUR / 2

    assert deaths == len(desk.made) == 25
    assert set(desk.made.values()) == {1}


@pytest.mark.parametrize(("late", "states"), [(5, ["done"]), (7, ["skipped"]), (53, ["skipped", "skipped", "done"])])
def test_slots_that_were_missed(store: Store, tmp_path: Path, late: int, states: list[str]) -> None:
    """What is late by less than the grace of six hours is made, the rest is skipped, and it is said."""
    desk = Desk(store)
    scheduler = Scheduler(plan(tmp_path, noon=("UTC", time(12, 0))), store, desk.enqueue)
    scheduler.tick(START + 11 * HOUR)

    scheduler.tick(START + 12 * HOUR + late * HOUR)

    records = sorted(store.editions.recent(), key=lambda record: record.slot)
    assert [record.state.value for record in records] == states
    assert all(record.reason.startswith("missed: due at 2026-01-0") for record in records if record.state == "skipped")
    assert store.schedules.next_run("noon") == START + 12 * HOUR + len(states) * DAY


def test_several_schedulers_at_once(store: Store, tmp_path: Path) -> None:
    desk = Desk(store)
    editions = plan(tmp_path, **PLACES)
    schedulers = [Scheduler(editions, store, desk.enqueue) for _ in range(3)]
    with ThreadPoolExecutor(len(schedulers)) as pool:
        now = START
        while now < START + 4 * DAY:
            ticks: list[Callable[[datetime], object]] = [scheduler.tick for scheduler in schedulers]
            for ended in [pool.submit(tick, now) for tick in ticks]:
                ended.result()
            now += 2 * HOUR

    assert set(desk.made.values()) == {1}
    assert {name: len(dates(desk, name)) for name in PLACES} == dict.fromkeys(PLACES, 4)
    assert len(store.editions.recent(limit=100)) == 4 * len(PLACES)


def test_a_new_time_begins_from_now_on_and_makes_no_second_edition_of_a_date(store: Store, tmp_path: Path) -> None:
    desk = Desk(store)
    for at, hours in ((time(7, 0), range(6, 10)), (time(11, 0), range(10, 40))):
        editions = plan(tmp_path, daily=("UTC", at))
        for hour in hours:
            Scheduler(editions, store, desk.enqueue).tick(START + hour * HOUR)

    assert desk.made == {EditionKey("daily", date(2026, 1, day)): 1 for day in (1, 2)}
