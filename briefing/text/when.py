"""Points in time as people type them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

_AGO = re.compile(r"(\d+)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?:\s+ago)?", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
EXAMPLES = "2026-03-05, 2026-03-05T07:00, 2026-03-05T07:00+01:00, today, yesterday, 24h, 3d or 1w"


def parse_when(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The time that ``text`` names, aware.

    A date means its midnight in ``zone``; a time without an offset is in ``zone``; ``24h``, ``3d`` and ``1w``
    count back from ``now``. Raises ``ValueError`` with examples.
    """
    word = text.strip().lower()
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    if word in ("now", "today", "yesterday"):
        return {"now": now, "today": midnight, "yesterday": midnight - timedelta(days=1)}[word]
    if ago := _AGO.fullmatch(word):
        try:
            return now - int(ago[1]) * _UNITS[ago[2][0].lower()]
        except OverflowError:
            raise ValueError(f"{text!r} is too long ago") from None
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no time; write {EXAMPLES}") from None
    return when if when.tzinfo else when.replace(tzinfo=zone)
