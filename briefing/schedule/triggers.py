"""When an edition is due: pure functions of its settings and a time.

An edition is keyed by its local date, so a trigger has at most one slot a date. Where clocks go forward over a slot it
comes at the first minute after the gap; where they go back it comes once, at the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from briefing.errors import ConfigError

_AT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
# A whole leap year's worth, so that a cron of 29 February is looked at too.
_LOOKED_AT = timedelta(days=366)
_FIRST = datetime(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Times of the day on dates: five fields of cron, read in a zone. Made by ``trigger``."""

    cron: str
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first slot later than ``moment``, which is aware; the slot is in UTC."""
        return next(self._from(moment)).astimezone(UTC)

    def slots(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """The slots later than ``after`` and not later than ``until``, in UTC."""
        for slot in self._from(after):
            if slot > until:
                return
            yield slot.astimezone(UTC)

    def date(self, slot: datetime) -> date:
        """The local date that a slot's edition is keyed by."""
        return slot.astimezone(self.zone).date()

    def __str__(self) -> str:
        return f"{self.cron} {self.zone.key}"

    def _from(self, moment: datetime) -> Iterator[datetime]:
        last: date | None = None
        for slot in CronSim(self.cron, moment.astimezone(self.zone)):
            if slot.date() != last:
                yield slot
            last = slot.date()


def trigger(*, at: str = "", cron: str = "", zone: ZoneInfo) -> Trigger:
    """The trigger of ``at`` (a time such as ``07:00``, every day) or of ``cron``. Raises ``ConfigError``."""
    if bool(at) == bool(cron):
        raise ConfigError('say when, by one of both: at = "07:00", or cron = "0 7 * * mon-fri"')
    if at:
        found = _AT.fullmatch(at.strip())
        if not found:
            raise ConfigError(f"at is a time of the day such as '07:00', not {at!r}")
        return Trigger(f"{int(found[2])} {int(found[1])} * * *", zone)
    fields = cron.split()
    if len(fields) != 5:
        raise ConfigError(
            f"cron has five fields (minute, hour, day, month, weekday) such as '0 7 * * mon-fri', not {cron!r}"
        )
    made = Trigger(" ".join(fields), zone)
    try:
        first = list(_first_year(made))
    except CronSimError as error:
        raise ConfigError(f"cron: {cron!r}: {str(error)[:1].lower()}{str(error)[1:]}") from error
    except StopIteration:
        first = []
    if not first:
        raise ConfigError(f"cron: {cron!r} never comes")
    for one, other in pairwise(first):
        if one.date() == other.date():
            raise ConfigError(
                f"cron: {cron!r} comes more than once a day, and an edition is one a day; make an edition for each time"
            )
    return made


def _first_year(made: Trigger) -> Iterator[datetime]:
    """The slots of a leap year without changes of clocks, until two of them are on one date."""
    last: date | None = None
    for slot in CronSim(made.cron, _FIRST - timedelta(minutes=1)):
        if slot > _FIRST + _LOOKED_AT and last:
            return
        yield slot
        if slot.date() == last:
            return
        last = slot.date()
