"""Dates as files write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

# Outside these years a date is a placeholder or a slip, not a time of publication.
_YEARS = range(1900, 2101)
_EPOCH = re.compile(r"\d{9,10}(\d{3})?(\.\d+)?")
_ZONED = re.compile(r"\s*(UTC|GMT|Z)$", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY_FIRST = re.compile(r"(?:\w+,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?(\w+)\.?,?\s+(?:de\s+)?(\d{4})")
_MONTH_FIRST = re.compile(r"(?:\w+,\s+)?(\w+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def parse(value: str, zone: tzinfo = UTC) -> datetime | None:
    """The time that ``value`` tells, aware, or None when it tells none that can be trusted.

    Reads ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates with the month's name in English,
    German, French or Spanish. A time without a zone, and midnight of a date without a time, is taken in
    ``zone``. Numbers whose order is open (03/04/2026) and years outside 1900 to 2100 give None.
    """
    value = " ".join(value.split())
    if not value or len(value) > 100:
        return None
    for read in (_iso, _epoch, _mail, _named):
        try:
            when = read(value)
        except (ValueError, OverflowError, OSError, TypeError, IndexError):
            continue
        if when is not None:
            break
    else:
        return None
    try:
        when = when if when.tzinfo is not None and when.utcoffset() is not None else when.replace(tzinfo=zone)
        return when if when.year in _YEARS and when.astimezone(UTC).year in _YEARS else None
    except (ValueError, OverflowError):
        return None


def _iso(value: str) -> datetime:
    value = _ZONED.sub("+00:00", value) if len(value) > 12 else value
    value = re.sub(r"^(\d{4})/(\d{1,2})/(\d{1,2})", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", value)
    if re.fullmatch(r"\d{5,7}|\d{9,}", value):
        raise ValueError("a number, not a date")
    return datetime.fromisoformat(re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", value))


def _epoch(value: str) -> datetime | None:
    match = _EPOCH.fullmatch(value)
    if not match:
        return None
    seconds = float(value)
    return datetime.fromtimestamp(seconds / 1000 if match[1] else seconds, UTC)


def _mail(value: str) -> datetime:
    return parsedate_to_datetime(value)


def _named(value: str) -> datetime | None:
    first, second = _DAY_FIRST.fullmatch(value), _MONTH_FIRST.fullmatch(value)
    if first:
        day, month, year = first.groups()
    elif second:
        month, day, year = second.groups()
    else:
        return None
    number = _MONTHS.get(month.lower())
    return datetime.combine(date(int(year), number, int(day)), time()) if number else None
