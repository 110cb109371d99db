"""Once a day the service deletes what was kept for long enough, and nothing else."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.editions import EditionState, MailState, Subscriber
from briefing.errors import StoreError
from briefing.schedule.office import where
from briefing.schedule.runs import Runs
from briefing.schedule.upkeep import DAY, Upkeep
from tests.desk import NOW, Clock, open_office, write_desk

KEEP = timedelta(days=90)


def test_what_is_old_goes_and_its_history_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file, clock = write_desk(tmp_path), Clock()
    caplog.set_level(logging.INFO, "briefing.schedule.upkeep")
    with open_office(file, clock) as office:
        key = office.run("morning").key
        people = office.store.subscribers
        people.add("desk", Subscriber("ana@news.example"), NOW)
        people.remove("desk", "ana@news.example", NOW)
        with Runs(office.newsroom, where(office.plan), me="another") as runs:
            upkeep = Upkeep(office.store, KEEP, runs.forget)
            assert upkeep.daily(NOW) == (0, 0, 0, 0)
            # DBOS has its own clock: what ran now is old in a hundred days.
            clock.now = office.store.editions.recent()[0].changed + timedelta(days=36_500)
            purged = upkeep.daily(clock())
            assert purged
            assert (purged.mails, purged.editions, purged.people) == (2, 1, 1)
            assert runs.forget(clock()) == 0

        assert office.store.outbox.counts(key) == {MailState.SENT: 2}
        assert {mail.recipient for mail in office.store.outbox.mails(key)} == {""}
        (record,) = office.store.editions.recent()
        assert (record.key, record.state) == (key, EditionState.DONE)
        assert office.store.editions.documents(key) == []
        assert office.store.find("ana@news.example") == []
    last = caplog.records[-1]
    assert (last.message, vars(last)["runs"], vars(last)["mails"]) == ("purged", 1, 2)


def test_once_a_day_whoever_asks(tmp_path: Path) -> None:
    asked: list[object] = []

    def forget(before: object) -> int:
        asked.append(before)
        if len(asked) == 2:
            raise StoreError("the disk is full")
        return 0

    with open_office(write_desk(tmp_path), Clock()) as office:
        one, other = Upkeep(office.store, KEEP, forget), Upkeep(office.store, KEEP, forget)
        assert [u.daily(NOW) is None for u in (one, other, one)] == [False, True, True]
        assert one.daily(NOW + DAY - timedelta(seconds=1)) is None
        with pytest.raises(StoreError):
            other.daily(NOW + DAY)
        # One that failed is not tried again every minute.
        assert one.daily(NOW + DAY + timedelta(minutes=1)) is None
        assert one.daily(NOW + 2 * DAY) is not None
    assert asked == [NOW - KEEP, NOW + DAY - KEEP, NOW + 2 * DAY - KEEP]


def test_much_that_was_freed_leaves_the_file(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path), Clock()) as office:
        key = office.today(office.plan.edition("morning"))
        office.store.editions.open(key, "", NOW, NOW)
        office.store.editions.keep_articles(key, [f"{n}" * (1 << 20) for n in range(20)])
        office.store.editions.move(key, EditionState.DONE, NOW)
        file = tmp_path / "briefing.db"
        before = file.stat().st_size + (tmp_path / "briefing.db-wal").stat().st_size
        Upkeep(office.store, KEEP, lambda before: 0).purge(NOW + 2 * KEEP)
        assert file.stat().st_size < 1 << 20 < before
        assert office.store.check() == []
