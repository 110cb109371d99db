"""When an edition is due: a year in several zones, with both changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.schedule.triggers import trigger

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "Pacific/Kiritimati", "Africa/Cairo")
# The hours that changes of clocks skip and repeat, midnights, and an ordinary one.
TIMES = ("07:00", "00:00", "00:30", "01:30", "02:30", "23:59")


@pytest.mark.parametrize("at", TIMES)
@pytest.mark.parametrize("zone", ZONES)
def test_every_date_of_a_year_has_its_slot_once(zone: str, at: str) -> None:
    daily = trigger(at=at, zone=ZoneInfo(zone))
    start = datetime(2025, 12, 31, 12, tzinfo=UTC)

    dates = [daily.date(slot) for slot in daily.slots(start, start + timedelta(days=366))]

    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert len(dates) in (365, 366)


@pytest.mark.parametrize("zone", ZONES)
def test_slots_are_the_same_however_often_one_asks(zone: str) -> None:
    daily = trigger(at="02:30", zone=ZoneInfo(zone))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    slots = list(daily.slots(start, start + timedelta(days=365)))

    moment = start
    found: list[datetime] = []
    while len(found) < len(slots):
        moment = daily.after(moment)
        found.append(moment)

    assert found == slots


def test_a_slot_that_the_clocks_skip_comes_after_the_gap() -> None:
    slot = trigger(at="02:30", zone=BERLIN).after(datetime(2026, 3, 28, 12, tzinfo=UTC))

    assert slot.astimezone(BERLIN).isoformat() == "2026-03-29T03:00:00+02:00"


def test_a_slot_that_the_clocks_repeat_comes_once() -> None:
    daily = trigger(at="02:30", zone=BERLIN)
    first = daily.after(datetime(2026, 10, 24, 12, tzinfo=UTC))

    assert first.isoformat() == "2026-10-25T00:30:00+00:00"
    assert daily.date(daily.after(first)) == date(2026, 10, 26)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.sampled_from(ZONES), st.sampled_from(TIMES))
def test_the_next_slot_is_later_and_within_two_days(moment: datetime, zone: str, at: str) -> None:
    now = moment.replace(tzinfo=UTC)

    assert now < trigger(at=at, zone=ZoneInfo(zone)).after(now) <= now + timedelta(days=2)


def test_weekdays() -> None:
    slots = trigger(cron="0 7 * * mon-fri", zone=BERLIN).slots(
        datetime(2026, 11, 19, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
    )

    assert [s.astimezone(BERLIN).strftime("%a %H:%M") for s in slots] == [
        "Thu 07:00",
        "Fri 07:00",
        "Mon 07:00",
        "Tue 07:00",
    ]


def test_a_leap_day_is_waited_for() -> None:
    assert trigger(cron="0 7 29 2 *", zone=BERLIN).after(datetime(2026, 1, 1, tzinfo=UTC)).year == 2028


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, "say when"),
        ({"at": "07:00", "cron": "0 7 * * *"}, "say when"),
        ({"at": "7"}, "'07:00'"),
        ({"at": "25:00"}, "'07:00'"),
        ({"cron": "daily"}, "five fields"),
        ({"cron": "61 7 * * *"}, "bad minute"),
        ({"cron": "0 7 30 2 *"}, "bad day-of-month"),
        ({"cron": "*/5 * * * *"}, "more than once a day"),
        ({"cron": "0 7,18 * * *"}, "more than once a day"),
        ({"cron": "0 7,18 1 6 *"}, "more than once a day"),
    ],
)
def test_what_cannot_be(said: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        trigger(zone=BERLIN, **said)
