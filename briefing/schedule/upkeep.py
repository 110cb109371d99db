"""Once a day the service deletes what was kept for long enough: ``keep_days`` in ``[service]``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from briefing.errors import StoreError
from briefing.store.retention import Purged
from briefing.store.store import Store

log = logging.getLogger(__name__)

# Among the next times of editions; no edition can have this name, and of several schedulers only one gets the day.
NAME = "(upkeep)"
DAY = timedelta(days=1)
# Making the file smaller writes it anew and keeps everybody waiting: for this many bytes, and this share of it, only.
WORTH_BYTES, WORTH_SHARE = 16 << 20, 0.25


class Upkeep:
    """Deletes what ended longer than ``keep`` ago. ``forget`` does so with the records of runs, and says how many.

    Mails lose their bytes and addresses, editions their files and articles, people who left and the addresses of
    bounces go. Which editions there were, what they cost, and how many mails of each were sent, stays.
    """

    def __init__(self, store: Store, keep: timedelta, forget: Callable[[datetime], int]) -> None:
        self._store = store
        self._keep = keep
        self._forget = forget

    def daily(self, now: datetime) -> Purged | None:
        """Does it where nobody has done so for a day; else None. Raises ``StoreError``."""
        schedules = self._store.schedules
        next_at = schedules.next_run(NAME)
        if next_at and now < next_at:
            return None
        # First, so that one that fails is tried again tomorrow, and not every minute.
        if not schedules.advance(NAME, next_at, f"keep {self._keep.days} days", now + DAY):
            return None
        return self.purge(now)

    def purge(self, now: datetime) -> Purged:
        """Does it now, and logs what went. Raises ``StoreError``."""
        purged = self._store.purge(now - self._keep)
        runs = self._forget(now - self._keep)
        log.info("purged", extra={"keep_days": self._keep.days, "runs": runs, **purged._asdict()})
        if self._store.database.local:
            self._shrink()
        return purged

    def _shrink(self) -> None:
        database = self._store.database
        with database.reading() as connection:
            free, pages, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("freelist_count", "page_count", "page_size")
            )
        if free * size < WORTH_BYTES or free < pages * WORTH_SHARE:
            return
        try:
            database.shrink()
            log.info("the database was made smaller", extra={"bytes": free * size})
        except StoreError as error:
            # The space is used again in any case.
            log.warning("the database was not made smaller", extra={"reason": str(error)})
